// The only SQL on `session` and `session_participant`. Only the hash of a cookie's value is kept.
import { sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { SessionRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant, MINUTE } from '#kernel/instant.ts'
import type { ProvedAt, Session } from './session.ts'

const toSession = (row: SessionRow): Session => ({
  id: row.id,
  userId: row.user_id,
  created: instant(row.created),
  lastActive: instant(row.last_active),
  idleMinutes: row.idle_minutes,
  ends: row.ends === null ? undefined : instant(row.ends),
  persistent: row.persistent === 1,
  authenticated: instant(row.authenticated),
  amr: JSON.parse(row.amr) as readonly string[],
  proved: toProved(row),
  userAgent: row.user_agent ?? undefined,
})

/** A former release, which may still run, tells of the latest proof alone. */
function toProved(row: SessionRow): ProvedAt {
  const at = (value: number | null) => (value === null ? undefined : instant(value))
  const isTold = row.password_proved !== null || row.factor_proved !== null
  if (isTold) return { password: at(row.password_proved), factor: at(row.factor_proved) }
  const words = JSON.parse(row.amr) as readonly string[]
  const of = (word: string) => (words.includes(word) ? instant(row.authenticated) : undefined)
  return { password: of('pwd'), factor: of('mfa') }
}

export function* insertSession(tx: OrgDb, session: Session, tokenHash: string): Unit<void> {
  yield* run(
    tx.insert('session', {
      id: session.id,
      token_hash: tokenHash,
      user_id: session.userId,
      created: session.created,
      last_active: session.lastActive,
      idle_minutes: session.idleMinutes,
      ends: session.ends ?? null,
      persistent: session.persistent ? 1 : 0,
      authenticated: session.authenticated,
      amr: JSON.stringify(session.amr),
      password_proved: session.proved.password ?? null,
      factor_proved: session.proved.factor ?? null,
      user_agent: session.userAgent ?? null,
    }),
  )
}

export function* selectSession(tx: OrgDb, id: string): Unit<Session | undefined> {
  const row = yield* first(tx.from('session').selectAll().where('id', '=', id))
  return row && toSession(row)
}

/** Every session of a person, ended by time or not, the one that was used last first. */
export function* selectSessionsOf(tx: OrgDb, userId: string): Unit<readonly Session[]> {
  const query = tx.from('session').selectAll().where('user_id', '=', userId)
  return (yield* all(query.orderBy('last_active', 'desc').orderBy('id'))).map(toSession)
}

export function* selectSessionByToken(tx: OrgDb, tokenHash: string): Unit<Session | undefined> {
  const row = yield* first(tx.from('session').selectAll().where('token_hash', '=', tokenHash))
  return row && toSession(row)
}

/** Moves the last activity forward, never back; false for a session that has ended meanwhile. */
export function* updateActivity(tx: OrgDb, id: string, now: Instant): Unit<boolean> {
  const touched = yield* first(
    tx
      .update('session')
      .set((eb) => ({
        last_active: eb.case().when('last_active', '<', now).then(now).else(eb.ref('last_active')).end(),
      }))
      .where('id', '=', id)
      .returning('id'),
  )
  return touched !== undefined
}

/** False for a session that had ended already. */
export function* removeSession(tx: OrgDb, id: string): Unit<boolean> {
  yield* run(tx.deleteFrom('session_participant').where('session_id', '=', id))
  const removed = yield* first(tx.deleteFrom('session').where('id', '=', id).returning('id'))
  return removed !== undefined
}

export function* removeSessionsOfUser(tx: OrgDb, userId: string, exceptId: string | undefined): Unit<void> {
  let doomed = tx.from('session').select('id').where('user_id', '=', userId)
  let sessions = tx.deleteFrom('session').where('user_id', '=', userId)
  if (exceptId !== undefined) {
    doomed = doomed.where('id', '<>', exceptId)
    sessions = sessions.where('id', '<>', exceptId)
  }
  yield* run(tx.deleteFrom('session_participant').where('session_id', 'in', doomed))
  yield* run(sessions)
}

/** Sweeps a person's sessions that nobody can use any more. */
export function* removeDeadSessions(tx: OrgDb, userId: string, now: Instant): Unit<void> {
  const dead = sql<boolean>`(ends <= ${now} OR last_active + idle_minutes * ${sql.lit(MINUTE)} <= ${now})`
  const ids = tx.from('session').select('id').where('user_id', '=', userId).where(dead)
  yield* run(tx.deleteFrom('session_participant').where('session_id', 'in', ids))
  yield* run(tx.deleteFrom('session').where('user_id', '=', userId).where(dead))
}

export interface Participant {
  readonly sessionId: string
  readonly kind: string
  readonly clientId: string
  readonly sid: string
  readonly now: Instant
}

/** An app that took part in the session once stays its participant, as it joined. */
export function* insertParticipant(tx: OrgDb, { sessionId, kind, clientId, sid, now }: Participant): Unit<void> {
  yield* run(
    tx
      .insert('session_participant', { session_id: sessionId, kind, client_id: clientId, sid, created: now })
      .onConflict((conflict) => conflict.columns(['org_id', 'session_id', 'kind', 'client_id']).doNothing()),
  )
}
