import assert from 'node:assert/strict'
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { test } from 'node:test'
import { keySource, newRsaKey, signerSource } from './signer.ts'

const BYTES = Buffer.from('header.payload')

test('a new key is RSA with 2048 bits, its public half a JWK that names no secret', async () => {
  const { kid, jwk, privatePem } = await newRsaKey(randomBytes)
  assert.deepEqual(Object.keys(jwk).toSorted(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
  assert.partialDeepStrictEqual(jwk, { kty: 'RSA', alg: 'RS256', use: 'sig', e: 'AQAB', kid })
  assert.equal(Buffer.from(jwk.n, 'base64url').length, 256)
  assert.match(kid, /^[\w-]{43}$/)
  assert.match(privatePem, /^-----BEGIN PRIVATE KEY-----/)
})

test('what a signer signs is checked with the public half', async () => {
  const { kid, jwk, privatePem } = await newRsaKey(randomBytes)
  const signer = signerSource().for(kid, () => privatePem)
  assert.deepEqual([signer.kid, signer.alg], [kid, 'RS256'])
  const signature = await signer.sign(BYTES)
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  assert.equal(verify('sha256', BYTES, key, signature), true)
  assert.equal(verify('sha256', Buffer.from('header.another'), key, signature), false)
})

test('a key is opened once', async () => {
  const { kid, privatePem } = await newRsaKey(randomBytes)
  const signers = signerSource()
  const first = signers.for(kid, () => privatePem)
  assert.equal(
    signers.for(kid, () => assert.fail('it was opened again')),
    first,
  )
})

test('keys are made ahead once the first was asked for', async () => {
  let made = 0
  const counting = (size: number) => {
    made++
    return randomBytes(size)
  }
  const keys = keySource(counting, 2)
  assert.equal(made, 0)
  const first = await keys.next()
  const [second, third] = await Promise.all([keys.next(), keys.next()])
  assert.equal(new Set([first.kid, second.kid, third.kid]).size, 3)
})

test('a key that can not be made fails for the one who takes it, and for nobody else', async () => {
  let fails = false
  const keys = keySource((size) => {
    if (fails) throw new Error('no random bytes')
    return randomBytes(size)
  }, 1)
  await keys.next()
  fails = true
  // The one that was being made ahead.
  await assert.rejects(keys.next(), /no random bytes/)
  fails = false
  assert.ok((await keys.next()).kid)
})
