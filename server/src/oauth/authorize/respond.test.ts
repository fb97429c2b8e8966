import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { OAuthError } from '../error.ts'
import { type Reply, respondWithCode, respondWithError } from './respond.ts'

const reply = (more: Partial<Reply> = {}): Reply => ({
  redirectUri: 'https://app.example/cb',
  responseMode: 'query',
  state: 's t',
  issuer: 'https://id.example',
  orgName: 'Acme',
  posted: false,
  ...more,
})
const code = (more: Partial<Reply> = {}) => respondWithCode(reply(more), 'c0de', randomBytes)
const locationOf = (more: Partial<Reply>) => code(more).headers?.location

test('in the query, behind what is registered there, which stays as it is', () => {
  const tail = 'state=s+t&code=c0de&iss=https%3A%2F%2Fid.example'
  const rows: Readonly<Record<string, string>> = {
    'https://app.example/cb': `https://app.example/cb?${tail}`,
    'https://app.example': `https://app.example?${tail}`,
    'https://app.example/cb?a=%2f&b=+': `https://app.example/cb?a=%2f&b=+&${tail}`,
    'https://app.example/cb?': `https://app.example/cb?${tail}`,
    'https://app.example/cb?a=1&': `https://app.example/cb?a=1&${tail}`,
    'com.example.app:/cb': `com.example.app:/cb?${tail}`,
  }
  for (const [redirectUri, location] of Object.entries(rows)) assert.equal(locationOf({ redirectUri }), location)
})

test('in the fragment', () => {
  assert.equal(
    locationOf({ responseMode: 'fragment', redirectUri: 'https://app.example/cb?a=1' }),
    'https://app.example/cb?a=1#state=s+t&code=c0de&iss=https%3A%2F%2Fid.example',
  )
})

test('302 after a GET, 303 after a POST, stored by nobody and told to nobody', () => {
  assert.equal(code().status, 302)
  assert.equal(code({ posted: true }).status, 303)
  assert.equal(code().headers?.['referrer-policy'], 'no-referrer')
  assert.equal(code().headers?.['cache-control'], 'no-cache, no-store')
})

test('a state that was not sent is not made up', () => {
  assert.ok(!String(locationOf({ state: undefined })).includes('state'))
})

test('an error brings its code and sentence the same way', () => {
  const error = new OAuthError('access_denied', 'No & never.')
  const { headers } = respondWithError(reply(), error, randomBytes)
  assert.equal(
    headers?.location,
    'https://app.example/cb?state=s+t&error=access_denied&error_description=No+%26+never.&iss=https%3A%2F%2Fid.example',
  )
})

test('by a form, whose page may lead to the app and nowhere else', () => {
  const { html = '', status, headers } = code({ responseMode: 'form_post', state: '"><script>' })
  assert.equal(status, 200)
  assert.ok(html.includes('name="code" value="c0de"'))
  assert.ok(html.includes('value="&quot;&gt;&lt;script&gt;"'))
  assert.match(
    String(headers?.['content-security-policy']),
    /form-action 'self' https:\/\/app\.example;.*frame-ancestors 'none'/,
  )
})

test('by a message to the app’s origin, which alone may frame the page', () => {
  const { html = '', headers } = code({ responseMode: 'okta_post_message', state: '</script><script>' })
  assert.ok(html.includes('"targetOrigin":"https://app.example"'))
  assert.ok(!html.includes('</script><script>'))
  assert.match(String(headers?.['content-security-policy']), /frame-ancestors https:\/\/app\.example(;|$)/)
})
