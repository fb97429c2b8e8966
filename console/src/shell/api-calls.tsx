import { Drawer, Stack, Text } from '@mantine/core'
import { useRecentCalls } from '../api/recent-calls.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Empty } from '../ui/states.tsx'
import { curlLine } from './curl.ts'

/** What was done since the console was opened, as lines for a shell. */
export function ApiCalls({ onClose }: { readonly onClose: () => void }) {
  const calls = useRecentCalls()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title="As API call"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {calls.length === 0 ? (
        <Empty title="Nothing was changed yet">
          Whatever you save in the console is one call of the management API. It appears here as a line for your shell.
        </Empty>
      ) : (
        <Stack>
          <Text size="sm" c="dimmed">
            Set KEYSTEAD to this org's address and TOKEN to an API token (Security, API, Tokens). Secrets are left out.
          </Text>
          {calls.map((call) => (
            <CodeBlock key={call.id} code={curlLine(call)} label={`${call.method} ${call.path}`} />
          ))}
        </Stack>
      )}
    </Drawer>
  )
}
