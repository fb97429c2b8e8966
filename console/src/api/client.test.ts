import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextCursor, pathOf } from './client.ts'

test('members in braces are filled in and encoded, and what is unsaid in the query is left out', () => {
  const path = pathOf(
    '/api/v1/apps/{appId}/users',
    { appId: 'a/b' },
    { q: 'x y', after: undefined, limit: 20, filter: '' },
  )
  assert.equal(path, '/api/v1/apps/a%2Fb/users?q=x+y&limit=20')
  assert.equal(pathOf('/api/v1/apps', {}, {}), '/api/v1/apps')
  assert.throws(() => pathOf('/api/v1/apps/{appId}', {}, {}), /lacks appId/)
})

test('the cursor of the next page stands in the Link header', () => {
  const link =
    '<https://id.example/api/v1/apps?limit=2>; rel="self", <https://id.example/api/v1/apps?after=0oa1&limit=2>; rel="next"'
  assert.equal(nextCursor(link), '0oa1')
  assert.equal(nextCursor('<https://id.example/api/v1/apps>; rel="self"'), undefined)
  assert.equal(nextCursor(null), undefined)
})
