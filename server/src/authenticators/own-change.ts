// Whether people may add, change or remove factors of their own with nothing but their session. A session that was left open, or stolen,
// must not be turned into a lasting way in: they have proved who they are a moment ago, and by a factor too where they have one.
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import type { Factor } from './factor.ts'

/** For how long a sign-in counts as recent. */
const RECENT = 15 * MINUTE

export interface OwnSession {
  /** When the person last proved who they are. */
  readonly authenticated: Instant
  readonly amr: readonly string[]
}

export type OwnChange = 'allowed' | 'sign-in-again' | 'factor-needed'

export function decideOwnChange(session: OwnSession, factors: readonly Factor[], now: Instant): OwnChange {
  if (later(session.authenticated, RECENT) <= now) return 'sign-in-again'
  const hasFactor = factors.some(({ status }) => status === 'ACTIVE')
  return hasFactor && !session.amr.includes('mfa') ? 'factor-needed' : 'allowed'
}
