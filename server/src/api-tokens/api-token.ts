// An API token: a person's standing permission for scripts. It acts with the roles that the person holds at the moment, lives 30 days
// from its last use, and dies with the person's access. Its value is shown once and kept as a hash only.
import { DAY, type Instant, later, worthWriting } from '#kernel/instant.ts'

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly userId: string
  readonly created: Instant
  /** When its life was last renewed. */
  readonly lastUpdated: Instant
  readonly expires: Instant
}

const WINDOW = 30 * DAY
export const NAME_MAX = 255

export const endOfWindow = (now: Instant): Instant => later(now, WINDOW)

export const isAlive = (token: ApiToken, now: Instant): boolean => token.expires > now

export const renewalIsWorthWriting = (token: ApiToken, now: Instant): boolean =>
  worthWriting(token.lastUpdated, WINDOW, now)
