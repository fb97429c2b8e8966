// Refresh tokens against a model: random walks of a client, a thief, an administrator and the clock, on two nodes. Every answer has to be
// the model's, for some order of what came at once. KEYSTEAD_MODEL_RUNS raises the number of walks, KEYSTEAD_TEST_SEED repeats some.
import { after, before, it } from 'node:test'
import fc from 'fast-check'
import { sweep } from '../../src/sweep.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, type Node, startFixture } from '../fixture.ts'
import { newApp, type TestApp } from '../oauth-client.ts'
import { editRules } from '../server-settings.ts'
import {
  ACCESS_LIFE,
  type Act,
  CLOSINGS,
  type Edge,
  ENDINGS,
  edgeOf,
  FAMILY_LIFE,
  IDLE_WINDOW,
  type Setting,
} from './rotation-model.ts'
import { act, audit, openAgain, signInAgain, startWalk, type Walk, worldOf } from './rotation-walk.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const RUNS = Number(process.env.KEYSTEAD_MODEL_RUNS ?? 40)
const SEED = process.env.KEYSTEAD_TEST_SEED
const MOVES_MOST = 60
const FAMILIES_MOST = 6
/** Then a walk that failed is not made any shorter, and no further one is begun. */
const MILLISECONDS_MOST = Math.max(150_000, RUNS * 2_000)

/** At once. Their tokens and families are counted from the newest that the client has: 0, 1, … */
interface Acts {
  readonly acts: readonly Act[]
  readonly node: number
  readonly lost?: boolean
}

type Move =
  | ({ readonly move: 'acts' } & Acts)
  | { readonly move: 'wait'; readonly milliseconds: number }
  /** Up to the edge of a period of the newest family, just before or past it; there perhaps the housekeeping, and the acts. */
  | ({ readonly move: 'edge'; readonly edge: Edge; readonly pasts: readonly number[]; readonly sweeps: boolean } & Acts)
  | { readonly move: 'sign in' | 'open again' | 'sweep' }

const pick = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.nat(8) },
)
const node = fc.nat(1)
const setting: fc.Arbitrary<Setting> = fc.record({
  rotation_type: fc.constantFrom('ROTATE', 'ROTATE', 'ROTATE', 'STATIC'),
  leeway: fc.oneof(fc.constantFrom(0, 1, 30, 60), fc.nat(60)),
})

const refreshing: fc.Arbitrary<Act> = pick.map((token) => ({ kind: 'refresh', token }))
const switching: fc.Arbitrary<Act> = setting.map((one) => ({ kind: 'set', setting: one }))
const ending: fc.Arbitrary<Act> = fc.oneof(
  { weight: 1, arbitrary: pick.map((token): Act => ({ kind: 'revoke', token })) },
  { weight: 1, arbitrary: fc.nat(2).map((family): Act => ({ kind: 'end one', family })) },
  { weight: 1, arbitrary: fc.constantFrom(...ENDINGS).map((what): Act => ({ kind: 'end all', what })) },
  { weight: 3, arbitrary: fc.constantFrom(...CLOSINGS).map((how): Act => ({ kind: 'close', how })) },
)

const acts = (...each: fc.Arbitrary<Act>[]): fc.Arbitrary<Move> =>
  fc.record({ move: fc.constant('acts'), acts: fc.tuple(...each), node })
const wait = (least: number, most: number): fc.Arbitrary<Move> =>
  fc.integer({ min: least, max: most }).map((milliseconds) => ({ move: 'wait', milliseconds }))

/** Of the one before the newest, mostly. */
const spent: fc.Arbitrary<Act> = fc
  .oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(4) })
  .map((token) => ({ kind: 'refresh', token }))
const edge = (which: fc.Arbitrary<Edge>, there: fc.Arbitrary<readonly Act[]>): fc.Arbitrary<Move> =>
  fc.record({
    move: fc.constant('edge'),
    edge: which,
    pasts: fc.constantFrom([-1], [-1, 0], [-1, 1], [0], [1]),
    sweeps: fc.boolean(),
    acts: there,
    node,
  })

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: acts(refreshing) },
  { weight: 3, arbitrary: acts(refreshing).map((one) => ({ ...one, lost: true })) },
  { weight: 5, arbitrary: acts(refreshing, refreshing) },
  { weight: 1, arbitrary: acts(refreshing, refreshing, refreshing) },
  { weight: 1, arbitrary: acts(refreshing, ending) },
  { weight: 1, arbitrary: acts(ending, refreshing) },
  { weight: 1, arbitrary: acts(refreshing, switching) },
  { weight: 3, arbitrary: acts(ending) },
  { weight: 2, arbitrary: acts(switching) },
  { weight: 5, arbitrary: wait(1, 40 * SECOND) },
  { weight: 1, arbitrary: wait(MINUTE, 2 * HOUR) },
  { weight: 1, arbitrary: wait(HOUR, 20 * HOUR) },
  { weight: 8, arbitrary: edge(fc.constant('grace'), fc.tuple(spent)) },
  { weight: 2, arbitrary: edge(fc.constant('grace'), fc.tuple(spent, refreshing)) },
  { weight: 3, arbitrary: edge(fc.constantFrom('idle', 'end', 'access'), fc.tuple(refreshing)) },
  { weight: 2, arbitrary: edge(fc.constant('end'), fc.tuple(spent)) },
  { weight: 3, arbitrary: fc.constant({ move: 'sign in' }) },
  { weight: 6, arbitrary: fc.constant({ move: 'open again' }) },
  { weight: 1, arbitrary: fc.constant({ move: 'sweep' }) },
)

/** Whether it can happen now. */
function isPossible(walk: Walk, one: Move): boolean {
  const { closed } = worldOf(walk)
  switch (one.move) {
    case 'acts':
      return closed === undefined || one.acts.every(({ kind }) => kind === 'refresh' || kind === 'revoke')
    case 'edge':
      return (edgeOf(worldOf(walk), one.edge) ?? 0) + (one.pasts[0] ?? 0) > walk.fixture.clock.now()
    case 'sign in':
      return closed === undefined && walk.ids.length < FAMILIES_MOST
    case 'open again':
      return closed !== undefined
    default:
      return true
  }
}

async function make(walk: Walk, one: Move): Promise<void> {
  const { clock, deps } = walk.fixture
  switch (one.move) {
    case 'acts':
      await actAll(walk, one)
      break
    case 'wait':
      clock.advance(one.milliseconds)
      break
    case 'edge': {
      const edge = edgeOf(worldOf(walk), one.edge) ?? 0
      for (const past of one.pasts) {
        clock.advance(edge + past - clock.now())
        if (one.sweeps) await sweep(deps)
        await audit(walk)
        await actAll(walk, one)
      }
      break
    }
    case 'sign in':
      await signInAgain(walk)
      break
    case 'open again':
      await openAgain(walk)
      break
    case 'sweep':
      await sweep(deps)
  }
  await audit(walk)
}

const actAll = (walk: Walk, one: Acts): Promise<void> => {
  const named = one.acts.map((each) => byName(walk, each))
  return act(walk, named, one)
}

/** The act by the model's names. */
function byName(walk: Walk, one: Act): Act {
  const fromNewest = (names: readonly number[], back: number) => names.at(-1 - Math.min(back, names.length - 1)) ?? 0
  if (one.kind === 'end one') return { ...one, family: fromNewest([...walk.ids.keys()], one.family) }
  if (one.kind !== 'refresh' && one.kind !== 'revoke') return one
  return {
    ...one,
    token: fromNewest(
      [...walk.values.keys()].toSorted((a, b) => a - b),
      one.token,
    ),
  }
}

const commandOf = (one: Move): fc.AsyncCommand<Walk, Walk> => ({
  check: (walk) => isPossible(walk, one),
  run: (walk) => make(walk, one),
  toString: () => JSON.stringify(one),
})

onEachDatabase('refresh tokens against their model', (dialect) => {
  let fixture: Fixture
  let nodes: readonly Node[]
  let auditor: TestApp
  before(async () => {
    fixture = await startFixture({ dialect })
    nodes = [fixture, await fixture.newNode()]
    auditor = await newApp(fixture)
    await editRules(fixture, {
      accessTokenMinutes: ACCESS_LIFE / MINUTE,
      refreshTokenMinutes: FAMILY_LIFE / MINUTE,
      refreshTokenWindowMinutes: IDLE_WINDOW / MINUTE,
    })
  })
  after(() => fixture.close())

  it('every answer is the model’s, whatever comes in whatever order', async (t) => {
    const walks = fc.asyncProperty(
      setting,
      fc.commands([moves.map(commandOf)], { maxCommands: MOVES_MOST, size: 'max' }),
      async (first, commands) => {
        const walk = await startWalk(fixture, nodes, auditor, first)
        await fc.asyncModelRun(() => ({ model: walk, real: walk }), commands)
        await openAgain(walk)
        await audit(walk, true)
      },
    )
    const seed = Number(SEED ?? Date.now() % 2 ** 31)
    t.diagnostic(`KEYSTEAD_TEST_SEED=${seed}`)
    const found = await fc.check(walks, { numRuns: RUNS, seed, interruptAfterTimeLimit: MILLISECONDS_MOST })
    t.diagnostic(`${found.numRuns} walks`)
    if (found.failed) throw new Error(await fc.asyncDefaultReportMessage(found), { cause: found.errorInstance })
  })
})
