// An administrator's session with the Admin Console. It hangs on the session of the org that it came from and never outlives it: it ends
// with that, with the person's access and with their last role, at once, since all of them are asked at each use.
import { HOUR, type Instant, later, MINUTE, worthWriting } from '#kernel/instant.ts'
import {
  expiresAt as endOfSession,
  type Session,
  activityIsWorthWriting as sessionActivityCounts,
} from '#sessions/session.ts'

export interface ConsoleSession {
  readonly id: string
  readonly userId: string
  /** The session of the org, as it stands now. */
  readonly session: Pick<Session, 'id' | 'lastActive' | 'idleMinutes' | 'ends'>
  readonly created: Instant
  readonly lastActive: Instant
  readonly ends: Instant
}

const LIFE = 12 * HOUR
export const IDLE = 15 * MINUTE

export const endOf = (created: Instant): Instant => later(created, LIFE)

export interface Ends {
  /** Whatever is done until then. */
  readonly absolute: Instant
  /** Unless it is used. */
  readonly idle: Instant
}

export function endsOf({ session, lastActive, ends }: ConsoleSession): Ends {
  const absolute = session.ends === undefined ? ends : earlier(session.ends, ends)
  return { absolute, idle: earlier(absolute, earlier(endOfSession(session), later(lastActive, IDLE))) }
}

export const isAlive = (session: ConsoleSession, now: Instant): boolean => endsOf(session).idle > now

/** A use of the console is one of the session below as well. */
export const activityIsWorthWriting = ({ lastActive, session }: ConsoleSession, now: Instant): boolean =>
  worthWriting(lastActive, IDLE, now) || sessionActivityCounts(session, now)

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b)
