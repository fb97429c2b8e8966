// The mails that were kept instead of being sent.
import { queryOptions } from '@tanstack/react-query'
import { type Pages, usePages } from '../ui/use-pages.ts'
import { call, callPage } from './client.ts'
import { queryClient } from './query-client.ts'
import type { MailboxEntry } from './types.ts'

const MAILBOX = ['mailbox'] as const
const PAGE_SIZE = 50
const FRESH_MILLISECONDS = 3_000

/** The latest first; what has just been asked for in another tab appears by itself. */
export const useMailbox = (to: string): Pages<MailboxEntry> =>
  usePages(
    [...MAILBOX, to],
    (after, signal) => callPage('GET /api/v1/keystead/mailbox', { query: { to, after, limit: PAGE_SIZE }, signal }),
    { refetchInterval: FRESH_MILLISECONDS },
  )

/** A mail never changes, and each reading of one stands in the System Log. */
export const keptMailQuery = (id: string) =>
  queryOptions({
    queryKey: ['kept-mail', id],
    queryFn: ({ signal }) => call('GET /api/v1/keystead/mailbox/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export async function emptyMailbox(): Promise<void> {
  await call('DELETE /api/v1/keystead/mailbox')
  queryClient.removeQueries({ queryKey: ['kept-mail'] })
  await queryClient.invalidateQueries({ queryKey: MAILBOX })
}

/** @returns the address that it goes to */
export async function sendTestMail(): Promise<string> {
  const { to } = await call('POST /api/v1/keystead/test-mail')
  return to
}
