// What the engine no longer needs, in bounded chunks. Nothing here changes an answer: it only forgets what could not be used any more.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, type Instant, later, MINUTE } from '#kernel/instant.ts'
import { deleteOldCodes } from './code-store.ts'
import type { Grant } from './grant.ts'
import { deleteGrants, nextGrants } from './grant-store.ts'
import { idleEnd } from './refresh-rotation.ts'
import { deleteRefreshTokens, eraseOldSuccessors } from './refresh-store.ts'
import { deleteExpiredMarks } from './revoked-store.ts'

/**
 * The longest grace period that an app can have is a minute, and it may be given to one meanwhile; who came within it has another minute
 * to wait for the answer. Whoever waits longer finds nothing, and ends nothing by it.
 */
const SUCCESSOR_KEPT = 2 * MINUTE
/** The longest life of an access token: a grant is asked about until the last of its tokens has ended. */
const ACCESS_TOKEN_MAX = DAY

/** Whether neither a refresh token nor an access token of the grant can be alive. */
function isGrantForgettable(grant: Grant, now: Instant): boolean {
  const ended = later(now, -ACCESS_TOKEN_MAX)
  if (grant.revoked !== undefined) return grant.revoked < ended
  const lastUsed = grant.refreshed ?? grant.created
  if (grant.generation === 0) return lastUsed < ended
  const idle = idleEnd(lastUsed, grant.idleMinutes)
  return (grant.ends !== undefined && grant.ends < ended) || (idle !== undefined && idle < ended)
}

/** One chunk of tokens and codes; `more` says that another would find work. */
export function* sweepTokens(tx: OrgDb, now: Instant, most: number): Unit<{ readonly more: boolean }> {
  yield* eraseOldSuccessors(tx, later(now, -SUCCESSOR_KEPT))
  const codes = yield* deleteOldCodes(tx, later(now, -DAY), most)
  const marks = yield* deleteExpiredMarks(tx, now, most)
  return { more: codes === most || marks === most }
}

/** One chunk of grants after `after`; undefined at the end of the table. */
export function* sweepGrants(tx: OrgDb, now: Instant, after: string, most: number): Unit<string | undefined> {
  const grants = yield* nextGrants(tx, after, most)
  const dead = grants.filter((grant) => isGrantForgettable(grant, now)).map((grant) => grant.id)
  if (dead.length > 0) {
    yield* deleteRefreshTokens(tx, dead)
    yield* deleteGrants(tx, dead)
  }
  return grants.length === most ? grants.at(-1)?.id : undefined
}
