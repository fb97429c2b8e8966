import { Button, Group, Stack, Table, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addKey, deleteKey, keysQuery, setKeyStatus } from '../../api/app-credentials.ts'
import type { ClientKey } from '../../api/apps.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { Section } from '../../ui/section.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Time } from '../../ui/time.tsx'
import { newKeyPair } from './new-key-pair.ts'

/** The public halves of the keys that an app signs its assertions with. */
export function PublicKeys({ app }: { readonly app: App }) {
  const { data: keys, error, refetch } = useQuery(keysQuery(app.id))
  const mayManage = useMay('okta.apps.manage')
  const [isAdding, setAdding] = useState(false)
  const [deleting, setDeleting] = useState<ClientKey>()
  const actionsOf = (key: ClientKey) =>
    key.status === 'ACTIVE'
      ? [{ label: 'Deactivate', onClick: () => void setKeyStatus(app.id, key.id, 'INACTIVE').catch(notifyFailed) }]
      : [
          { label: 'Activate', onClick: () => void setKeyStatus(app.id, key.id, 'ACTIVE').catch(notifyFailed) },
          { label: 'Delete', danger: true, onClick: () => setDeleting(key) },
        ]
  return (
    <Section
      title="Public Keys"
      description="The app signs an assertion with its private key; Keystead checks it with the public one."
      actions={
        mayManage && (
          <Button variant="default" size="xs" onClick={() => setAdding(true)}>
            Add key
          </Button>
        )
      }
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !keys && <Loading lines={2} />}
      {keys?.length === 0 && (
        <Text size="sm" c="dimmed">
          {app.settings.oauthClient.jwks_uri
            ? `Keys are fetched from ${app.settings.oauthClient.jwks_uri}.`
            : 'No key yet: add one before the app proves itself by Public key / Private key.'}
        </Text>
      )}
      {keys && keys.length > 0 && (
        <Table aria-label="Public keys" horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th fz="xs">Key ID</Table.Th>
              <Table.Th fz="xs">Created</Table.Th>
              <Table.Th fz="xs">Status</Table.Th>
              {mayManage && <Table.Th w={44} aria-label="Actions" />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{key.kid ?? key.id}</Table.Td>
                <Table.Td>
                  <Time at={key.created} />
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={key.status} />
                </Table.Td>
                {mayManage && (
                  <Table.Td>
                    <RowMenu of={`the key ${key.kid ?? key.id}`} actions={actionsOf(key)} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <FormDialog opened={isAdding} onClose={() => setAdding(false)} title="Add a public key" size="lg">
        <AddKeyForm appId={app.id} onDone={() => setAdding(false)} />
      </FormDialog>
      {deleting && (
        <Confirm
          opened
          title={`Delete the key ${deleting.kid ?? deleting.id}?`}
          action="Delete"
          onClose={() => setDeleting(undefined)}
          onConfirm={() => deleteKey(app.id, deleting.id)}
        >
          Assertions that are signed with it are refused already.
        </Confirm>
      )}
    </Section>
  )
}

function AddKeyForm({ appId, onDone }: { readonly appId: string; readonly onDone: () => void }) {
  const form = useForm({ initialValues: { jwk: '' }, validate: { jwk: jwkProblem }, clearInputErrorOnChange: true })
  const [privateKey, setPrivateKey] = useState<string>()

  async function generate(): Promise<void> {
    const pair = await newKeyPair()
    form.setFieldValue('jwk', pair.publicJwk)
    setPrivateKey(pair.privatePem)
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ jwks: 'jwk', kid: 'jwk', kty: 'jwk', n: 'jwk', use: 'jwk' }}
      submit="Save"
      onCancel={onDone}
      onSubmit={async ({ jwk }) => {
        await addKey(appId, JSON.parse(jwk))
        notifyDone('The key is added.')
        onDone()
      }}
    >
      <Stack gap="sm">
        <Textarea
          label="Public key as JWK"
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('jwk')}
        />
        <Group>
          <Button variant="default" size="xs" onClick={() => void generate().catch(notifyFailed)}>
            Generate new key
          </Button>
        </Group>
        {privateKey !== undefined && (
          <>
            <Text size="sm">
              This is the private key, made in your browser and shown only now. Keep it where the app runs; Keystead
              never sees it.
            </Text>
            <CodeBlock code={privateKey} label="Private key" />
          </>
        )}
      </Stack>
    </ApiForm>
  )
}

function jwkProblem(text: string): string | undefined {
  if (text.trim() === '') return 'The field cannot be left blank'
  try {
    const key: unknown = JSON.parse(text)
    if (typeof key !== 'object' || key === null || Array.isArray(key)) return 'A JWK is one JSON object.'
    return 'd' in key ? 'This is a private key: take out its private members and keep them secret.' : undefined
  } catch {
    return 'This is not JSON.'
  }
}
