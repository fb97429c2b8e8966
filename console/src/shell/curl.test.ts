import assert from 'node:assert/strict'
import { test } from 'node:test'
import { curlLine } from './curl.ts'

test('a call is a line for a shell, with address and token to be set', () => {
  assert.equal(
    curlLine({ method: 'POST', path: '/api/v1/groups', body: { profile: { name: "Ada's" } } }),
    [
      'curl -X POST "$KEYSTEAD/api/v1/groups" \\',
      '  -H "Authorization: SSWS $TOKEN" \\',
      "  -H 'Content-Type: application/json' \\",
      "  -d '{",
      '  "profile": {',
      `    "name": "Ada'\\''s"`,
      '  }',
      "}'",
    ].join('\n'),
  )
})

test('what is secret is left out', () => {
  const body = { credentials: { password: { value: 'hunter2-hunter2' }, oauthClient: { client_secret: 'abc' } } }
  const line = curlLine({ method: 'POST', path: '/api/v1/users', body })
  assert.doesNotMatch(line, /hunter2|abc/)
})

test('a call without a body has none', () => {
  assert.equal(
    curlLine({ method: 'DELETE', path: '/api/v1/groups/1', body: undefined }),
    'curl -X DELETE "$KEYSTEAD/api/v1/groups/1" \\\n  -H "Authorization: SSWS $TOKEN"',
  )
})
