/** A point in time: integer milliseconds since the epoch, UTC. ISO text exists on the wire only. */
export type Instant = number & { readonly __brand: 'Instant' }

export const instant = (milliseconds: number): Instant => milliseconds as Instant

export const later = (from: Instant, milliseconds: number): Instant => (from + milliseconds) as Instant

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A window restarts at each use; that is worth a commit once 5 % of it (milliseconds) have passed since it was last written down. */
export const worthWriting = (written: Instant, window: number, now: Instant): boolean => now - written > window / 20

/** Whole seconds since the epoch, as OAuth and JWT write times (RFC 7519 §2, NumericDate). */
export const epochSeconds = (at: Instant): number => Math.floor(at / SECOND)

/** `YYYY-MM-DDTHH:mm:ss.SSSZ`, the form of every time in Okta's API. */
export const isoText = (at: Instant): string => new Date(at).toISOString()

/** Reads an ISO 8601 time with an offset or `Z`, or a bare date (UTC); undefined when it is none. */
export function parseIso(text: string): Instant | undefined {
  const [, day] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.exec(text) ?? []
  const milliseconds = Date.parse(text)
  if (day === undefined || Number.isNaN(milliseconds)) return undefined
  // The 30th of February is read as the 2nd of March.
  return isoText(instant(Date.parse(day))).startsWith(day) ? instant(milliseconds) : undefined
}
