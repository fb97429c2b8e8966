import { Button, Group, Modal, ScrollArea, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { sentenceOf } from '../../ui/api-error.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Failed, Loading } from '../../ui/states.tsx'

interface Found<T> {
  readonly data: readonly T[] | undefined
  readonly error: Error | null
}

interface AssignDialogProps<T> {
  readonly title: string
  readonly label: string
  readonly found: Found<T>
  readonly onSearch: (q: string) => void
  /** Ids that are assigned already. */
  readonly known: ReadonlySet<string>
  readonly nameOf: (one: T) => string
  readonly describe: (one: T) => ReactNode
  readonly onAssign: (one: T) => Promise<unknown>
  readonly onClose: () => void
}

/** Search, and a button for each that was found; it stays open for the next. */
export function AssignDialog<T extends { readonly id: string }>(props: AssignDialogProps<T>) {
  const { title, label, found, onSearch, known, nameOf, describe, onAssign, onClose } = props
  const { data, error } = found
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<string>()

  async function assign(one: T): Promise<void> {
    setBusy(one.id)
    setProblem(undefined)
    try {
      await onAssign(one)
      setDone(new Set([...done, one.id]))
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
                    {describe(one)}
                  </div>
                  {known.has(one.id) || done.has(one.id) ? (
                    <Text size="sm" c="dimmed" role="status">
                      Assigned
                    </Text>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="light"
                      loading={busy === one.id}
                      onClick={() => void assign(one)}
                      aria-label={`Assign ${nameOf(one)}`}
                    >
                      Assign
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
