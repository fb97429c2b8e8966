import { ActionIcon, Anchor, Code, Popover, Stack, Text } from '@mantine/core'
import { CircleHelp } from 'lucide-react'
import { useState } from 'react'

const EXAMPLES: readonly (readonly [what: string, filter: string])[] = [
  ['Sign-ins that failed', 'eventType eq "user.session.start" and outcome.result eq "FAILURE"'],
  ['Tokens that were given', 'eventType sw "app.oauth2" and eventType co "token.grant"'],
  ['Everything that one person did', 'actor.alternateId eq "somebody@example.com"'],
  ['Changes of apps and of who may use them', 'eventType sw "application."'],
  ['Everything worth a second look', 'severity eq "WARN" or severity eq "ERROR"'],
]

/** The language of filters in a few lines, and examples to begin with. */
export function FilterHelp({ onChoose }: { readonly onChoose: (filter: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} width={400} position="bottom-end" withArrow trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Help with the filter"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <CircleHelp size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)" aria-label="Help with the filter">
        <Stack gap="xs">
          <Text size="sm">
            A member of an event, an operator and a value: <Code>eq</Code> is, <Code>ne</Code> is not, <Code>sw</Code>{' '}
            begins with, <Code>co</Code> contains, <Code>pr</Code> is there. Join them by <Code>and</Code>,{' '}
            <Code>or</Code>, <Code>not (…)</Code>. Open an event and choose JSON to see its members.
          </Text>
          {EXAMPLES.map(([what, filter]) => (
            <Anchor
              key={filter}
              component="button"
              type="button"
              ta="left"
              size="sm"
              onClick={() => {
                setOpen(false)
                onChoose(filter)
              }}
            >
              {what}
              <Code block mt={2} fz="xs" style={{ whiteSpace: 'pre-wrap' }}>
                {filter}
              </Code>
            </Anchor>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
