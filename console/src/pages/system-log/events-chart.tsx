// How much happened when, by outcome. A bar narrows the stretch of time; the same numbers are there as a table.
import { Anchor, Paper, Skeleton, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { LogHistogram } from '../../api/types.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { Failed } from '../../ui/states.tsx'
import { momentOf, toBar, totalOf } from './bucket-words.ts'
import { EventsCounted } from './events-counted.tsx'
import { OUTCOME_GROUPS } from './outcome-groups.ts'

interface EventsChartProps {
  readonly query: UseQueryResult<LogHistogram>
  readonly onPick: (since: string, until: string) => void
}

/** Below it a bar is not worth being opened. */
const LEAST_WIDTH = 1_000

export function EventsChart({ query, onPick }: EventsChartProps) {
  const [asTable, setAsTable] = useState(false)
  const { data, error, refetch } = query
  if (!data)
    return error ? (
      <Failed error={error} title="The chart can't be drawn now" onRetry={() => void refetch()} />
    ) : (
      <Skeleton height={160} radius="md" role="status" aria-label="Loading" />
    )
  const { buckets, bucketWidth, since, until, countedUntil } = data
  const at = (index: number) => Date.parse(buckets[index]?.from ?? since)
  const pick = (first: number, last: number) =>
    onPick(new Date(at(first)).toISOString(), new Date(at(last) + bucketWidth - 1).toISOString())
  const middle = new Date((Date.parse(since) + Date.parse(until)) / 2).toISOString()
  return (
    <Paper withBorder p="sm" component="section" aria-label="Events over time">
      <Stack gap={6}>
        {asTable ? (
          <EventsCounted histogram={data} />
        ) : (
          <BarChart
            label="Events over time. Arrow keys go from bar to bar, Enter shows the events of one."
            series={OUTCOME_GROUPS}
            bars={buckets.map((bucket) => toBar(bucket, bucketWidth))}
            caption={`${totalOf(data)}, tokens given together counted once. Click a bar or drag over several to look closer.`}
            ticks={[momentOf(since), momentOf(middle), momentOf(until)]}
            {...(bucketWidth > LEAST_WIDTH ? { onPick: pick } : {})}
          />
        )}
        {countedUntil !== null && (
          <Text size="xs" role="status">
            Counted until {momentOf(countedUntil)}: more is too much for a filter. A shorter time shows all.
          </Text>
        )}
        <Anchor
          component="button"
          type="button"
          size="xs"
          onClick={() => setAsTable(!asTable)}
          style={{ alignSelf: 'flex-start' }}
        >
          {asTable ? 'Show as chart' : 'Show as table'}
        </Anchor>
      </Stack>
    </Paper>
  )
}
