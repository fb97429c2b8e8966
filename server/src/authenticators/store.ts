// The only SQL on `user_factor` and `factor_challenge`. Whatever is good once is used up by one statement, and a try is reserved by one.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { UserFactorRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { HOUR, type Instant, instant, later, MINUTE } from '#kernel/instant.ts'
import { type EmailFactor, type Factor, type FactorKey, KIND_OF, PROVIDER_OF } from './factor.ts'

const VERSION = 1

const writeProfile = ({ profile }: Pick<Factor, 'profile'>): string => JSON.stringify({ v: VERSION, ...profile })

const TRIES_MAX = 5
const TRIES_WINDOW = 5 * MINUTE
/** So many failures in a row are no typing errors any more: from there on there are five tries in an hour. */
const FAILURES_FORGIVEN = 20
const LONG_WINDOW = HOUR

/** A factor with what it is checked with, which leaves this room in no form. */
export interface StoredFactor {
  readonly factor: Factor
  readonly sealed: string | undefined
  readonly counter: number
}

/** What is remembered of a pending factor when another takes its place. */
export interface Guard {
  readonly tries: number
  readonly failures: number
  readonly triedSince: Instant
  readonly codeSent: Instant
}

const NO_GUARD: Guard = { tries: 0, failures: 0, triedSince: instant(0), codeSent: instant(0) }

const pendingSlot = (key: FactorKey): string => `pending:${key}`
/** Of `webauthn` a person may have several, of others one. */
const activeSlot = ({ key, kind, profile }: Factor): string =>
  kind === 'webauthn' ? `${key}:${profile.credentialId ?? ''}` : key

/** @throws {Conflict} on `slot` where the person has one of the key */
export function* insertFactor(tx: OrgDb, { factor, sealed, counter }: StoredFactor, guard = NO_GUARD): Unit<void> {
  yield* run(
    tx.insert('user_factor', {
      user_id: factor.userId,
      id: factor.id,
      factor_key: factor.key,
      slot: factor.status === 'ACTIVE' ? activeSlot(factor) : pendingSlot(factor.key),
      status: factor.status,
      created: factor.created,
      last_updated: factor.lastUpdated,
      profile: writeProfile(factor),
      rp_id: factor.kind === 'webauthn' ? factor.profile.rpId : null,
      credential_id: null,
      sealed: sealed ?? null,
      counter,
      tries: guard.tries,
      failures: guard.failures,
      tried_since: guard.triedSince,
      code_sent: guard.codeSent,
    }),
  )
}

/** Takes a pending factor away, for another of its key: the tries and mails of which are those of both. */
export function* takePending(tx: OrgDb, userId: string, key: FactorKey): Unit<Guard> {
  const row = yield* first(
    tx.deleteFrom('user_factor').where('user_id', '=', userId).where('slot', '=', pendingSlot(key)).returningAll(),
  )
  if (!row) return NO_GUARD
  yield* removeChallenges(tx, userId, row.id)
  const { tries, failures } = row
  return { tries, failures, triedSince: instant(row.tried_since), codeSent: instant(row.code_sent) }
}

/**
 * Makes a pending factor an active one; false where it is not pending any more.
 * @throws {Conflict} on `slot` where the person has one of the key, on `credential_id` where somebody has that key
 */
export function* activateRow(tx: OrgDb, { factor, sealed, counter }: StoredFactor): Unit<boolean> {
  const row = yield* first(
    tx
      .update('user_factor')
      .set({
        status: 'ACTIVE',
        slot: activeSlot(factor),
        last_updated: factor.lastUpdated,
        profile: writeProfile(factor),
        credential_id: factor.kind === 'webauthn' ? (factor.profile.credentialId ?? null) : null,
        sealed: sealed ?? null,
        counter,
        tries: 0,
        failures: 0,
      })
      .where('user_id', '=', factor.userId)
      .where('id', '=', factor.id)
      .where('status', '=', 'PENDING_ACTIVATION')
      .returning('id'),
  )
  return row !== undefined
}

/** Another question or answer in the place of the old; false where there is no such factor any more. */
export function* replaceSecret(tx: OrgDb, { factor, sealed }: StoredFactor): Unit<boolean> {
  const row = yield* first(
    tx
      .update('user_factor')
      .set({
        last_updated: factor.lastUpdated,
        profile: writeProfile(factor),
        sealed: sealed ?? null,
      })
      .where('user_id', '=', factor.userId)
      .where('id', '=', factor.id)
      .returning('id'),
  )
  return row !== undefined
}

/** Another address in the place of the old: what was mailed there is not good any more. */
export function* readdress(tx: OrgDb, factor: EmailFactor): Unit<void> {
  yield* run(
    tx
      .update('user_factor')
      .set({ last_updated: factor.lastUpdated, profile: writeProfile(factor) })
      .where('user_id', '=', factor.userId)
      .where('id', '=', factor.id),
  )
  yield* removeChallenges(tx, factor.userId, factor.id)
}

/** In the order in which they were begun. */
export function* selectFactors(tx: OrgDb, userId: string): Unit<readonly StoredFactor[]> {
  const rows = yield* all(
    tx.from('user_factor').selectAll().where('user_id', '=', userId).orderBy('created').orderBy('id'),
  )
  return rows.map(toStored)
}

// PostgreSQL takes a bound number for text where nothing says otherwise.
const whole = (value: number) => sql<number>`CAST(${value} AS BIGINT)`

/** Takes one try of each factor that has any left, before anything is compared: those of which one was taken. */
export function* takeTries(tx: OrgDb, userId: string, ids: readonly string[], now: Instant): Unit<readonly string[]> {
  // Of somebody who fails again and again the tries of a longer time count.
  const window = sql<number>`CASE WHEN failures >= ${FAILURES_FORGIVEN} THEN ${whole(LONG_WINDOW)} ELSE ${whole(TRIES_WINDOW)} END`
  const isOver = sql<boolean>`tried_since + (${window}) <= ${now}`
  const rows = yield* all(
    tx
      .update('user_factor')
      .set({
        tries: sql<number>`CASE WHEN ${isOver} THEN 1 ELSE tries + 1 END`,
        tried_since: sql<number>`CASE WHEN ${isOver} THEN ${now} ELSE tried_since END`,
        failures: sql<number>`failures + 1`,
      })
      .where('user_id', '=', userId)
      .where('id', 'in', ids)
      .where(sql<boolean>`(tries < ${TRIES_MAX} OR ${isOver})`)
      .returning('id'),
  )
  return rows.map(({ id }) => id)
}

export interface Use {
  readonly factor: Factor
  /** Where the factor counts, so that each use must be a later one than the last. */
  readonly counter: number | undefined
}

/**
 * Remembers a use that was right, and gives the tries back. False where a use of the same count came first, or where the factor is not
 * what it was when it was looked at.
 */
export function* recordUse(tx: OrgDb, { factor, counter }: Use): Unit<boolean> {
  let update = tx
    .update('user_factor')
    .set({ tries: 0, failures: 0, ...(counter === undefined ? {} : { counter }) })
    .where('user_id', '=', factor.userId)
    .where('id', '=', factor.id)
    .where('status', '=', 'ACTIVE')
    .where('last_updated', '=', factor.lastUpdated)
  // WebAuthn §6.1.1: a key that doesn't count says 0 each time.
  if (counter !== undefined && counter > 0) update = update.where('counter', '<', counter)
  if (counter === 0) update = update.where('counter', '=', 0)
  return (yield* first(update.returning('id'))) !== undefined
}

/** Gives the tries back of the keys that were tried beside the right one. */
export function* clearTries(tx: OrgDb, userId: string, ids: readonly string[]): Unit<void> {
  if (ids.length === 0) return
  yield* run(
    tx.update('user_factor').set({ tries: 0, failures: 0 }).where('user_id', '=', userId).where('id', 'in', ids),
  )
}

/** Whether a code may be mailed now, to the address that was looked at; if so, that is remembered. */
export function* takeMail(tx: OrgDb, factor: EmailFactor, now: Instant, after: number): Unit<boolean> {
  const row = yield* first(
    tx
      .update('user_factor')
      .set({ code_sent: now })
      .where('user_id', '=', factor.userId)
      .where('id', '=', factor.id)
      .where('profile', '=', writeProfile(factor))
      .where('code_sent', '<=', later(now, -after))
      .returning('id'),
  )
  return row !== undefined
}

export function* deleteFactor(tx: OrgDb, userId: string, id: string): Unit<Factor | undefined> {
  const row = yield* first(
    tx.deleteFrom('user_factor').where('user_id', '=', userId).where('id', '=', id).returningAll(),
  )
  yield* removeChallenges(tx, userId, id)
  return row && toStored(row).factor
}

export function* deleteFactors(tx: OrgDb, userId: string): Unit<readonly Factor[]> {
  const rows = yield* all(tx.deleteFrom('user_factor').where('user_id', '=', userId).returningAll())
  yield* run(tx.deleteFrom('factor_challenge').where('user_id', '=', userId))
  return rows.map((row) => toStored(row).factor)
}

/** @returns how many enrolments went that nobody completed */
export function* removePending(tx: OrgDb, before: Instant, most: number): Unit<number> {
  const old = tx
    .from('user_factor')
    .select('id')
    .where('status', '=', 'PENDING_ACTIVATION')
    .where('created', '<=', before)
    .limit(most)
  const gone = yield* all(
    tx.deleteFrom('user_factor').where('status', '=', 'PENDING_ACTIVATION').where('id', 'in', old).returning('id'),
  )
  return gone.length
}

/** Whom and where a challenge is for. */
export interface ChallengePlace {
  readonly userId: string
  readonly target: string
  /** Hash of what it is bound to. */
  readonly binding: string
}

export interface NewChallenge extends ChallengePlace {
  readonly hash: string
  readonly expires: Instant
  readonly facts: Readonly<Record<string, unknown>>
}

export interface KeptChallenge {
  readonly expires: Instant
  readonly facts: Readonly<Record<string, unknown>>
}

/** One at a place: what was asked there before is not good any more. */
export function* putChallenge(tx: OrgDb, { userId, target, binding, hash, expires, facts }: NewChallenge): Unit<void> {
  const row = { hash, expires, facts: JSON.stringify({ v: VERSION, ...facts }) }
  yield* run(
    tx
      .insert('factor_challenge', { user_id: userId, target, binding, ...row })
      .onConflict((conflict) => conflict.columns(['org_id', 'user_id', 'target', 'binding']).doUpdateSet(row)),
  )
}

/** Uses a challenge up; of any number of simultaneous answers one gets it. It may have expired. */
export function* claimChallenge(
  tx: OrgDb,
  { userId, target, binding }: ChallengePlace,
  hash: string,
): Unit<KeptChallenge | undefined> {
  const row = yield* first(
    tx
      .deleteFrom('factor_challenge')
      .where('user_id', '=', userId)
      .where('target', '=', target)
      .where('binding', '=', binding)
      .where('hash', '=', hash)
      .returning(['expires', 'facts']),
  )
  return row && { expires: instant(row.expires), facts: JSON.parse(row.facts) as KeptChallenge['facts'] }
}

/** What is asked there, left as it is. */
export function* selectChallenge(
  tx: OrgDb,
  { userId, target, binding }: ChallengePlace,
): Unit<{ readonly hash: string; readonly expires: Instant } | undefined> {
  const row = yield* first(
    tx
      .from('factor_challenge')
      .select(['hash', 'expires'])
      .where('user_id', '=', userId)
      .where('target', '=', target)
      .where('binding', '=', binding),
  )
  return row && { hash: row.hash, expires: instant(row.expires) }
}

function* removeChallenges(tx: OrgDb, userId: string, target: string): Unit<void> {
  yield* run(tx.deleteFrom('factor_challenge').where('user_id', '=', userId).where('target', '=', target))
}

/** @returns how many went that nobody answered in time */
export function* removeExpiredChallenges(tx: OrgDb, before: Instant, most: number): Unit<number> {
  const old = tx.from('factor_challenge').select('hash').where('expires', '<=', before).limit(most)
  const gone = yield* all(
    tx.deleteFrom('factor_challenge').where('expires', '<=', before).where('hash', 'in', old).returning('hash'),
  )
  return gone.length
}

function toStored(row: UserFactorRow): StoredFactor {
  const { v: _, ...profile } = JSON.parse(row.profile) as { readonly v: number }
  const key = row.factor_key
  const factor = {
    id: row.id,
    userId: row.user_id,
    key,
    kind: KIND_OF[key],
    provider: PROVIDER_OF[key],
    status: row.status,
    created: instant(row.created),
    lastUpdated: instant(row.last_updated),
    profile,
  } as Factor
  return { factor, sealed: row.sealed ?? undefined, counter: row.counter }
}
