import { Button, Group, Modal, ScrollArea, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { sentenceOf } from './api-error.ts'
import { SearchBox } from './search-box.tsx'
import { Failed, Loading } from './states.tsx'

interface Found<T> {
  readonly data: readonly T[] | undefined
  readonly error: Error | null
}

interface PickDialogProps<T> {
  readonly title: string
  readonly label: string
  readonly found: Found<T>
  readonly onSearch: (q: string) => void
  /** What is done with each: "Assign", and what it is then: "Assigned". */
  readonly action: string
  readonly done: string
  /** Ids with which it is done already. */
  readonly known: ReadonlySet<string>
  readonly nameOf: (one: T) => string
  /** What tells it apart from others of its name. */
  readonly describe?: (one: T) => string | null | undefined
  readonly onPick: (one: T) => Promise<unknown>
  readonly onClose: () => void
}

/** Search, and a button for each that was found; it stays open for the next. */
export function PickDialog<T extends { readonly id: string }>(props: PickDialogProps<T>) {
  const { title, label, action, done, found, onSearch, known, nameOf, describe, onPick, onClose } = props
  const { data, error } = found
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<string>()

  async function pick(one: T): Promise<void> {
    setBusy(one.id)
    setProblem(undefined)
    try {
      await onPick(one)
      setPicked(new Set([...picked, one.id]))
    } catch (failure) {
      setProblem(sentenceOf(failure))
    } finally {
      setBusy(undefined)
    }
  }

  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <SearchBox label={label} value="" onSearch={onSearch} />
        {problem !== undefined && (
          <Text size="sm" c="red" role="alert">
            {problem}
          </Text>
        )}
        <ScrollArea.Autosize mah={360}>
          {error ? (
            <Failed error={error} />
          ) : !data ? (
            <Loading lines={4} />
          ) : data.length === 0 ? (
            <Text size="sm" c="dimmed" py="md" ta="center">
              Nothing found
            </Text>
          ) : (
            <Stack gap={6} role="list" aria-label="Found">
              {data.map((one) => (
                <Group key={one.id} role="listitem" justify="space-between" wrap="nowrap" gap="sm">
                  <div>
                    <Text size="sm">{nameOf(one)}</Text>
                    <Description text={describe?.(one)} />
                  </div>
                  {known.has(one.id) || picked.has(one.id) ? (
                    <Text size="sm" c="dimmed" role="status">
                      {done}
                    </Text>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="light"
                      loading={busy === one.id}
                      onClick={() => void pick(one)}
                      aria-label={`${action} ${nameOf(one)}`}
                    >
                      {action}
                    </Button>
                  )}
                </Group>
              ))}
            </Stack>
          )}
        </ScrollArea.Autosize>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Description({ text }: { readonly text: string | null | undefined }) {
  if (!text) return null
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  )
}
