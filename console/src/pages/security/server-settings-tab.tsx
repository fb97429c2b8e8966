import { Anchor, Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { type Fact, Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { Time } from '../../ui/time.tsx'
import { ISSUER_LABELS } from './server-labels.ts'
import { ServerSettingsForm } from './server-settings-form.tsx'
import { SigningKeys } from './signing-keys.tsx'

/** The settings as they are, and with Edit as a form. */
export function ServerSettingsTab({ server }: { readonly server: AuthorizationServer }) {
  const [isEditing, setEditing] = useState(false)
  const mayManage = useMay('okta.authorizationServers.manage')
  return (
    <Stack gap="md">
      {isEditing ? (
        <ServerSettingsForm server={server} onDone={() => setEditing(false)} />
      ) : (
        <Section
          title="Settings"
          actions={
            mayManage && (
              <Button variant="default" size="xs" onClick={() => setEditing(true)}>
                Edit
              </Button>
            )
          }
        >
          <Facts facts={factsOf(server)} />
        </Section>
      )}
      <SigningKeys server={server} />
    </Stack>
  )
}

const factsOf = (server: AuthorizationServer): readonly Fact[] => [
  { label: 'Name', value: server.name },
  { label: 'Audience', value: <CopyValue value={server.audiences[0] ?? ''} label="audience" /> },
  { label: 'Description', value: server.description || '–' },
  { label: 'Issuer', value: <CopyValue value={server.issuer} label="issuer URI" /> },
  { label: 'Issuer mode', value: ISSUER_LABELS[server.issuerMode] },
  {
    label: 'Metadata URI',
    value: (
      <Stack gap={2}>
        {server._links.metadata.map(({ name, href }) => (
          <Anchor key={name} href={href} size="sm" target="_blank" style={{ overflowWrap: 'anywhere' }}>
            {href}
          </Anchor>
        ))}
      </Stack>
    ),
  },
  { label: 'ID', value: <CopyValue value={server.id} label="ID" /> },
  { label: 'Last updated', value: <Time at={server.lastUpdated} /> },
]
