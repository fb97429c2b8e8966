import { Paper, Text } from '@mantine/core'

/** What the form as it stands means for a person, in a sentence. */
export function Preview({ children }: { readonly children: string }) {
  return (
    <Paper withBorder p="sm" bg="var(--mantine-color-default-hover)" role="status" aria-label="What a person meets">
      <Text size="xs" c="dimmed" fw={600}>
        What a person meets
      </Text>
      <Text size="sm">{children}</Text>
    </Paper>
  )
}
