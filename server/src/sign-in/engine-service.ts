// One sign-in from its first proof to a session, for every face: it begins, is looked at, moves by proofs, and is finished once. A face
// shows the step that `next-step.ts` names and brings answers; it decides nothing. Whoever has nothing left to do after the first proof
// gets no row at all.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { logChange } from '#system-log/service.ts'
import { findUser, resetAttempts } from '#users/service.ts'
import { actorOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { type Circumstances, type Demands, readDemands, toSurroundings } from './demands-service.ts'
import type { Interaction } from './interaction.ts'
import {
  type Face,
  insertInteraction,
  type KeptInteraction,
  moveInteraction,
  removeExpiredInteractions,
  selectInteraction,
  takeInteraction,
} from './interaction-store.ts'
import { nextStep, type Step, type StepKind } from './next-step.ts'
import { removeExpiredDevices } from './remembered-device-store.ts'
import { deviceHashOf, proofOf, type Standing } from './standing.ts'

/** How long a person may sit before one step, and over all of them. */
const IDLE: Readonly<Record<Face, number>> = { authn: 5 * MINUTE, hosted: 10 * MINUTE }
const LIFETIME = 60 * MINUTE

/** Whose request it is: where it is shown, and by which browser. */
export interface Place {
  readonly face: Face
  /** The value of the browser's cookie, which a hosted sign-in is bound to. */
  readonly browser?: string | undefined
  /** The browser that may be remembered. */
  readonly device?: Device | undefined
}

/** A browser as its device cookie names it. */
export interface Device {
  /** By what it was remembered. */
  readonly known: string | undefined
  /** By what it will be, if it is in this sign-in. */
  readonly next: string
}

export interface Situation {
  readonly place: Place
  /** Opens it; only its hash is kept. Absent where it is ready at once. */
  readonly token: string | undefined
  readonly kept: KeptInteraction
  readonly user: User
  readonly demands: Demands
  readonly step: Step
}

export interface Start {
  readonly user: User
  readonly standing: Standing
  readonly continuation: Interaction
}

/**
 * Begins with the first proof. The person's attempts are forgotten with it, in the same commit where there is one; `finish` forgets them
 * otherwise.
 */
export async function begin(deps: Deps, caller: Caller, place: Place, start: Start): Promise<Situation> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const token = randomToken(deps.random)
  const kept: KeptInteraction = {
    tokenHash: tokenHash(token),
    userId: start.user.id,
    face: place.face,
    browserHash: place.browser === undefined ? undefined : tokenHash(place.browser),
    continuation: start.continuation,
    standing: start.standing,
    generation: 0,
    created: now,
    expires: later(now, IDLE[place.face]),
  }
  const around = factsOf(await deps.config.get(caller.org), place, start.standing)
  const demands = await deps.db.read(readDemands(tx, around, start.user, now))
  const step = nextStep(kept.standing, toSurroundings(start.user, demands, now, start.continuation))
  if (step.kind === 'denied') await deny(deps, caller, start)
  if (isSettled(step)) return { place, token: undefined, kept, user: start.user, demands, step }
  await deps.db.write(function* () {
    yield* insertInteraction(tx, kept)
    yield* forgiveAttempts(tx, start)
  })
  return { place, token, kept, user: start.user, demands, step }
}

/** A password that was right takes back what wrong ones have cost; a link says nothing of a password. */
function* forgiveAttempts(tx: OrgDb, { user, standing }: Start): Unit<void> {
  if (proofOf(standing, 'password')) yield* resetAttempts(tx, user.id)
}

/** Nobody reads of it from the answer, so that it stands in the log, and the right passwords lock nobody out. */
async function deny(deps: Deps, caller: Caller, start: Start): Promise<void> {
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    yield* forgiveAttempts(tx, start)
    yield* logChange(tx, deps, caller, {
      eventType: 'policy.evaluate_sign_on',
      outcome: 'DENY',
      reason: 'A second factor is demanded, and none may be set up',
      actor: actorOf(start.user),
    })
  })
}

/** Where a sign-in stands. @throws {Refusal} invalid_token for one that is done, over, unknown, or another browser's or face's */
export async function look(deps: Deps, caller: Caller, place: Place, token: string): Promise<Open> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const config = await deps.config.get(caller.org)
  const found = await deps.db.read(
    (function* () {
      const kept = yield* selectInteraction(tx, tokenHash(token), now)
      const user = kept && (yield* findUser(tx, kept.userId))
      if (!kept || !user) return undefined
      return { kept, user, demands: yield* readDemands(tx, factsOf(config, place, kept.standing), user, now) }
    })(),
  )
  if (!found || !isFor(place, found.kept)) throw new Refusal('invalid_token')
  const step = nextStep(found.kept.standing, toSurroundings(found.user, found.demands, now, found.kept.continuation))
  if (step.kind === 'over') throw new Refusal('invalid_token')
  return { place, token, ...found, step }
}

/** The same, for an answer to these steps alone. @throws {Refusal} invalid_token, wrong_state */
export async function expectStep<K extends StepKind>(
  deps: Deps,
  caller: Caller,
  place: Place,
  token: string,
  ...kinds: readonly K[]
): Promise<At<K>> {
  const situation = await look(deps, caller, place, token)
  if (!isAt(situation, kinds)) throw new Refusal('wrong_state')
  return situation
}

/** One that has a row. */
export type Open = Situation & { readonly token: string }

export type At<K extends StepKind> = Open & {
  readonly step: Extract<Step, { readonly kind: K }>
}

const isAt = <K extends StepKind>(situation: Open, kinds: readonly K[]): situation is At<K> =>
  kinds.some((kind) => kind === situation.step.kind)

/**
 * Moves a sign-in on, together with what made it move. Where another answer came first nothing is changed.
 * @throws {Refusal} invalid_token, wrong_state
 */
export async function advance(
  deps: Deps,
  caller: Caller,
  { place, token, kept }: Open,
  standing: Standing,
  meanwhile?: (tx: OrgDb) => Unit<unknown>,
): Promise<Open> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const isMoved = await deps.db.write(function* () {
    const move = { tokenHash: kept.tokenHash, from: kept.generation, standing, expires: idleEnd(kept, now) }
    if (!(yield* moveInteraction(tx, move))) return false
    if (meanwhile) yield* meanwhile(tx)
    return true
  })
  if (!isMoved) throw new Refusal('wrong_state')
  return { ...(await look(deps, caller, place, token)), token }
}

/**
 * Moves a sign-in on by what ends all others of the person's: it goes with them, and begins anew under another token in the same unit.
 * @throws {Refusal} wrong_state where another answer came first, or `work` is refused
 */
export async function renew(
  deps: Deps,
  caller: Caller,
  { place, kept }: Open,
  standing: Standing,
  work: (tx: OrgDb) => Unit<boolean>,
): Promise<Open> {
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const token = randomToken(deps.random)
  const next = { ...kept, tokenHash: tokenHash(token), standing, generation: 0, expires: idleEnd(kept, now) }
  await deps.db.write(function* () {
    if (!(yield* takeInteraction(tx, kept.tokenHash, kept.generation))) throw new Refusal('wrong_state')
    if (!(yield* work(tx))) throw new Refusal('wrong_state')
    yield* insertInteraction(tx, next)
  })
  return look(deps, caller, place, token)
}

/** Ends it without a session. */
export async function abandon(deps: Deps, caller: Caller, { kept }: Situation): Promise<void> {
  await deps.db.write(() => takeInteraction(deps.db.for(caller.org), kept.tokenHash))
}

/** Part of the unit that makes something of a sign-in that is done: of two that finish it one does. */
export function* finish(tx: OrgDb, { token, kept }: Situation): Unit<boolean> {
  // Without a row there is one request that knows of it.
  if (token === undefined) return true
  return yield* takeInteraction(tx, kept.tokenHash, kept.generation)
}

/** Nothing is left to wait for. */
const isSettled = ({ kind }: Step): boolean => kind === 'done' || kind === 'denied' || kind === 'over'

const isFor = (place: Place, kept: KeptInteraction): boolean =>
  place.face === kept.face &&
  (kept.browserHash === undefined || (place.browser !== undefined && tokenHash(place.browser) === kept.browserHash))

function idleEnd({ face, created }: KeptInteraction, now: Instant): Instant {
  const idle = later(now, IDLE[face])
  const end = later(created, LIFETIME)
  return idle < end ? idle : end
}

const factsOf = (config: OrgConfig, { device }: Place, standing: Standing): Circumstances => ({
  config,
  deviceHash: deviceHashOf(standing, device?.known),
})

/** Housekeeping: one chunk of what is over. @returns how many of the larger kind went */
export function* sweepSignIns(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const interactions = yield* removeExpiredInteractions(tx, now, most)
  return Math.max(interactions, yield* removeExpiredDevices(tx, now, most))
}
