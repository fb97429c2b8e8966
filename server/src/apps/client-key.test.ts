import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { checkClientKeys, clientKey, parseClientKey } from './client-key.ts'
import { EC_KEY, NOW, refusalOf } from './test-app.ts'

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits })
const strong = rsa(2_048)
const weak = rsa(1_024).publicKey.export({ format: 'jwk' })
const jwk = strong.publicKey.export({ format: 'jwk' })

const judge = (sent: object): string => refusalOf(() => parseClientKey(sent as Record<string, unknown>))
const named = (...names: readonly object[]) =>
  names.map((more, at) => clientKey(parseClientKey({ ...EC_KEY, ...more }), `pks${at}`, NOW))

describe('a public key', () => {
  test('is kept without what is not part of it', () => {
    const {
      kid,
      use,
      status,
      jwk: kept,
    } = parseClientKey({ ...jwk, kid: 'one', use: 'sig', alg: 'RS256', x5c: ['x'], status: 'ACTIVE' })
    assert.deepEqual([kid, use, status], ['one', 'sig', 'ACTIVE'])
    assert.deepEqual(kept, { kty: 'RSA', n: jwk.n, e: jwk.e, alg: 'RS256', kid: 'one', use: 'sig' })
  })

  test('of a curve may leave the name of the curve out, as Okta takes it', () => {
    const { crv: _, ...point } = EC_KEY
    assert.deepEqual(parseClientKey(point).jwk, EC_KEY)
    assert.deepEqual(parseClientKey({ ...point, crv: null, kid: null, use: null }).jwk, EC_KEY)
  })

  const REFUSED: readonly [name: string, sent: object, sentence: string][] = [
    ['too short', weak, "RSA key length in the 'jwks' is less than '2,048' bits for the given key."],
    [
      'private',
      strong.privateKey.export({ format: 'jwk' }),
      "The key has the private member 'd'. Send the public key only.",
    ],
    ['a shared secret', { kty: 'oct', k: 'AAAA' }, "The key has the private member 'k'. Send the public key only."],
    ['of another kind', { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, "'kty' is invalid. Valid values: [RSA, EC]."],
    ['without a modulus', { kty: 'RSA', e: 'AQAB' }, "'n' must be base64url."],
    ['with a number for a modulus', { kty: 'RSA', e: 'AQAB', n: 7 }, "'n' must be base64url."],
    ['no point of its curve', { ...EC_KEY, y: EC_KEY.x }, "'x' and 'y' are no point of the curve 'crv'."],
    ['for another use', { ...EC_KEY, use: 'wrap' }, "'use' is invalid. Valid values: [sig, enc]."],
    ['in another state', { ...EC_KEY, status: 'DELETED' }, "'status' is invalid. Valid values: [ACTIVE, INACTIVE]."],
    ['with an empty name', { ...EC_KEY, kid: '' }, "'kid' must have 1 to 255 characters."],
    ['with a number for a name', { ...EC_KEY, kid: 7 }, "'kid' must be text."],
  ]
  for (const [name, sent, sentence] of REFUSED)
    test(`is refused when it is ${name}`, () => assert.equal(judge(sent), `JsonWebKey | ${sentence}`))
})

describe('the keys of an app', () => {
  test('have names of their own', () => {
    assert.equal(
      refusalOf(() => checkClientKeys(named({}))),
      'accepted',
    )
    assert.equal(
      refusalOf(() => checkClientKeys(named({ kid: 'a' }, { kid: 'b' }))),
      'accepted',
    )
    assert.match(
      refusalOf(() => checkClientKeys(named({ kid: 'a' }, {}))),
      /Each of several keys needs a 'kid'/,
    )
    assert.match(
      refusalOf(() => checkClientKeys(named({ kid: 'a' }, { kid: 'a' }))),
      /more than one key with the 'kid' 'a'/,
    )
  })

  test('are at most 50', () => {
    const keys = (count: number) => named(...Array.from({ length: count }, (_, at) => ({ kid: `k${at}` })))
    assert.equal(
      refusalOf(() => checkClientKeys(keys(50))),
      'accepted',
    )
    assert.match(
      refusalOf(() => checkClientKeys(keys(51))),
      /at most 50 keys/,
    )
  })

  test('hold one active encryption key', () => {
    const [enc, off] = [
      { kid: 'a', use: 'enc' },
      { kid: 'b', use: 'enc', status: 'INACTIVE' },
    ]
    assert.equal(
      refusalOf(() => checkClientKeys(named(enc, off))),
      'accepted',
    )
    assert.match(
      refusalOf(() => checkClientKeys(named(enc, { ...off, status: 'ACTIVE' }))),
      /Only one encryption key/,
    )
  })
})
