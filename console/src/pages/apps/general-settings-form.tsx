import { Alert, Checkbox, FileInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { replaceApp, uploadLogo } from '../../api/apps.ts'
import { useRotationFeature } from '../../api/features.ts'
import type { App } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx'
import { FIELD_OF, toForm, toRequest } from './app-form.ts'
import { GrantFields } from './grant-fields.tsx'
import { LoginFields } from './login-fields.tsx'
import { useAppForm } from './use-app-form.ts'

interface GeneralSettingsFormProps {
  readonly app: App
  readonly onDone: () => void
}

/** Edits the settings as they were when Edit was clicked, and says so where they were changed elsewhere meanwhile. */
export function GeneralSettingsForm({ app, onDone }: GeneralSettingsFormProps) {
  const [begun] = useState(app)
  const type = begun.settings.oauthClient.application_type
  const form = useAppForm(type, toForm(begun))
  const [logo, setLogo] = useState<File | null>(null)
  const { isOn } = useRotationFeature()
  const isStale = app.lastUpdated !== begun.lastUpdated

  async function save(values: typeof form.values): Promise<void> {
    // What this form decides goes over what others changed in the rest of the app.
    const former = app
    const saved = await replaceApp(app.id, toRequest(app, values))
    if (logo) await uploadLogo(app.id, logo)
    onDone()
    notifyDone(`${saved.label} is saved.`, () => replaceApp(app.id, toRequest(saved, toForm(former))))
  }

  return (
    <ApiForm form={form} fieldOf={FIELD_OF} submit="Save" onCancel={onDone} onSubmit={save}>
      <UnsavedGuard when={form.isDirty() || logo !== null} />
      <Stack>
        {isStale && <ChangedElsewhere />}
        <Section title="General Settings">
          <TextInput label="App integration name" required data-autofocus {...form.getInputProps('label')} />
          <FileInput
            label="Logo"
            description="PNG, JPG, GIF or SVG, less than 1 MB."
            placeholder="Choose a file"
            accept="image/png,image/jpeg,image/gif,image/svg+xml"
            clearable
            clearButtonProps={{ 'aria-label': 'Keep the logo as it is' }}
            value={logo}
            onChange={setLogo}
            maw={420}
          />
          <GrantFields form={form} type={type} rotationIsOn={isOn} />
        </Section>
        {type !== 'service' && (
          <>
            <Section title="Login">
              <LoginFields form={form} type={type} withLoginMode />
            </Section>
            <Section title="User consent">
              <Checkbox
                label="Require consent"
                description="People are asked before the app gets what its scopes open."
                {...form.getInputProps('requireConsent', { type: 'checkbox' })}
              />
              <TextInput label="Terms of Service URI" autoComplete="off" {...form.getInputProps('termsUri')} />
              <TextInput label="Policy URI" autoComplete="off" {...form.getInputProps('policyUri')} />
            </Section>
          </>
        )}
      </Stack>
    </ApiForm>
  )
}

function ChangedElsewhere() {
  return (
    <Alert color="yellow" variant="light" role="status">
      Somebody changed this app since you began. What you typed is kept; Save puts it over their settings, Cancel shows
      theirs.
    </Alert>
  )
}
