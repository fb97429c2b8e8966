import assert from 'node:assert/strict'
import { createHmac, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import { before, test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { type NewKey, newRsaKey, type Signer, signerSource } from '#signing/signer.ts'
import { openJwt, signJwt } from './jwt.ts'

let key: NewKey
let other: NewKey
let signer: Signer
let token: string

before(async () => {
  key = await newRsaKey(randomBytes)
  other = await newRsaKey(randomBytes)
  signer = signerSource().for(key.kid, () => key.privatePem)
  token = await signJwt(signer, { sub: 'ada', n: 1 })
})

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** Any header over any body, signed with the right key. */
function signed(header: unknown, body: unknown = { sub: 'ada' }): string {
  const input = `${part(header)}.${part(body)}`
  return `${input}.${sign('sha256', Buffer.from(input), createPrivateKey(key.privatePem)).toString('base64url')}`
}
const open = (text: string, keys = [key.jwk]) => openJwt(text, keys)

test('what was signed opens with the published key, and with anybody’s library', async () => {
  assert.deepEqual(open(token), { sub: 'ada', n: 1 })
  assert.deepEqual(open(token, [other.jwk, key.jwk]), { sub: 'ada', n: 1 })
  const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [key.jwk] }))
  assert.equal(payload.sub, 'ada')
})

test('another key, no key, and another key of the same name open nothing', () => {
  assert.equal(open(token, []), undefined)
  assert.equal(open(token, [other.jwk]), undefined)
})

test('the algorithm is the key’s: no header talks it into another one', () => {
  const pem = createPublicKey({ key: { ...key.jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const input = `${part({ alg: 'HS256', kid: key.kid })}.${part({ sub: 'ada' })}`
  const hmac = `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`
  assert.equal(open(hmac), undefined)
  assert.ok(open(signed({ alg: 'RS256', kid: key.kid })))
  for (const header of [
    { kid: key.kid },
    { alg: 'none', kid: key.kid },
    { alg: 'rs256', kid: key.kid },
    { alg: 'RS512', kid: key.kid },
    { alg: ['RS256'], kid: key.kid },
    { alg: 'RS256' },
    { alg: 'RS256', kid: [key.kid] },
    { alg: 'RS256', kid: key.kid, crit: ['x'], x: 1 },
    { alg: 'RS256', kid: other.kid, jwk: key.jwk },
    null,
    [],
    'RS256',
  ])
    assert.equal(open(signed(header)), undefined, JSON.stringify(header))
})

test('a body that is no object is no token', () => {
  for (const body of [null, [], 'x', 1, true])
    assert.equal(open(signed({ alg: 'RS256', kid: key.kid }, body)), undefined)
})

test('every part must be spelled as it was given out', () => {
  const [head = '', body = '', signature = ''] = token.split('.')
  const wrong = [
    '',
    '.',
    '..',
    '...',
    head,
    `${head}.${body}`,
    `${head}.${body}.`,
    `.${body}.${signature}`,
    `${token}.`,
    `${token}.x`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    `${head}=.${body}.${signature}`,
    `${head}.${body}.${signature.slice(0, -1)}`,
    `${head}.${body}.${signature}A`,
    `${head}.${part({ sub: 'bob' })}.${signature}`,
    token.replaceAll('-', '+').replaceAll('_', '/').replace('.', '.+').slice(0, -1),
    `${head}.${body}.${'A'.repeat(20_000)}`,
  ]
  for (const text of wrong) assert.equal(open(text), undefined, text.slice(0, 60))
  for (let at = 0; at < signature.length; at++) {
    const character = signature[at] === 'A' ? 'B' : 'A'
    assert.equal(open(`${head}.${body}.${signature.slice(0, at)}${character}${signature.slice(at + 1)}`), undefined)
  }
  // The last character holds bits that no byte has: only one spelling of them is the token.
  const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter((last) =>
    open(`${head}.${body}.${signature.slice(0, -1)}${last}`),
  )
  assert.deepEqual(spellings, [signature.at(-1)])
})
