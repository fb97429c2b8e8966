import { Button, Checkbox, Radio, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { replaceApp } from '../../api/apps.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { AUTHENTICATIONS, authenticationLabel, credentialsRequest } from './client-authentication.ts'
import { ClientSecrets } from './client-secrets.tsx'

export function ClientCredentials({ app }: { readonly app: App }) {
  const [isEditing, setEditing] = useState(false)
  const mayManage = useMay('okta.apps.manage')
  const { client_id: clientId, token_endpoint_auth_method: method, pkce_required: pkce } = app.credentials.oauthClient
  const canChoose = app.settings.oauthClient.application_type !== 'browser'
  const edit = mayManage && canChoose && !isEditing && (
    <Button variant="default" size="xs" onClick={() => setEditing(true)}>
      Edit
    </Button>
  )
  return (
    <Section title="Client Credentials" actions={edit}>
      <Facts
        facts={[
          { label: 'Client ID', value: <CopyValue value={clientId} label="client ID" /> },
          ...(isEditing
            ? []
            : [
                { label: 'Client authentication', value: authenticationLabel(method) },
                { label: 'Proof Key for Code Exchange (PKCE)', value: pkce ? 'Required' : 'Not required' },
              ]),
        ]}
      />
      {isEditing && <CredentialsForm app={app} onDone={() => setEditing(false)} />}
      {!isEditing && method === 'none' && (
        <Text size="sm" c="dimmed">
          A public client has no client secret: whatever stands in its code can be read. It proves itself with PKCE.
        </Text>
      )}
      {!isEditing && usesSecret(method) && <ClientSecrets app={app} />}
    </Section>
  )
}

const usesSecret = (method: string): boolean => method.startsWith('client_secret')

function CredentialsForm({ app, onDone }: { readonly app: App; readonly onDone: () => void }) {
  const { token_endpoint_auth_method: method, pkce_required: pkce } = app.credentials.oauthClient
  const form = useForm({ initialValues: { method: method as string, pkce }, clearInputErrorOnChange: true })
  const type = app.settings.oauthClient.application_type
  const isPublic = form.values.method === 'none'

  async function save(values: typeof form.values): Promise<void> {
    await replaceApp(app.id, credentialsRequest(app, values))
    onDone()
    notifyDone('Client credentials are saved.', () => replaceApp(app.id, credentialsRequest(app, { method, pkce })))
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ token_endpoint_auth_method: 'method', pkce_required: 'pkce', jwks: 'method' }}
      submit="Save"
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="md">
        <Radio.Group label="Client authentication" {...form.getInputProps('method')}>
          <Stack gap={8} mt={8}>
            {AUTHENTICATIONS.filter(({ value }) => value !== 'none' || type === 'native').map(
              ({ value, label, sentence }) => (
                <Radio key={value} value={value} label={label} description={sentence} />
              ),
            )}
          </Stack>
        </Radio.Group>
        <Checkbox
          label="Require PKCE as additional verification"
          description={isPublic ? 'A public client always needs it.' : 'Ties a code to the browser that asked for it.'}
          disabled={isPublic}
          checked={isPublic || form.values.pkce}
          onChange={(event) => form.setFieldValue('pkce', event.currentTarget.checked)}
        />
      </Stack>
    </ApiForm>
  )
}
