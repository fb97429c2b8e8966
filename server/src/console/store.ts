// The only SQL that writes `console_session`. Only the hash of a cookie's value is kept.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, later } from '#kernel/instant.ts'
import { type ConsoleSession, IDLE } from './console-session.ts'

export type NewConsoleSession = Pick<ConsoleSession, 'id' | 'userId' | 'created' | 'ends'> & {
  readonly sessionId: string
  readonly tokenHash: string
}

export function* insertConsoleSession(tx: OrgDb, session: NewConsoleSession): Unit<void> {
  const { id, userId, sessionId, tokenHash, created, ends } = session
  yield* run(
    tx.insert('console_session', {
      id,
      token_hash: tokenHash,
      user_id: userId,
      session_id: sessionId,
      created,
      last_active: created,
      ends,
    }),
  )
}

/** Moves the last activity forward, never back; nothing happens to a session that has ended meanwhile. */
export function* updateConsoleActivity(tx: OrgDb, id: string, now: Instant): Unit<void> {
  yield* run(tx.update('console_session').set({ last_active: now }).where('id', '=', id).where('last_active', '<', now))
}

/** The session of the org below it; undefined where there was none of this token. */
export function* removeConsoleSession(tx: OrgDb, tokenHash: string): Unit<string | undefined> {
  const removed = yield* first(
    tx.deleteFrom('console_session').where('token_hash', '=', tokenHash).returning('session_id'),
  )
  return removed?.session_id
}

/** Whatever has ended for any reason is idle soon. @returns how many rows went */
export function* removeIdleConsoleSessions(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const idle = tx.from('console_session').select('id').where('last_active', '<=', later(now, -IDLE)).limit(most)
  return (yield* all(tx.deleteFrom('console_session').where('id', 'in', idle).returning('id'))).length
}
