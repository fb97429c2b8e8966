import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant, later, MINUTE, SECOND } from '#kernel/instant.ts'
import {
  decideRotation,
  foreignTo,
  graceEnd,
  idleEnd,
  newFamilyEnd,
  type RotationDecision,
  type RotationSetting,
} from './refresh-rotation.ts'

const T0 = instant(1_700_000_000_000)
const at = (milliseconds: number) => later(T0, milliseconds)

const ROTATE: RotationSetting = { rotationType: 'ROTATE', leewaySeconds: 30 }
const NO_GRACE: RotationSetting = { rotationType: 'ROTATE', leewaySeconds: 0 }
const LONG_GRACE: RotationSetting = { rotationType: 'ROTATE', leewaySeconds: 60 }
const STATIC: RotationSetting = { rotationType: 'STATIC', leewaySeconds: 30 }
const STATIC_NO_GRACE: RotationSetting = { rotationType: 'STATIC', leewaySeconds: 0 }

const FRESH = { rotatedAt: undefined }
const ROTATED = { rotatedAt: T0 }
const FOREVER = { absoluteEnd: undefined, idleMinutes: undefined, lastUsedAt: T0, revokedAt: undefined }
const UNTIL_T1 = { ...FOREVER, absoluteEnd: at(1_000) }
const IDLE = { ...FOREVER, idleMinutes: 10 }
const REVOKED = { ...FOREVER, revokedAt: T0 }

const rotate = { kind: 'rotate' }
const same = { kind: 'static' }
const reissue = { kind: 'reissue' }
const replayed = { kind: 'replayed' }
const expired = (why: string) => ({ kind: 'expired', why })

type Case = [
  string,
  { rotatedAt: typeof T0 | undefined },
  Parameters<typeof decideRotation>[1],
  RotationSetting,
  number,
  object,
]

const CASES: Case[] = [
  // what is presented, token, family, setting, milliseconds after T0, decision
  ['a living token of a rotating app', FRESH, FOREVER, ROTATE, 0, rotate],
  ['a living token of a rotating app without grace', FRESH, FOREVER, NO_GRACE, 0, rotate],
  ['a living token of a static app', FRESH, FOREVER, STATIC, 0, same],
  ['a living token years later', FRESH, FOREVER, ROTATE, 1e12, rotate],

  ['a rotated token at once', ROTATED, FOREVER, ROTATE, 0, reissue],
  ['a rotated token in the last millisecond of grace', ROTATED, FOREVER, ROTATE, 29_999, reissue],
  ['a rotated token when grace ends', ROTATED, FOREVER, ROTATE, 30_000, replayed],
  ['a rotated token after grace', ROTATED, FOREVER, ROTATE, 30_001, replayed],
  ['a rotated token in the last millisecond of the longest grace', ROTATED, FOREVER, LONG_GRACE, 59_999, reissue],
  ['a rotated token when the longest grace ends', ROTATED, FOREVER, LONG_GRACE, 60_000, replayed],
  ['a rotated token without grace in the same millisecond', ROTATED, FOREVER, NO_GRACE, 0, replayed],
  ['a rotated token without grace by a clock that is behind', ROTATED, FOREVER, NO_GRACE, -5, replayed],
  ['a rotated token with grace by a clock that is behind', ROTATED, FOREVER, ROTATE, -5, reissue],

  ['a token in the last millisecond of the family', FRESH, UNTIL_T1, ROTATE, 999, rotate],
  ['a token at the absolute end', FRESH, UNTIL_T1, ROTATE, 1_000, expired('absolute')],
  ['a static token in the last millisecond of the family', FRESH, UNTIL_T1, STATIC, 999, same],
  ['a static token at the absolute end', FRESH, UNTIL_T1, STATIC, 1_000, expired('absolute')],
  ['a rotated token within grace before the absolute end', ROTATED, UNTIL_T1, ROTATE, 999, reissue],
  ['a rotated token within grace at the absolute end', ROTATED, UNTIL_T1, ROTATE, 1_000, expired('absolute')],
  ['a rotated token after grace and the absolute end', ROTATED, UNTIL_T1, ROTATE, 30_000, replayed],

  ['a token in the last millisecond of the idle window', FRESH, IDLE, ROTATE, 10 * MINUTE - 1, rotate],
  ['a token at the end of the idle window', FRESH, IDLE, ROTATE, 10 * MINUTE, expired('idle')],
  ['a static token at the end of the idle window', FRESH, IDLE, STATIC, 10 * MINUTE, expired('idle')],
  ['a rotated token long after the idle window', ROTATED, IDLE, ROTATE, 20 * MINUTE, replayed],
  [
    'a token over both limits',
    FRESH,
    { ...IDLE, absoluteEnd: at(10 * MINUTE) },
    ROTATE,
    10 * MINUTE,
    expired('absolute'),
  ],

  ['a living token of a revoked family', FRESH, REVOKED, ROTATE, 1, expired('revoked')],
  ['a static token of a revoked family', FRESH, REVOKED, STATIC, 1, expired('revoked')],
  ['a rotated token of a revoked family within grace', ROTATED, REVOKED, ROTATE, 1, expired('revoked')],
  ['a replay in a revoked family', ROTATED, REVOKED, ROTATE, 31_000, expired('revoked')],

  // The app's setting was changed after the tokens were issued.
  ['a token of a static app that rotates now', FRESH, FOREVER, ROTATE, 1_000, rotate],
  ['a token of a rotating app that is static now', FRESH, FOREVER, STATIC, 1_000, same],
  ['a rotated token within grace of an app that is static now', ROTATED, FOREVER, STATIC, 29_999, reissue],
  ['a rotated token after grace of an app that is static now', ROTATED, FOREVER, STATIC, 30_000, replayed],
  ['a rotated token of an app that is static without grace now', ROTATED, FOREVER, STATIC_NO_GRACE, 1, replayed],
]

for (const [what, token, family, setting, after, decision] of CASES) {
  test(`${what}: ${Object.values(decision).join(', ')}`, () => {
    assert.deepEqual(decideRotation(token, family, setting, at(after)), decision)
  })
}

test('grace is counted from the rotation and absent with a leeway of 0', () => {
  assert.equal(graceEnd(T0, ROTATE), at(30 * SECOND))
  assert.equal(graceEnd(T0, NO_GRACE), undefined)
})

test('a lifetime of 0 is unlimited, and a family may have no idle window', () => {
  assert.equal(newFamilyEnd(T0, 0), undefined)
  assert.equal(newFamilyEnd(T0, 129_600), at(90 * 24 * 60 * MINUTE))
  assert.equal(idleEnd(T0, undefined), undefined)
  assert.equal(idleEnd(T0, 10_080), at(7 * 24 * 60 * MINUTE))
})

test('a token belongs to one client and one server', () => {
  const family = { clientId: '0oa1', serverId: 'aus1' }
  assert.equal(foreignTo(family, { clientId: '0oa1', serverId: 'aus1' }), undefined)
  assert.equal(foreignTo(family, { clientId: '0oa2', serverId: 'aus1' }), 'another-client')
  assert.equal(foreignTo(family, { clientId: '0oa1', serverId: 'aus2' }), 'another-server')
  assert.equal(foreignTo(family, { clientId: '0oa2', serverId: 'aus2' }), 'another-client')
})

// A family as a store would keep it: the branch of tokens, by the instant at which each was rotated.
interface Branch {
  readonly rotations: readonly (typeof T0 | undefined)[]
  readonly family: Parameters<typeof decideRotation>[1]
}

function apply(branch: Branch, index: number, decision: RotationDecision, now: typeof T0): Branch {
  const { rotations, family } = branch
  if (decision.kind === 'replayed') return { rotations, family: { ...family, revokedAt: now } }
  if (decision.kind === 'expired') return branch
  const used = { ...family, lastUsedAt: now }
  if (decision.kind !== 'rotate') return { rotations, family: used }
  return { rotations: [...rotations.slice(0, index), now, ...rotations.slice(index + 1), undefined], family: used }
}

const step = fc.record({
  waited: fc.oneof(fc.constantFrom(0, 1, 29_999, 30_000, 59_999, 60_000), fc.nat({ max: 15 * MINUTE })),
  /** 0 presents the newest token, 1 the one before it, and so on. */
  age: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) }),
  setting: fc.record({
    rotationType: fc.constantFrom('ROTATE' as const, 'STATIC' as const),
    leewaySeconds: fc.nat({ max: 60 }),
  }),
})

test('whatever is presented and whatever the setting becomes, no family outlives its absolute end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.array(step, { maxLength: 30 }), (lifetime, steps) => {
      const end = newFamilyEnd(T0, lifetime)
      assert.ok(end !== undefined)
      let now = T0
      let branch: Branch = {
        rotations: [undefined],
        family: { absoluteEnd: end, idleMinutes: 10, lastUsedAt: T0, revokedAt: undefined },
      }
      for (const { waited, age, setting } of steps) {
        now = later(now, waited)
        const index = Math.max(0, branch.rotations.length - 1 - age)
        const decision = decideRotation({ rotatedAt: branch.rotations[index] }, branch.family, setting, now)
        const answered = decision.kind === 'rotate' || decision.kind === 'static' || decision.kind === 'reissue'
        if (answered) assert.ok(now < end, 'answered at or after the end')
        branch = apply(branch, index, decision, now)
        assert.equal(branch.family.absoluteEnd, end)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a branch never forks, and nothing is answered once it was replayed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let now = T0
      let branch: Branch = { rotations: [undefined], family: FOREVER }
      for (const { waited, age, setting } of steps) {
        now = later(now, waited)
        const index = Math.max(0, branch.rotations.length - 1 - age)
        const newest = index === branch.rotations.length - 1
        const dead = branch.family.revokedAt !== undefined
        const decision = decideRotation({ rotatedAt: branch.rotations[index] }, branch.family, setting, now)
        if (dead) assert.deepEqual(decision, expired('revoked'))
        else
          assert.ok(
            newest ? ['rotate', 'static'].includes(decision.kind) : ['reissue', 'replayed'].includes(decision.kind),
          )
        branch = apply(branch, index, decision, now)
        assert.deepEqual(
          branch.rotations.map((rotated) => rotated === undefined).indexOf(true),
          branch.rotations.length - 1,
        )
      }
    }),
    { numRuns: 1_000 },
  )
})
