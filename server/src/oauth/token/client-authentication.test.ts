import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OAuthError } from '../error.ts'
import { readCredentials } from './client-authentication.ts'

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
const read = (authorization: string | undefined, body: Record<string, string> = {}) =>
  readCredentials(authorization, new Map(Object.entries(body)))
const method = 'client_secret_basic'
const TYPE = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }

test('what a request presents', () => {
  assert.deepEqual(read(undefined, { client_id: 'c' }), { kind: 'none', clientId: 'c' })
  assert.deepEqual(read(undefined, { client_id: 'c', client_secret: 's' }), {
    kind: 'secret',
    method: 'client_secret_post',
    clientId: 'c',
    secret: 's',
  })
  assert.deepEqual(read(basic('c:s')), { kind: 'secret', method, clientId: 'c', secret: 's' })
  assert.deepEqual(read(basic('c:s:t')), { kind: 'secret', method, clientId: 'c', secret: 's:t' })
  assert.deepEqual(read(basic('c')), { kind: 'none', clientId: 'c' })
  assert.deepEqual(read(basic('c:')), { kind: 'none', clientId: 'c' })
  assert.deepEqual(read(undefined, { client_assertion: 'a', ...TYPE }), {
    kind: 'assertion',
    assertion: 'a',
    clientId: undefined,
  })
})

test('the header is form-encoded, and kept as it came where that makes a difference', () => {
  assert.deepEqual(read(basic('c%2Bd:a%3Ab+c')), {
    kind: 'secret',
    method,
    clientId: 'c+d',
    secret: 'a:b c',
    literal: { kind: 'secret', method, clientId: 'c%2Bd', secret: 'a%3Ab+c' },
  })
  assert.deepEqual(read(basic('c+d')), { kind: 'none', clientId: 'c d', literal: { kind: 'none', clientId: 'c+d' } })
  assert.deepEqual(read(basic('c:100%')), { kind: 'secret', method, clientId: 'c', secret: '100%' })
})

test('the scheme is read in any case, and base64 in either alphabet, padded or not', () => {
  for (const header of ['basic Yzpz', 'BASIC  Yzpz ', basic('c:s')]) assert.equal(read(header).clientId, 'c', header)
  const odd = Buffer.from('c:ÿþ~~').toString('base64url')
  assert.equal(read(`Basic ${odd}`).clientId, 'c')
})

test('what is no credential, and more than one, is refused', () => {
  const rows: readonly [string | undefined, Record<string, string>, string, number][] = [
    [undefined, {}, 'invalid_client', 401],
    [undefined, { client_secret: 's' }, 'invalid_client', 401],
    ['Basic', {}, 'invalid_client', 401],
    ['Basic !', {}, 'invalid_client', 401],
    ['Bearer x', { client_id: 'c' }, 'invalid_client', 401],
    ['', { client_id: 'c' }, 'invalid_client', 401],
    [basic('c:s'), { client_id: 'd' }, 'invalid_client', 401],
    [basic('c:s'), { client_secret: 's' }, 'invalid_request', 401],
    [basic('c'), { client_secret: 's' }, 'invalid_request', 401],
    [basic('c:s'), { client_assertion: 'a', ...TYPE }, 'invalid_request', 401],
    [undefined, { client_secret: 's', client_assertion: 'a', ...TYPE }, 'invalid_request', 401],
    [undefined, { client_assertion: 'a' }, 'invalid_request', 400],
    [undefined, { client_assertion: 'a', client_assertion_type: 'saml' }, 'invalid_request', 400],
  ]
  for (const [authorization, body, code, status] of rows)
    assert.throws(
      () => read(authorization, body),
      (error) => error instanceof OAuthError && error.code === code && error.status === status,
      `${authorization} ${JSON.stringify(body)}`,
    )
})
