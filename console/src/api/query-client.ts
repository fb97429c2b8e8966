import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../ui/api-error.ts'

const TRIES = 2

/** A refusal is final; a lost connection and an overloaded server are worth another try. */
const isWorthRetrying = (failures: number, error: unknown): boolean =>
  failures < TRIES && error instanceof ApiError && (error.status === 0 || error.status === 503)

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 10_000 }, mutations: { retry: false } },
})
