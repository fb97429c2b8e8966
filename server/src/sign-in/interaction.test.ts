import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { instant, later, MINUTE } from '#kernel/instant.ts'
import { seal, secretKey, tokenHash } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import {
  csrfToken,
  type Interaction,
  isCsrfToken,
  newBrowserToken,
  openInteraction,
  sealInteraction,
} from './interaction.ts'

const CREATED = instant(1_000_000)
const newOrg = (id: string): Org => ({
  id: id as OrgId,
  name: id,
  subdomain: id,
  created: CREATED,
  url: `http://${id}.test`,
  aliases: [],
  dataKey: secretKey(randomBytes(32)),
})
const org = newOrg('first')
const browser = newBrowserToken(randomBytes)
const interaction: Interaction = {
  kind: 'oauth',
  request: { state: 's', '@server': 'aus' },
  created: CREATED,
  sessionId: 'session',
}
const sealed = sealInteraction(org, browser, interaction, randomBytes)
const open = (text: string | undefined, by: string | undefined = browser, of = org, at = CREATED) =>
  openInteraction(of, by, text, at)

test('an interaction comes back as it was sealed, and never looks the same twice', () => {
  const { v: _, ...opened } = { v: 0, ...open(sealed) }
  assert.deepEqual(opened, interaction)
  assert.notEqual(sealInteraction(org, browser, interaction, randomBytes), sealed)
  assert.ok(!Buffer.from(sealed, 'base64url').toString().includes('aus'))
})

test('it opens for its browser, in its org, and for ten minutes', () => {
  assert.equal(open(sealed, newBrowserToken(randomBytes)), undefined)
  assert.equal(open(sealed, browser, newOrg('first')), undefined)
  assert.equal(open(sealed, browser, { ...org, id: 'second' as OrgId }), undefined)
  assert.ok(open(sealed, browser, org, later(CREATED, 10 * MINUTE - 1)))
  assert.equal(open(sealed, browser, org, later(CREATED, 10 * MINUTE)), undefined)
  assert.equal(openInteraction(org, undefined, sealed, CREATED), undefined)
  assert.equal(open(undefined), undefined)
})

test('no altered character, no beginning and no end of it opens', () => {
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    assert.equal(open(sealed.slice(0, at) + other + sealed.slice(at + 1)), undefined)
    assert.equal(open(sealed.slice(0, at)), undefined)
    if (at > 0) assert.equal(open(sealed.slice(at)), undefined)
  }
})

test('one of another version, sealed for the same place, is none', () => {
  const place = [org.id, 'interaction', 'sealed', tokenHash(browser)]
  const old = seal(org.dataKey, place, JSON.stringify({ v: 0, ...interaction }), randomBytes)
  assert.equal(open(old), undefined)
})

test('a form’s proof is made of the browser and the org', () => {
  const proof = csrfToken(org, browser)
  assert.equal(isCsrfToken(org, browser, proof), true)
  assert.equal(isCsrfToken(org, newBrowserToken(randomBytes), proof), false)
  assert.equal(isCsrfToken(newOrg('first'), browser, proof), false)
  assert.equal(isCsrfToken(org, undefined, proof), false)
  assert.equal(isCsrfToken(org, browser, undefined), false)
  assert.equal(isCsrfToken(org, browser, `${proof}x`), false)
  assert.notEqual(proof, browser)
})
