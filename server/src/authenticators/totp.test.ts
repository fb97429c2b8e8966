import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Instant, instant } from '#kernel/instant.ts'
import { base32, decideTotp, hotp, newSeed, otpauthUri, stepAt, type TotpDecision } from './totp.ts'

/** The seed of the test vectors of both RFCs. */
const SEED = Buffer.from('12345678901234567890')

test('codes are those of RFC 4226, appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
  assert.deepEqual(
    codes.map((_, counter) => hotp(SEED, counter)),
    codes,
  )
})

test('codes are those of RFC 6238, appendix B, by their last six digits', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const)
    assert.equal(hotp(SEED, stepAt(instant(seconds * 1_000))), code.slice(2))
})

test('base32 is that of RFC 4648, without padding', () => {
  for (const [text, encoded] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.equal(base32(Buffer.from(text)), encoded)
})

test('a seed has 160 bits, which are 32 characters', () => {
  assert.equal(base32(newSeed((size) => new Uint8Array(size).fill(255))), '7'.repeat(32))
})

test('the URI names the org and the person, and keeps what is special in them apart', () => {
  assert.equal(
    otpauthUri('A & B: Co', 'ada@example.test', 'MZXW6'),
    'otpauth://totp/A%20%26%20B%3A%20Co:ada%40example.test?secret=MZXW6&issuer=A%20%26%20B%3A%20Co',
  )
})

describe('a code', () => {
  const now: Instant = instant(1_700_000_015_000)
  const step = stepAt(now)
  const decide = (off: number, lastStep = 0): TotpDecision =>
    decideTotp(SEED, { code: hotp(SEED, step + off), now, lastStep })

  const TABLE: readonly [off: number, lastStep: number, expected: TotpDecision][] = [
    [0, 0, { kind: 'right', step }],
    [-1, 0, { kind: 'right', step: step - 1 }],
    [1, 0, { kind: 'right', step: step + 1 }],
    [0, step - 1, { kind: 'right', step }],
    [0, step, { kind: 'replayed' }],
    [-1, step, { kind: 'replayed' }],
    [0, step + 1, { kind: 'replayed' }],
    [-2, 0, { kind: 'out-of-window' }],
    [-10, 0, { kind: 'out-of-window' }],
    [-11, 0, { kind: 'wrong' }],
    // Whoever guessed the code of a later step is not told to wait for it.
    [2, 0, { kind: 'wrong' }],
    [5, 0, { kind: 'wrong' }],
  ]
  for (const [off, lastStep, expected] of TABLE)
    test(`${off} steps from now, with ${lastStep - step > -100 ? lastStep - step : 'none'} used, is ${expected.kind}`, () => {
      assert.deepEqual(decide(off, lastStep), expected)
    })

  test('may be typed in two groups, and is nothing else than six digits', () => {
    const code = hotp(SEED, step)
    const presented = (text: string) => decideTotp(SEED, { code: text, now, lastStep: 0 }).kind
    assert.equal(presented(`${code.slice(0, 3)} ${code.slice(3)}`), 'right')
    for (const text of ['', code.slice(1), `${code}0`, `-${code.slice(1)}`, `${code}\n`, 'abcdef', '١٢٣٤٥٦'])
      assert.equal(presented(text), 'wrong', JSON.stringify(text))
  })
})
