// Stretches of time that the log is asked for. Those that end now move in whole steps, so that bars stay where they are while time goes on.
import type { Bounds } from '../../api/logs.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface TimeRange {
  readonly value: string
  readonly label: string
  readonly span: number
  readonly step: number
}

const WEEK: TimeRange = { value: '', label: 'Last 7 days', span: 7 * DAY, step: 3 * HOUR }

export const TIME_RANGES: readonly TimeRange[] = [
  { value: 'hour', label: 'Last hour', span: HOUR, step: MINUTE },
  { value: 'day', label: 'Last 24 hours', span: DAY, step: HOUR / 2 },
  WEEK,
  { value: 'month', label: 'Last 30 days', span: 30 * DAY, step: 12 * HOUR },
]

export const CUSTOM = 'custom'
const CUSTOM_BUCKETS = 60

export interface RangeSearch {
  readonly range?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** What an address asks for: two times of its own, or a stretch that ends now. */
export function rangeOf({ range, since, until }: RangeSearch) {
  if (since !== undefined || until !== undefined)
    return {
      value: CUSTOM,
      key: `${since ?? ''}/${until ?? ''}`,
      buckets: CUSTOM_BUCKETS,
      endsNow: until === undefined,
      boundsAt: (): Bounds => ({ since, until }),
    }
  const chosen = TIME_RANGES.find(({ value }) => value === range) ?? WEEK
  return {
    value: chosen.value,
    key: chosen.value,
    buckets: chosen.span / chosen.step,
    endsNow: true,
    boundsAt: (now: number): Bounds => relativeBounds(chosen, now),
  }
}

/** The end is the next whole step; the last millisecond belongs to the step after. */
function relativeBounds({ span, step }: TimeRange, now: number): Bounds {
  const end = Math.ceil((now + 1) / step) * step
  return { since: new Date(end - span).toISOString(), until: new Date(end - 1).toISOString() }
}

const two = (number: number) => String(number).padStart(2, '0')

/** As a field for dates and times has it, in the reader's own zone; empty for no time. */
export function toField(iso: string | undefined): string {
  const date = new Date(iso ?? '')
  if (Number.isNaN(date.getTime())) return ''
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The time that a field for dates and times holds; undefined for none. */
export function fromField(text: string): string | undefined {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
