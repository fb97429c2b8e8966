import { Button, Center, Text } from '@mantine/core'
import { Failed } from './states.tsx'
import type { Pages } from './use-pages.ts'

interface ShowMoreProps<T> {
  readonly pages: Pages<T>
  /** What one of the list is called, and several. */
  readonly nouns?: readonly [one: string, several: string]
}

/** The end of a list that comes in pages: how long it is, or the way to the next page. */
export function ShowMore<T>({ pages, nouns: [one, several] = ['row', 'rows'] }: ShowMoreProps<T>) {
  const { length } = pages.rows
  if (pages.error) return <Failed error={pages.error} onRetry={pages.loadMore} title="The next page can't be read" />
  if (!pages.hasMore)
    return (
      <Text size="xs" c="dimmed" ta="center" role="status">
        {length === 1 ? `1 ${one}` : `${length} ${several}`}
      </Text>
    )
  return (
    <Center>
      <Button variant="default" size="xs" loading={pages.isLoadingMore} onClick={pages.loadMore}>
        Show more ({length} shown)
      </Button>
    </Center>
  )
}
