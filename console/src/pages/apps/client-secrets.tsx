import { ActionIcon, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { addSecret, deleteSecret, secretsQuery, setSecretStatus } from '../../api/app-credentials.ts'
import type { ClientSecret } from '../../api/apps.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Time } from '../../ui/time.tsx'

const SECRETS_MAX = 2
const DOTS = '••••••••••••••••'

/** The secrets of a confidential client: two at most, so that one can be rotated while the other still serves. */
export function ClientSecrets({ app }: { readonly app: App }) {
  const { data: secrets, error, refetch } = useQuery(secretsQuery(app.id))
  const mayManage = useMay('okta.apps.manage')
  const [deleting, setDeleting] = useState<ClientSecret>()
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  if (!secrets) return <Loading lines={2} />

  async function setStatus(secret: ClientSecret, status: 'ACTIVE' | 'INACTIVE'): Promise<void> {
    await setSecretStatus(app.id, secret.id, status)
    const other = status === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE'
    notifyDone(`The secret is ${status.toLowerCase()}.`, () => setSecretStatus(app.id, secret.id, other))
  }
  const add = () => addSecret(app.id).then(() => notifyDone('A new secret is made; both work.'), notifyFailed)
  const actionsOf = (secret: ClientSecret) =>
    secret.status === 'ACTIVE'
      ? [{ label: 'Deactivate', onClick: () => void setStatus(secret, 'INACTIVE').catch(notifyFailed) }]
      : [
          { label: 'Activate', onClick: () => void setStatus(secret, 'ACTIVE').catch(notifyFailed) },
          { label: 'Delete', danger: true, onClick: () => setDeleting(secret) },
        ]

  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          Client secrets
        </Text>
        {mayManage && (
          <Button
            variant="default"
            size="xs"
            onClick={() => void add()}
            disabled={secrets.length >= SECRETS_MAX}
            title={secrets.length >= SECRETS_MAX ? 'Two at most: delete one first.' : undefined}
          >
            Generate new secret
          </Button>
        )}
      </Group>
      <Table aria-label="Client secrets" horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th fz="xs">Created</Table.Th>
            <Table.Th fz="xs">Secret</Table.Th>
            <Table.Th fz="xs">Status</Table.Th>
            {mayManage && <Table.Th w={44} aria-label="Actions" />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {secrets.map((secret) => (
            <Table.Tr key={secret.id}>
              <Table.Td>
                <Time at={secret.created} />
              </Table.Td>
              <Table.Td>
                <Secret secret={secret} />
              </Table.Td>
              <Table.Td>
                <StatusBadge status={secret.status} />
              </Table.Td>
              {mayManage && (
                <Table.Td>
                  <RowMenu of={`the secret ${secret.id}`} actions={actionsOf(secret)} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        To rotate: generate a new secret, give it to the app, deactivate the old one, and delete it when nothing asks
        for it any more.
      </Text>
      {deleting && (
        <Confirm
          opened
          title="Delete this client secret?"
          action="Delete"
          onClose={() => setDeleting(undefined)}
          onConfirm={() => deleteSecret(app.id, deleting.id)}
        >
          It is inactive already; it can't be brought back.
        </Confirm>
      )}
    </Stack>
  )
}

function Secret({ secret }: { readonly secret: ClientSecret }) {
  const [isShown, setShown] = useState(false)
  const value = secret.client_secret
  if (value === undefined)
    return (
      <Text size="sm" c="dimmed">
        not readable
      </Text>
    )
  const label = isShown ? 'Hide the secret' : 'Show the secret'
  return (
    <Group gap={2} wrap="nowrap">
      <CopyValue value={value} label="client secret" shown={isShown ? value : DOTS} />
      <Tooltip label={label} withArrow>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={14} /> : <Eye size={14} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
