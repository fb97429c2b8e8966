// The System Log: its events, how many there were when, and the file of them.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callFile, callPage } from './client.ts'
import type { LogEvent } from './types.ts'

export interface Bounds {
  readonly since: string | undefined
  readonly until: string | undefined
}

export interface LogQuestion {
  /** Names the stretch of time that `boundsAt` tells: the last hour moves on with the clock, and is one question. */
  readonly range: string
  readonly boundsAt: (now: number) => Bounds
  readonly filter: string
  readonly q: string
}

const LOGS = ['logs'] as const
const PAGE_SIZE = 50
const FOLLOW_MILLISECONDS = 5_000

const asked = ({ boundsAt, filter, q }: LogQuestion) => ({ ...boundsAt(Date.now()), filter, q })
const every = (follows: boolean) => (follows ? FOLLOW_MILLISECONDS : false)

/** The newest first. */
export const useLogEvents = (question: LogQuestion, follows: boolean): Pages<LogEvent> =>
  usePages(
    [...LOGS, 'events', question.range, question.filter, question.q],
    (after, signal) =>
      callPage('GET /api/v1/logs', {
        query: { ...asked(question), sortOrder: 'DESCENDING', limit: PAGE_SIZE, after },
        signal,
      }),
    { refetchInterval: every(follows) },
  )

const histogramQuery = (question: LogQuestion, buckets: number) =>
  queryOptions({
    queryKey: [...LOGS, 'histogram', question.range, question.filter, question.q, buckets],
    queryFn: ({ signal }) =>
      call('GET /api/v1/keystead/logs/histogram', { query: { ...asked(question), buckets }, signal }),
    placeholderData: keepPreviousData,
  })

export const useLogHistogram = (question: LogQuestion, buckets: number, follows: boolean) =>
  useQuery({ ...histogramQuery(question, buckets), refetchInterval: every(follows) })

/** The newest events first, as comma-separated values; not whole where there are more than go into a file. */
export async function exportLog(question: LogQuestion): Promise<{ readonly blob: Blob; readonly isWhole: boolean }> {
  const query = { ...asked(question), sortOrder: 'DESCENDING' }
  const { blob, headers } = await callFile('GET /api/v1/keystead/logs.csv', { query })
  return { blob, isWhole: headers.get('x-keystead-truncated') !== 'true' }
}
