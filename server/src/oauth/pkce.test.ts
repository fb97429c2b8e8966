import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { decideChallenge, decidePkce, validChallenge, validVerifier, verifyS256 } from './pkce.ts'

// The pair of RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

const OK = { ok: true }
const failed = { ok: false, error: 'invalid_grant', description: 'PKCE verification failed.' }
const missing = {
  ok: false,
  error: 'invalid_request',
  description: 'PKCE code verifier is required by the application.',
}
const unasked = {
  ok: false,
  error: 'invalid_request',
  description: 'PKCE code challenge should be specified in the authorize request for code verification.',
}

test('every combination of challenge and verifier has its answer, and only a match or full absence passes', () => {
  const challenges = { absent: undefined, good: CHALLENGE, bad: 'too-short' }
  const verifiers = { absent: undefined, good: VERIFIER, bad: 'too-short' }
  const cases: [keyof typeof challenges, keyof typeof verifiers, unknown, unknown][] = [
    // challenge, verifier, answer where PKCE is optional, answer where it is required
    ['absent', 'absent', OK, missing],
    ['absent', 'good', unasked, unasked],
    ['absent', 'bad', unasked, unasked],
    ['good', 'absent', missing, missing],
    ['good', 'good', OK, OK],
    ['good', 'bad', failed, failed],
    ['bad', 'absent', missing, missing],
    ['bad', 'good', failed, failed],
    ['bad', 'bad', failed, failed],
  ]
  assert.equal(cases.length, 9)
  for (const [challenge, verifier, optional, required] of cases) {
    const pair = { challenge: challenges[challenge], verifier: verifiers[verifier] }
    assert.deepEqual(decidePkce({ ...pair, required: false }), optional, `${challenge} ${verifier} optional`)
    assert.deepEqual(decidePkce({ ...pair, required: true }), required, `${challenge} ${verifier} required`)
  }
})

test('a well-formed verifier of another challenge fails, and so do an empty challenge and an empty verifier', () => {
  assert.deepEqual(decidePkce({ challenge: CHALLENGE, verifier: `${VERIFIER}x`, required: true }), failed)
  assert.deepEqual(decidePkce({ challenge: CHALLENGE, verifier: CHALLENGE, required: true }), failed)
  assert.deepEqual(decidePkce({ challenge: CHALLENGE, verifier: '', required: false }), failed)
  assert.deepEqual(decidePkce({ challenge: '', verifier: undefined, required: false }), missing)
  assert.deepEqual(decidePkce({ challenge: '', verifier: '', required: false }), failed)
})

test('a verifier of the wrong form fails even if the challenge was made of it', () => {
  for (const verifier of ['', 'a'.repeat(42), 'a'.repeat(129), `${VERIFIER} `]) {
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    assert.deepEqual(decidePkce({ challenge, verifier, required: true }), failed)
  }
})

test('a verifier is 43 to 128 unreserved characters', () => {
  const cases: [string, boolean][] = [
    [VERIFIER, true],
    ['a'.repeat(42), false],
    ['a'.repeat(43), true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['-._~'.repeat(11), true],
    [`${'a'.repeat(43)}+`, false],
    [`${'a'.repeat(43)}/`, false],
    [`${'a'.repeat(43)}=`, false],
    [`${'a'.repeat(43)} `, false],
    [`${'a'.repeat(43)}\n`, false],
    [`${'a'.repeat(43)}ä`, false],
    ['', false],
  ]
  for (const [text, valid] of cases) assert.equal(validVerifier(text), valid, JSON.stringify(text))
})

test('a challenge is 43 to 128 characters of base64url', () => {
  const cases: [string, boolean][] = [
    [CHALLENGE, true],
    ['a'.repeat(42), false],
    ['a'.repeat(43), true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    [`${CHALLENGE}=`, false],
    [`${CHALLENGE}~`, false],
    [`${CHALLENGE}\n`, false],
    ['', false],
  ]
  for (const [text, valid] of cases) assert.equal(validChallenge(text), valid, JSON.stringify(text))
})

test('verification compares the whole hash', () => {
  assert.equal(verifyS256(VERIFIER, CHALLENGE), true)
  assert.equal(verifyS256(VERIFIER, CHALLENGE.slice(0, -1)), false)
  assert.equal(verifyS256(VERIFIER, `${CHALLENGE}A`), false)
  assert.equal(verifyS256(VERIFIER, CHALLENGE.toLowerCase()), false)
  assert.equal(verifyS256(VERIFIER, ''), false)
  assert.equal(verifyS256('', CHALLENGE), false)
  for (let at = 0; at < CHALLENGE.length; at += 1) {
    const flipped = CHALLENGE.slice(0, at) + (CHALLENGE[at] === 'A' ? 'B' : 'A') + CHALLENGE.slice(at + 1)
    assert.equal(verifyS256(VERIFIER, flipped), false)
  }
})

test('an authorize request needs a challenge by S256 where the app requires PKCE, and a sound one wherever it sends any', () => {
  const required = 'PKCE code challenge is required by the application.'
  const method = 'PKCE code challenge method is not supported. Valid values: [S256]'
  const characters = 'PKCE code challenge contains illegal characters.'
  const cases: [string | undefined, string | undefined, string | undefined, string | undefined][] = [
    // challenge, method, fault where PKCE is optional, fault where it is required
    [undefined, undefined, undefined, required],
    [CHALLENGE, 'S256', undefined, undefined],
    [CHALLENGE, undefined, method, method],
    [CHALLENGE, 'plain', method, method],
    [CHALLENGE, 's256', method, method],
    [undefined, 'plain', method, method],
    [undefined, 'S256', required, required],
    ['', 'S256', characters, characters],
    [`${CHALLENGE}=`, 'S256', characters, characters],
    ['a'.repeat(42), 'S256', characters, characters],
  ]
  for (const [challenge, codeMethod, optional, demanded] of cases) {
    for (const [isRequired, fault] of [
      [false, optional],
      [true, demanded],
    ] as const) {
      const decision = decideChallenge({ challenge, method: codeMethod, required: isRequired })
      assert.deepEqual(
        decision,
        fault === undefined ? OK : { ok: false, error: 'invalid_request', description: fault },
        `${challenge} ${codeMethod} ${isRequired}`,
      )
    }
  }
})
