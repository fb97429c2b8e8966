// The one place that says what someone has to do next. It knows facts (who, when) and no protocol.
import { type Instant, SECOND } from '#kernel/instant.ts'
import type { Session } from '#sessions/session.ts'

export interface Demands {
  /** The proof must be newer than this (`prompt=login`: than the request itself). */
  readonly provedSince?: Instant | undefined
  /** `max_age`, in seconds. */
  readonly maxAge?: number | undefined
  /** Whoever it is must be this person (`id_token_hint`). */
  readonly userId?: string | undefined
}

export type Step = { readonly kind: 'identify' } | { readonly kind: 'proceed'; readonly session: Session }

export function nextStep(session: Session | undefined, demands: Demands, now: Instant): Step {
  if (!session) return { kind: 'identify' }
  if (demands.userId !== undefined && session.userId !== demands.userId) return { kind: 'identify' }
  if (demands.provedSince !== undefined && session.authenticated < demands.provedSince) return { kind: 'identify' }
  if (demands.maxAge !== undefined && now - session.authenticated > demands.maxAge * SECOND) return { kind: 'identify' }
  return { kind: 'proceed', session }
}
