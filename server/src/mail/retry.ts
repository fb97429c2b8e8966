// When a mail that could not be sent is tried again.
import { HOUR, type Instant, later, MINUTE, SECOND } from '#kernel/instant.ts'

const WAITS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR] as const

/** The next attempt after `attempts` that failed; undefined where the mail would have expired by then. */
export function nextAttempt(attempts: number, now: Instant, expires: Instant): Instant | undefined {
  const at = later(now, WAITS[Math.min(attempts, WAITS.length) - 1] ?? HOUR)
  return at < expires ? at : undefined
}
