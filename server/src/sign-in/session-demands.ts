// Whether the session that is there answers what a suspended request demands of whoever goes on. Facts only (who, when), no protocol.
import type { Instant } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'

export interface Demands {
  /** The proof must not be older than this instant, which a suspended request brings along: a clock that runs on changes nothing. */
  readonly provedSince?: Instant | undefined
  /** Whoever it is must be this person. */
  readonly userId?: string | undefined
}

export function satisfies(session: Session | undefined, demands: Demands): session is Session {
  if (!session) return false
  if (demands.userId !== undefined && session.userId !== demands.userId) return false
  return demands.provedSince === undefined || session.authenticated >= demands.provedSince
}
