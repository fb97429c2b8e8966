// Bars of the histogram in words.
import type { LogHistogram } from '../../api/types.ts'
import type { Bar } from '../../ui/bar-chart.tsx'
import { OUTCOME_GROUPS } from './outcome-groups.ts'

export type Bucket = LogHistogram['buckets'][number]

const STRETCH = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const WITH_SECONDS = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const MINUTE = 60_000

/** How many events ended in each of the ways that a reader looks for. */
export const countsOf = ({ outcome }: Bucket): readonly number[] =>
  OUTCOME_GROUPS.map(({ outcomes }) => outcomes.reduce((sum, one) => sum + (outcome[one] ?? 0), 0))

export const stretchOf = ({ from }: Bucket, width: number): string =>
  (width < MINUTE ? WITH_SECONDS : STRETCH).formatRange(new Date(from), new Date(Date.parse(from) + width))

export const momentOf = (iso: string): string => STRETCH.format(new Date(iso))

const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`)

export function toBar(bucket: Bucket, width: number): Bar {
  const counts = countsOf(bucket)
  const parts = OUTCOME_GROUPS.flatMap(({ label }, at) =>
    counts[at] === 0 ? [] : [`${counts[at]} ${label.toLowerCase()}`],
  )
  const told = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  return { key: bucket.from, label: `${stretchOf(bucket, width)}: ${events(bucket.total)}${told}`, counts }
}

export const totalOf = ({ buckets }: LogHistogram): string => events(buckets.reduce((sum, { total }) => sum + total, 0))
