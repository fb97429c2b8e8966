import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf, nameOf, pageOf } from './party-links.ts'

const party = (type: string, id: string, alternateId = 'unknown', displayName = 'unknown') => ({
  type,
  id,
  alternateId,
  displayName,
})

const PAGES: readonly [type: string, id: string, page: string | undefined][] = [
  ['User', '00u1', '/directory/people/00u1'],
  ['User', 'unknown', undefined],
  ['UserGroup', '00g1', '/directory/groups/00g1'],
  ['AppInstance', '0oa1', '/app/oidc_client/instance/0oa1'],
  ['PublicClientApp', 'my-own-client-id', undefined],
  ['SystemPrincipal', 'system', undefined],
]
for (const [type, id, page] of PAGES)
  test(`${type} ${id} has ${page === undefined ? 'no page' : `the page ${page}`}`, () => {
    assert.equal(pageOf(party(type, id)), page)
  })

test('an app goes by its label, others by their names, the nameless by their ids', () => {
  assert.equal(nameOf(party('AppInstance', '0oa1', 'Shop', 'oidc_client')), 'Shop')
  assert.equal(nameOf(party('User', '00u1', 'ada@example.com', 'Ada Lovelace')), 'Ada Lovelace')
  assert.equal(nameOf(party('User', '00u1', 'ada@example.com')), 'ada@example.com')
  assert.equal(nameOf(party('Token', 'oar1')), 'oar1')
})

test('kinds are told in words', () => {
  assert.equal(kindOf(party('TrustedOrigin', 'tos1')), 'Trusted origin')
  assert.equal(kindOf(party('User', '00u1')), 'Person')
})
