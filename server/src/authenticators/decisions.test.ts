import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { instant, MINUTE } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { secretKey } from '#kernel/secret.ts'
import { enrollable } from './enrollable.ts'
import type { Factor } from './factor.ts'
import { failureRefusal } from './factor-refusal.ts'
import { openSecret, qrToken, sealSecret } from './factor-secret.ts'
import { codeHash, newCode } from './one-time-code.ts'
import { decideOwnChange } from './own-change.ts'
import { qrPng, qrSvg } from './qr-code.ts'
import { answerKey, checkQuestion } from './question.ts'
import { challengeOf } from './webauthn.ts'

const factor = (key: 'google_totp' | 'webauthn', status: Factor['status'] = 'ACTIVE'): Factor => {
  const common = { id: 'x', userId: '00u', status, created: instant(0), lastUpdated: instant(0) }
  return key === 'webauthn'
    ? {
        ...common,
        key,
        kind: 'webauthn',
        provider: 'FIDO',
        profile: { authenticatorName: '', rpId: '', transports: [] },
      }
    : { ...common, key, kind: 'totp', provider: 'GOOGLE', profile: { credentialId: '' } }
}

const EVERY_FACTOR = {
  question: 'OPTIONAL',
  email: 'OPTIONAL',
  google_totp: 'OPTIONAL',
  okta_totp: 'OPTIONAL',
  webauthn: 'OPTIONAL',
} as const

describe('what a person may enrol', () => {
  test('is what the policy allows, with what they have of it', () => {
    const demands = { ...EVERY_FACTOR, question: 'NOT_ALLOWED', google_totp: 'REQUIRED' } as const
    const list = enrollable([factor('google_totp'), factor('webauthn', 'PENDING_ACTIVATION')], demands)
    assert.deepEqual(
      list.map(({ key, status, enrollment }) => [key, status, enrollment]),
      [
        ['email', 'NOT_SETUP', 'OPTIONAL'],
        ['google_totp', 'ACTIVE', 'REQUIRED'],
        ['okta_totp', 'NOT_SETUP', 'OPTIONAL'],
        ['webauthn', 'NOT_SETUP', 'OPTIONAL'],
      ],
    )
  })
})

describe('a change of one’s own factors', () => {
  const now = instant(100 * MINUTE)
  const at = (minutesAgo: number, ...amr: string[]) => ({ authenticated: instant(now - minutesAgo * MINUTE), amr })
  for (const [title, session, factors, expected] of [
    ['takes a sign-in of the last 15 minutes', at(14, 'pwd'), [], 'allowed'],
    ['is not open to an older one', at(15, 'pwd'), [], 'sign-in-again'],
    ['nor to a password where there is a factor', at(1, 'pwd'), [factor('google_totp')], 'factor-needed'],
    ['but to that factor', at(1, 'pwd', 'otp', 'mfa'), [factor('google_totp')], 'allowed'],
    ['an old proof of it is none', at(15, 'pwd', 'otp', 'mfa'), [factor('google_totp')], 'sign-in-again'],
    ['what is pending is no factor yet', at(1, 'pwd'), [factor('google_totp', 'PENDING_ACTIVATION')], 'allowed'],
  ] as const)
    test(title, () => assert.equal(decideOwnChange(session, factors, now), expected))
})

describe('a question', () => {
  const LOGIN = 'ada.l@example.test'
  test('of the list has its text; another is custom', () => {
    const known = checkQuestion('disliked_food', 'porridge', LOGIN)
    assert.deepEqual(known, { question: 'disliked_food', questionText: 'What is the food you least liked as a child?' })
    const own = checkQuestion(' What was that? ', 'porridge', LOGIN)
    assert.deepEqual(own, { question: 'custom', questionText: 'What was that?' })
  })

  for (const [why, question, answer] of [
    ['a short answer', 'disliked_food', 'ale'],
    ['an answer of spaces', 'disliked_food', '      '],
    ['an answer that is too long', 'disliked_food', 'a'.repeat(256)],
    ['an answer out of the question', 'disliked_food', 'The  FOOD'],
    ['the login as answer', 'disliked_food', 'ADA.L@example.test'],
    ['the beginning of the login', 'disliked_food', 'ada.l'],
    ['no question', '  ', 'porridge'],
    ['a question that is too long', 'q'.repeat(256), 'porridge'],
  ] as const)
    test(`${why} is refused`, () => assert.throws(() => checkQuestion(question, answer, LOGIN), Refusal))

  test('is no property of an object', () => {
    assert.equal(checkQuestion('constructor', 'porridge', LOGIN).question, 'custom')
  })

  test('answers are compared without case, accents and superfluous spaces', () => {
    assert.equal(answerKey('  Crème   Brûlée '), answerKey('creme brulee'))
    assert.notEqual(answerKey('cremebrulee'), answerKey('creme brulee'))
  })
})

describe('a mailed code', () => {
  test('has six digits, each as likely as any other', () => {
    const drawn = [
      [0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 7],
    ]
    assert.equal(
      newCode(() => new Uint8Array(drawn.shift() ?? [])),
      '000007',
    )
    assert.equal(drawn.length, 0, 'what would favour some codes is drawn again')
  })

  test('is kept as a hash for one org, factor and asker', () => {
    const [key, other] = [secretKey(randomBytes(32)), secretKey(randomBytes(32))]
    const place = { factorId: 'emf1', binding: 'a' }
    const hash = codeHash(key, place, '123456')
    assert.equal(codeHash(key, place, '123 456'), hash)
    const others = [
      codeHash(other, place, '123456'),
      codeHash(key, { ...place, factorId: 'emf2' }, '123456'),
      codeHash(key, { ...place, binding: 'b' }, '123456'),
      codeHash(key, place, '123457'),
    ]
    assert.equal(new Set([hash, ...others]).size, 5)
  })
})

describe('a factor’s secret', () => {
  const org = { id: '00o1' as OrgId, dataKey: secretKey(randomBytes(32)) }
  const row = { userId: '00u1', id: 'uft1' }
  const sealed = sealSecret(org, row, 'seed', randomBytes)

  test('opens in its own row', () => assert.equal(openSecret(org, row, sealed), 'seed'))

  test('does not open with any of its bits turned', () => {
    for (let at = 0; at < sealed.length; at++)
      for (const bit of [1, 2, 4, 8, 16, 32]) {
        const turned = sealed.slice(0, at) + String.fromCharCode(sealed.charCodeAt(at) ^ bit) + sealed.slice(at + 1)
        assert.throws(() => openSecret(org, row, turned), `character ${at}`)
      }
  })

  test('does not open in another row, with another person, in another org, nor where there is none', () => {
    assert.throws(() => openSecret(org, { ...row, id: 'uft2' }, sealed))
    assert.throws(() => openSecret(org, { ...row, userId: '00u2' }, sealed))
    assert.throws(() => openSecret({ ...org, id: '00o2' as OrgId }, row, sealed))
    assert.throws(() => openSecret({ ...org, dataKey: secretKey(randomBytes(32)) }, row, sealed))
    assert.throws(() => openSecret(org, row, undefined))
  })

  test('has a picture whose link no other factor has', () => {
    assert.notEqual(qrToken(org.dataKey, row), qrToken(org.dataKey, { ...row, id: 'uft2' }))
    assert.notEqual(qrToken(org.dataKey, row), qrToken(org.dataKey, { ...row, userId: '00u2' }))
  })
})

describe('a QR code', () => {
  const uri = 'otpauth://totp/Org:ada%40example.test?secret=MZXW6YTBOI&issuer=Org'
  test('is a PNG of 200 by 200 pixels', () => {
    const png = Buffer.from(qrPng(uri))
    assert.equal(png.subarray(1, 4).toString(), 'PNG')
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [200, 200])
  })

  test('grows where the text needs more', () => {
    const png = Buffer.from(qrPng('a'.repeat(2_900)))
    assert.ok(png.readUInt32BE(16) >= 177)
  })

  test('is an SVG of its squares alone', () => {
    assert.match(qrSvg(uri), /^<svg xmlns="[^"]+" viewBox="0 0 \d+ \d+"[^>]*>(<path [^>]+\/>){2}<\/svg>$/)
  })
})

test('what client data claims to answer is read where there is something to read', () => {
  const data = (text: string) => Buffer.from(text).toString('base64')
  assert.equal(challengeOf(data('{"challenge":"abc"}')), 'abc')
  for (const text of ['', '{}', 'null', '{"challenge":7}', '[', '"challenge"'])
    assert.equal(challengeOf(data(text)), undefined)
})

test('each failure has Okta’s code', () => {
  const code = (kind: Parameters<typeof failureRefusal>[0]) => failureRefusal(kind).code
  assert.equal(code({ kind: 'wrong', of: 'totp' }), 'passcode_invalid')
  assert.equal(code({ kind: 'replayed' }), 'passcode_replayed')
  assert.equal(code({ kind: 'out-of-window' }), 'passcode_out_of_window')
  assert.equal(code({ kind: 'exhausted' }), 'rate_limited')
  assert.equal(code({ kind: 'no-challenge' }), 'passcode_invalid')
  assert.equal(code({ kind: 'expired' }), 'passcode_invalid')
})
