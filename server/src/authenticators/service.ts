// What other rooms ask of factors: which a person has, a challenge, a proof. A try is reserved in the database before anything is
// compared, five in five minutes for each person and factor whatever node is asked, and a success gives them back. Codes, challenges and
// steps of time are good once.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { queueMail } from '#mail/service.ts'
import { logChange } from '#system-log/service.ts'
import type { NoticeDoors } from '#users/notice-mail-service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { type Asked, checkProof, type Right } from './check-proof.ts'
import { sealCode } from './code-mail.ts'
import { rpIdOf } from './expectations.ts'
import type { EmailFactor, Factor, WebAuthnFactor } from './factor.ts'
import { factorChanged, factorProved, factorRefused } from './factor-events.ts'
import { CODE_LIFETIME, codeHash, newCode, RESEND_AFTER } from './one-time-code.ts'
import type { Challenge, FactorTarget, Failure, Proof, UserVerification, Verification } from './proof.ts'
import {
  type ChallengePlace,
  claimChallenge,
  clearTries,
  deleteFactors,
  putChallenge,
  readdress,
  recordUse,
  removeExpiredChallenges,
  removePending,
  type StoredFactor,
  selectFactors,
  takeMail,
  takeTries,
} from './store.ts'
import { challengeOf } from './webauthn.ts'

export type FactorDoors = Pick<Deps, 'db' | 'hasher' | 'events' | 'devices'> & NoticeDoors

const CHALLENGE_LIFETIME = 5 * MINUTE
const ONCE = { isolation: 'readCommitted' } as const

/** Everything that the person has enrolled or begun to, in the order in which they did. */
export function* factorsOf(tx: OrgDb, userId: string): Unit<readonly Factor[]> {
  return (yield* selectFactors(tx, userId)).map(({ factor }) => factor)
}

export interface ChallengeWish {
  /** The transaction, interaction or session that asks: the answer is good there alone. */
  readonly binding: string
  /** `preferred` when left out. */
  readonly userVerification?: UserVerification
  /** Milliseconds; five minutes when left out. */
  readonly lifetime?: number
}

/** @throws {Refusal} not_found where the person has no such active factor; validation_failed where nothing can be mailed */
export async function challengeFactor(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  target: FactorTarget,
  wish: ChallengeWish,
): Promise<Challenge> {
  const factors = (await candidatesOf(deps, caller, user, target)).map(({ factor }) => factor)
  const [first] = factors
  if (first?.kind === 'email') return mailCode(deps, caller, user, first, wish)
  const keys = factors.filter((factor) => factor.kind === 'webauthn')
  if (keys.length === 0) return { kind: 'needless', factors }
  return askForAssertion(deps, caller, target, keys, wish)
}

async function mailCode(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  factor: EmailFactor,
  { binding, lifetime = CODE_LIFETIME }: ChallengeWish,
): Promise<Challenge> {
  const { org } = await deps.config.get(caller.org)
  const now = deps.now()
  const expires = later(now, lifetime)
  const code = newCode(deps.random)
  const mail = sealCode(deps, org, { kind: 'email-code', user, factor, code, expires })
  const tx = deps.db.for(caller.org)
  const sent = await deps.db.write(function* () {
    if (!(yield* takeMail(tx, factor, now, RESEND_AFTER))) return false
    const hash = codeHash(org.dataKey, { factorId: factor.id, binding }, code)
    const place = { userId: user.id, target: factor.id, binding: tokenHash(binding) }
    yield* putChallenge(tx, { ...place, hash, expires, facts: {} })
    yield* queueMail(tx, mail)
    return true
  })
  if (!sent) return { kind: 'too-soon' }
  deps.outbox.expect(caller.org)
  return { kind: 'sent', factor, expires }
}

async function askForAssertion(
  deps: FactorDoors,
  caller: Caller,
  target: FactorTarget,
  keys: readonly WebAuthnFactor[],
  { binding, lifetime = CHALLENGE_LIFETIME, userVerification = 'preferred' }: ChallengeWish,
): Promise<Challenge> {
  const { org } = await deps.config.get(caller.org)
  const rpId = rpIdOf(org)
  // One that was made for a former host of the org can't be asked here.
  const factors = keys.filter(({ profile }) => profile.rpId === rpId)
  const [first] = factors
  if (!first) throw unknown(target)
  const challenge = randomToken(deps.random)
  const expires = later(deps.now(), lifetime)
  const place = { userId: first.userId, target: wordOf(target), binding: tokenHash(binding) }
  const tx = deps.db.for(caller.org)
  await deps.db.write(() =>
    putChallenge(tx, { ...place, hash: tokenHash(challenge), expires, facts: { userVerification } }),
  )
  const allowCredentials = factors.map(({ profile }) => ({
    type: 'public-key' as const,
    id: profile.credentialId ?? '',
    transports: profile.transports,
  }))
  return {
    kind: 'assertion',
    type: 'factorId' in target ? 'FACTOR' : 'FACTOR_TYPE',
    factors,
    options: { challenge, rpId, userVerification, allowCredentials, appid: new URL(org.url).origin },
    expires,
  }
}

/**
 * Whether that is the person's proof, with its event. `binding` and `target` are those of the challenge, where there was one.
 * @throws {Refusal} not_found where the person has no such active factor; rate_limited for a full queue of hashes
 */
export async function verifyFactor(
  deps: FactorDoors,
  caller: Caller,
  user: User,
  target: FactorTarget,
  proof: Proof,
  { binding }: Pick<ChallengeWish, 'binding'>,
): Promise<Verification> {
  const tx = deps.db.for(caller.org)
  const config = await deps.config.get(caller.org)
  const now = deps.now()
  const candidates = await candidatesOf(deps, caller, user, target)
  const place: ChallengePlace = { userId: user.id, target: wordOf(target), binding: tokenHash(binding) }
  const refuse = (failure: Failure): Failure => {
    const factors = candidates.map(({ factor }) => factor)
    deps.events.record(caller, factorRefused(caller, user, factors, failure))
    return failure
  }

  const reserved = await deps.db.write(() => reserve(tx, place, candidates, proof, now), ONCE)
  if (reserved.tried.length === 0) return refuse({ kind: 'exhausted' })
  const decided = await checkProof(deps, config, { proof, now, binding, ...reserved })
  if (decided.kind !== 'right') return refuse(decided)
  const { stored, amr, userVerified } = decided
  const failure = await deps.db.write(() => use(tx, deps, caller, user, decided, reserved.tried, now))
  if (failure) return refuse(failure)
  return { kind: 'verified', factor: stored.factor, amr, userVerified, at: now }
}

interface Reserved {
  readonly tried: readonly StoredFactor[]
  /** What the assertion answers, used up by it whatever it is worth. */
  readonly challenge: Asked | undefined
}

function* reserve(
  tx: OrgDb,
  place: ChallengePlace,
  candidates: readonly StoredFactor[],
  proof: Proof,
  now: Instant,
): Unit<Reserved> {
  const ids = yield* takeTries(
    tx,
    place.userId,
    candidates.map(({ factor }) => factor.id),
    now,
  )
  const tried = candidates.filter(({ factor }) => ids.includes(factor.id))
  const text = proof.kind === 'assertion' && tried.length > 0 ? challengeOf(proof.clientData) : undefined
  const kept = text === undefined ? undefined : yield* claimChallenge(tx, place, tokenHash(text))
  if (text === undefined || !kept) return { tried, challenge: undefined }
  const { userVerification } = kept.facts as { readonly userVerification: UserVerification }
  return { tried, challenge: { text, expires: kept.expires, userVerification } }
}

/** Uses up what was right, unless somebody else has: a step of time, a code, a count. */
function* use(
  tx: OrgDb,
  deps: FactorDoors,
  caller: Caller,
  user: User,
  { stored, counter, code }: Right,
  tried: readonly StoredFactor[],
  now: Instant,
): Unit<Failure | undefined> {
  const { factor } = stored
  if (code) {
    const kept = yield* claimChallenge(tx, code.place, code.hash)
    if (!kept) return { kind: 'no-challenge' }
    if (kept.expires <= now) return { kind: 'expired' }
  }
  if (!(yield* recordUse(tx, { factor, counter })))
    return factor.kind === 'totp' ? { kind: 'replayed' } : { kind: 'wrong', of: factor.kind }
  yield* clearTries(
    tx,
    user.id,
    tried.map((one) => one.factor.id).filter((id) => id !== factor.id),
  )
  yield* logChange(tx, deps, caller, factorProved(caller, user, factor))
  return undefined
}

/** Those of the person's active factors that are meant. @throws {Refusal} not_found where there is none */
async function candidatesOf(
  deps: Pick<Deps, 'db'>,
  caller: Caller,
  user: User,
  target: FactorTarget,
): Promise<readonly StoredFactor[]> {
  const all = await deps.db.read(selectFactors(deps.db.for(caller.org), user.id))
  const meant = all.filter(
    ({ factor }) =>
      factor.status === 'ACTIVE' &&
      ('factorId' in target ? factor.id === target.factorId : factor.kind === target.kind),
  )
  if (meant.length === 0) throw unknown(target)
  return meant
}

const wordOf = (target: FactorTarget): string => ('factorId' in target ? target.factorId : target.kind)

const unknown = (target: FactorTarget) => notFound(wordOf(target), 'UserFactor')

/**
 * Part of changing a person: codes go to the address that they have now. None that went to another one counts any more, and no browser is
 * remembered for it.
 */
export function* followAddress(
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random' | 'devices'>,
  caller: Caller,
  user: User,
  email: string,
): Unit<void> {
  for (const factor of yield* factorsOf(tx, user.id)) {
    if (factor.kind !== 'email' || factor.profile.email === email) continue
    const moved = { ...factor, profile: { email }, lastUpdated: deps.now() }
    yield* readdress(tx, moved)
    if (moved.status !== 'ACTIVE') continue
    yield* deps.devices.forget(tx, user.id)
    yield* logChange(tx, deps, caller, factorChanged(caller, 'update', user, moved))
  }
}

/** Part of deleting a person: no factor of theirs is left, and nothing that was asked of them. */
export function* forgetFactors(tx: OrgDb, userId: string): Unit<void> {
  yield* deleteFactors(tx, userId)
}

/** Housekeeping: one chunk of enrolments that nobody completed. @returns how many went */
export const sweepPendingFactors = (tx: OrgDb, before: Instant, most: number): Unit<number> =>
  removePending(tx, before, most)

/** The same of challenges that nobody answered in time. */
export const sweepChallenges = (tx: OrgDb, now: Instant, most: number): Unit<number> =>
  removeExpiredChallenges(tx, now, most)
