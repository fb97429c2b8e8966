import { Button, Code, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { KeptMail } from '../../api/types.ts'
import { CopyAction } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Time } from '../../ui/time.tsx'
import { KIND_WORDS } from './kind-words.ts'

/** Links of the mail want a window of their own, which the sandbox gives to none: a click leads nowhere, and the mail stays in view. */
const INERT = '<!doctype html><base target="_blank">'

const VIEWS = [
  { value: 'html', label: 'As shown' },
  { value: 'text', label: 'As text' },
]

export function MailView({ mail }: { readonly mail: KeptMail }) {
  const [view, setView] = useState('html')
  return (
    <Stack gap="md">
      <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
        {mail.subject}
      </Title>
      <Facts
        facts={[
          { label: 'To', value: mail.to },
          { label: 'Kind', value: KIND_WORDS[mail.kind] },
          { label: 'Time', value: <Time at={mail.created} seconds /> },
        ]}
      />
      {mail.links.length > 0 && (
        <Stack gap={6} component="section" aria-label="Links">
          {mail.links.map((link) => (
            <Group key={link} gap="xs" wrap="nowrap">
              <Button
                component="a"
                href={link}
                target="_blank"
                rel="noopener noreferrer"
                size="xs"
                variant="light"
                leftSection={<ExternalLink size={14} />}
                aria-label={`Open ${link}`}
                style={{ flex: 'none' }}
              >
                Open
              </Button>
              <Code style={{ overflowWrap: 'anywhere' }}>{link}</Code>
              <CopyAction value={link} label="link" />
            </Group>
          ))}
        </Stack>
      )}
      <SegmentedControl data={VIEWS} value={view} onChange={setView} size="xs" aria-label="View" w="fit-content" />
      {view === 'html' ? (
        // Whoever wrote it: no script, form or link of it works here, and nothing outside is loaded.
        <iframe
          title={`The mail “${mail.subject}”`}
          sandbox=""
          srcDoc={INERT + mail.html}
          style={{
            width: '100%',
            height: 560,
            border: '1px solid var(--mantine-color-default-border)',
            borderRadius: 8,
            background: '#fff',
          }}
        />
      ) : (
        <Text
          component="pre"
          size="sm"
          ff="monospace"
          m={0}
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        >
          {mail.text}
        </Text>
      )}
    </Stack>
  )
}
