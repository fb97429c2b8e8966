import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { quickStarts } from './quick-start.ts'

export function QuickStartTab({ app }: { readonly app: App }) {
  const orgUrl = useMe()?.org.url ?? ''
  const starts = quickStarts(app, orgUrl)
  const [chosen, setChosen] = useState(starts[0]?.id ?? '')
  const start = starts.find(({ id }) => id === chosen)
  return (
    <Stack maw={920}>
      <Section title="Values">
        <Facts
          facts={[
            { label: 'Issuer', value: <CopyValue value={`${orgUrl}/oauth2/default`} label="issuer" /> },
            {
              label: 'Client ID',
              value: <CopyValue value={app.credentials.oauthClient.client_id} label="client ID" />,
            },
            ...app.settings.oauthClient.redirect_uris
              .slice(0, 1)
              .map((uri) => ({ label: 'Redirect URI', value: <CopyValue value={uri} label="redirect URI" /> })),
          ]}
        />
      </Section>
      {starts.length > 1 && (
        <SegmentedControl
          data={starts.map(({ id, label }) => ({ value: id, label }))}
          value={chosen}
          onChange={setChosen}
          aria-label="Framework"
          style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
        />
      )}
      {start?.steps.map(({ title, where, code }) => (
        <Section
          key={title}
          title={title}
          description={
            <Text span size="sm" c="dimmed">
              {where}
            </Text>
          }
        >
          <CodeBlock code={code} label={title} />
        </Section>
      ))}
    </Stack>
  )
}
