// A person's session with the org in one browser. Its id is public (API, System Log); what opens it is the cookie's random value, of
// which only the hash is kept.
import { HOUR, type Instant, later, MINUTE, SECOND } from '#kernel/instant.ts'

export interface Session {
  readonly id: string
  readonly userId: string
  readonly created: Instant
  readonly lastActive: Instant
  readonly idleMinutes: number
  readonly ends: Instant | undefined
  readonly persistent: boolean
  /** When the person last proved who they are: `auth_time`. */
  readonly authenticated: Instant
  readonly amr: readonly string[]
}

/** With "keep me signed in" or a policy's persistent cookie. */
const PERSISTENT_HOURS = 30 * 24

export const expiresAt = (session: Session): Instant => {
  const idleEnd = later(session.lastActive, session.idleMinutes * MINUTE)
  return session.ends !== undefined && session.ends < idleEnd ? session.ends : idleEnd
}

export const isAlive = (session: Session, now: Instant): boolean => expiresAt(session) > now

/** Activity is written down only when more than 5 % of the idle window has passed: reads cost no commit. */
export const activityIsWorthWriting = (session: Session, now: Instant): boolean =>
  now - session.lastActive > (session.idleMinutes * MINUTE) / 20

/** How long the browser keeps the cookie, in seconds; undefined: until it is closed. */
export const cookieSeconds = (session: Session): number | undefined =>
  session.persistent ? (PERSISTENT_HOURS * HOUR) / SECOND : undefined
