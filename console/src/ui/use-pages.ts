// A cursor-paged list, one page after the other.
import { type QueryKey, type UseQueryResult, useInfiniteQuery } from '@tanstack/react-query'

/** A part of a list, and the cursor of the next one. */
export interface PageOf<T> {
  readonly rows: readonly T[]
  readonly next: string | undefined
}

export interface Pages<T> {
  readonly rows: readonly T[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  loadMore(): void
  retry(): void
}

interface PagesOptions {
  readonly enabled?: boolean
  /** Milliseconds after which what is shown is read anew, while the page is visible. */
  readonly refetchInterval?: number | false
}

export function usePages<T>(
  queryKey: QueryKey,
  load: (after: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
  { enabled = true, refetchInterval = false }: PagesOptions = {},
): Pages<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOf<T>) => page.next,
    enabled,
    refetchInterval,
  })
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows) ?? [],
    isPending: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  }
}

/** A list that comes whole, to be shown like one that comes in pages. */
export const wholeList = <T>({ data, isPending, error, refetch }: UseQueryResult<readonly T[]>): Pages<T> => ({
  rows: data ?? [],
  isPending,
  error,
  hasMore: false,
  isLoadingMore: false,
  loadMore: () => undefined,
  retry: () => void refetch(),
})
