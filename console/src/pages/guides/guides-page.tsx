import { Paper, Stack, Text } from '@mantine/core'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { GUIDES } from './guides.ts'

export function GuidesPage() {
  return (
    <Page title="Guides" description="Step by step, with commands that our tests run as they stand here.">
      <Stack component="ul" gap="sm" p={0} m={0} maw={760} style={{ listStyle: 'none' }}>
        {GUIDES.map(({ name, title, sentence }) => (
          <Paper key={name} component="li" withBorder p="md">
            <RouterAnchor to="/guides/$name" params={{ name }} fw={600}>
              {title}
            </RouterAnchor>
            <Text size="sm" c="dimmed">
              {sentence}
            </Text>
          </Paper>
        ))}
      </Stack>
    </Page>
  )
}
