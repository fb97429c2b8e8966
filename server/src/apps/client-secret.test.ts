import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { later } from '#kernel/instant.ts'
import { secretKey } from '#kernel/secret.ts'
import type { ClientAuthentication, ClientSecret } from './app.ts'
import {
  checkClientSecret,
  clientSecretMac,
  currentSecret,
  decideSecretChange,
  generatedSecret,
  newClientSecret,
  openClientSecret,
  secretHash,
} from './client-secret.ts'
import { builtApp, NOW, refusalOf, WEB } from './test-app.ts'

const org = { id: '00o1' as OrgId, dataKey: secretKey(randomBytes(32)) }
const TEXT = 'correct horse battery'

const secret = (id: string, text = TEXT, status: ClientSecret['status'] = 'ACTIVE', at = 0): ClientSecret =>
  newClientSecret(org, { id, text, now: later(NOW, at), status }, randomBytes)

describe('a client secret', () => {
  test('is stored as a keyed hash and sealed, never in clear', () => {
    const made = secret('ocs1')
    assert.equal(JSON.stringify(made).includes(TEXT), false)
    assert.equal(made.mac, clientSecretMac(org.dataKey, TEXT))
    assert.notEqual(made.mac, clientSecretMac(org.dataKey, `${TEXT} `))
    assert.notEqual(made.mac, clientSecretMac(secretKey(randomBytes(32)), TEXT))
    assert.equal(openClientSecret(org, made), TEXT)
    assert.equal(secretHash(made).length, 22)
  })

  test('does not open in another place, with another key or altered', () => {
    const made = secret('ocs1')
    assert.throws(() => openClientSecret(org, { ...made, id: 'ocs2' }))
    assert.throws(() => openClientSecret({ ...org, id: '00o2' as OrgId }, made))
    assert.throws(() => openClientSecret({ ...org, dataKey: secretKey(randomBytes(32)) }, made))
    assert.throws(() => openClientSecret(org, { ...made, sealed: `${made.sealed}A` }))
  })

  test('that is generated has 64 characters and passes every rule', () => {
    const text = generatedSecret(randomBytes)
    assert.match(text, /^[A-Za-z0-9_-]{64}$/)
    assert.notEqual(text, generatedSecret(randomBytes))
    assert.equal(
      refusalOf(() => checkClientSecret(text, 'client_secret_jwt')),
      'accepted',
    )
  })

  const RULES: readonly [name: string, text: string, method: ClientAuthentication, verdict: RegExp][] = [
    ['13 characters', 'x'.repeat(13), 'client_secret_basic', /at least 14 characters/],
    ['14 characters', 'x'.repeat(14), 'client_secret_basic', /^accepted$/],
    ['100 characters', 'x'.repeat(100), 'client_secret_post', /^accepted$/],
    ['101 characters', 'x'.repeat(101), 'client_secret_post', /at most 100 characters/],
    ['a letter beyond ASCII', 'ü'.repeat(20), 'client_secret_basic', /printable ASCII/],
    ['a line break', `${'x'.repeat(20)}\n`, 'client_secret_basic', /printable ASCII/],
    ['31 characters to sign with', 'x'.repeat(31), 'client_secret_jwt', /at least 32 characters/],
    ['32 characters to sign with', 'x'.repeat(32), 'client_secret_jwt', /^accepted$/],
    ['a secret beside a private key', 'x'.repeat(40), 'private_key_jwt', /has no client secret/],
    ['a secret of a public app', 'x'.repeat(40), 'none', /has no client secret/],
  ]
  for (const [name, text, method, verdict] of RULES)
    test(`${name} (${method}): ${verdict.source}`, () =>
      assert.match(
        refusalOf(() => checkClientSecret(text, method)),
        verdict,
      ))
})

describe('the secrets of an app that is replaced', () => {
  const web = builtApp({ oauthClient: WEB })
  const first = secret('ocs1', 'the first secret')
  const second = secret('ocs2', 'the second secret', 'ACTIVE', 1)
  const off = (one: ClientSecret): ClientSecret => ({ ...one, status: 'INACTIVE' })
  const fresh = secret('ocs9', 'a fresh secret of mine', 'ACTIVE', 2)

  test('the one shown is the newest that is active', () => {
    assert.equal(currentSecret([first, second]), second)
    assert.equal(currentSecret([first, off(second)]), first)
    assert.equal(currentSecret([off(first)]), undefined)
  })

  test('stay when none is sent', () => {
    assert.deepEqual(decideSecretChange([first], web, false, fresh), {})
    assert.deepEqual(decideSecretChange([first, off(second)], web, false, fresh), {})
  })

  test('stay when one of them is sent back', () => {
    const same = secret('ocs9', 'the first secret')
    assert.deepEqual(decideSecretChange([first, second], web, true, same), {})
  })

  test('another one that is sent takes the place of the one shown', () => {
    assert.deepEqual(decideSecretChange([first, second], web, true, fresh), { remove: second, add: fresh })
  })

  test('one is made where none would work, and two are the most', () => {
    assert.deepEqual(decideSecretChange([], web, false, fresh), { add: fresh })
    assert.deepEqual(decideSecretChange([off(first)], web, false, fresh), { add: fresh })
    assert.deepEqual(decideSecretChange([off(first), off(second)], web, false, fresh), {
      remove: off(first),
      add: fresh,
    })
  })

  test('an app without secrets gets none', () => {
    assert.deepEqual(decideSecretChange([], builtApp(), true, fresh), {})
  })
})
