import { Button } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { generalFacts, loginFacts } from './general-facts.tsx'
import { GeneralSettingsForm } from './general-settings-form.tsx'

/** The settings as they are, and with Edit as a form. */
export function GeneralSettings({ app }: { readonly app: App }) {
  const [isEditing, setEditing] = useState(false)
  const mayManage = useMay('okta.apps.manage')
  if (isEditing) return <GeneralSettingsForm app={app} onDone={() => setEditing(false)} />
  const edit = mayManage && (
    <Button variant="default" size="xs" onClick={() => setEditing(true)}>
      Edit
    </Button>
  )
  return (
    <>
      <Section title="General Settings" actions={edit}>
        <Facts facts={generalFacts(app)} />
      </Section>
      {app.settings.oauthClient.application_type !== 'service' && (
        <Section title="Login">
          <Facts facts={loginFacts(app)} />
        </Section>
      )}
    </>
  )
}
