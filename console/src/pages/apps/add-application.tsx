import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { GuideHint } from '../../ui/guide-hint.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Section } from '../../ui/section.tsx'
import { PlatformChooser } from './platform-chooser.tsx'

/** The first step: what an integration is, and the way to a new one. */
export function AddApplication() {
  const [isChoosing, setChoosing] = useState(false)
  return (
    <Stack maw={760}>
      <Section title="Connect an app of yours">
        <Text size="sm">
          An app integration is how Keystead knows your code: a client ID, the addresses that people may be sent back
          to, and who may use it. You need one for each app that signs people in or calls an API.
        </Text>
        <Group>
          <Button leftSection={<Plus size={16} />} onClick={() => setChoosing(true)}>
            Create New App
          </Button>
        </Group>
        <GuideHint>
          Newer guides of Okta say “Create App Integration”, then “OIDC – OpenID Connect” and an application type.
        </GuideHint>
      </Section>
      <Section title="Or without clicking">
        <List size="sm" spacing={6}>
          <List.Item>
            One call of the API: <code>POST /api/v1/apps</code>. After you save the form, “As API call” at the top shows
            it with your values.
          </List.Item>
          <List.Item>
            Okta's Terraform provider and SDKs work unmodified: see the guide{' '}
            <RouterAnchor to="/guides/$name" params={{ name: 'from-okta' }} inherit>
              From Okta to Keystead
            </RouterAnchor>
            .
          </List.Item>
          <List.Item>
            <Anchor href="/.well-known/openapi.json" inherit>
              OpenAPI description
            </Anchor>{' '}
            of everything that this server offers.
          </List.Item>
        </List>
      </Section>
      <PlatformChooser opened={isChoosing} onClose={() => setChoosing(false)} />
    </Stack>
  )
}
