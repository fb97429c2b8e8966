// The one place that says what someone has to do next. It knows facts (who, when) and no protocol.
import type { Instant } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'

export interface Demands {
  /** The proof must not be older than this instant, which a suspended request brings along: a clock that runs on changes nothing. */
  readonly provedSince?: Instant | undefined
  /** Whoever it is must be this person. */
  readonly userId?: string | undefined
}

export type Step = { readonly kind: 'identify' } | { readonly kind: 'proceed'; readonly session: Session }

export function nextStep(session: Session | undefined, demands: Demands): Step {
  if (!session) return { kind: 'identify' }
  if (demands.userId !== undefined && session.userId !== demands.userId) return { kind: 'identify' }
  if (demands.provedSince !== undefined && session.authenticated < demands.provedSince) return { kind: 'identify' }
  return { kind: 'proceed', session }
}
