import { Code, List, Stack, Text } from '@mantine/core'

interface ChangedListProps {
  readonly title: string
  readonly entries: readonly string[]
  /** The list of the other side: what is not in it is what changes. */
  readonly others: readonly string[]
  readonly sign: '+' | '−'
}

/** One side of a change, with what is new or gone told by a sign and in bold. */
export function ChangedList({ title, entries, others, sign }: ChangedListProps) {
  return (
    <Stack gap={4} miw={0}>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      <List listStyleType="none" spacing={4} aria-label={title}>
        {entries.length === 0 && (
          <List.Item>
            <Text size="sm" c="dimmed">
              none
            </Text>
          </List.Item>
        )}
        {entries.map((entry) => {
          const changes = !others.includes(entry)
          return (
            <List.Item key={entry}>
              <Code fz="sm" fw={changes ? 700 : undefined} style={{ overflowWrap: 'anywhere' }}>
                {changes ? `${sign} ${entry}` : entry}
              </Code>
            </List.Item>
          )
        })}
      </List>
    </Stack>
  )
}
