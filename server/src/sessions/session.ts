// A person's session with the org in one browser. Its id is public (API, System Log); what opens it is the cookie's random value, of
// which only the hash is kept.
import { HOUR, type Instant, later, MINUTE, SECOND, worthWriting } from '#kernel/instant.ts'

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
  readonly proved: ProvedAt
  /** The `User-Agent` of the browser in which it was begun, where it is known. */
  readonly userAgent: string | undefined
}

/** When the password, and a factor beside it, were last proved; undefined for what was not. */
export interface ProvedAt {
  readonly password: Instant | undefined
  readonly factor: Instant | undefined
}

/** With "keep me signed in" or a policy's persistent cookie. */
const PERSISTENT_HOURS = 30 * 24

/** What its end depends on. */
type Span = Pick<Session, 'lastActive' | 'idleMinutes' | 'ends'>

export const expiresAt = (session: Span): Instant => {
  const idleEnd = later(session.lastActive, session.idleMinutes * MINUTE)
  return session.ends !== undefined && session.ends < idleEnd ? session.ends : idleEnd
}

export const isAlive = (session: Span, now: Instant): boolean => expiresAt(session) > now

export const activityIsWorthWriting = (session: Span, now: Instant): boolean =>
  worthWriting(session.lastActive, session.idleMinutes * MINUTE, now)

/** How long the browser keeps the cookie, in seconds; undefined: until it is closed. */
export const cookieSeconds = (session: Session): number | undefined =>
  session.persistent ? (PERSISTENT_HOURS * HOUR) / SECOND : undefined
