// The states of a page besides "ready": loading, error, empty.
import { Alert, Button, Center, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { sentenceOf } from './api-error.ts'

/** Grey lines in the place of what is coming; read out once. */
export function Loading({ lines = 6, height = 36 }: { readonly lines?: number; readonly height?: number }) {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that differ in nothing
        <Skeleton key={line} height={height} radius="sm" />
      ))}
    </Stack>
  )
}

interface FailedProps {
  readonly error: unknown
  readonly title?: string
  readonly onRetry?: () => void
}

export function Failed({ error, title = "This can't be shown now", onRetry }: FailedProps) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} />} title={title}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{sentenceOf(error)}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  )
}

interface EmptyProps {
  readonly title: string
  /** What would stand here, and how it comes to be. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={520} ta="center">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" size="sm" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  )
}
