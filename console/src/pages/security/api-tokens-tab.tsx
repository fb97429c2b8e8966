import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { revokeApiToken, useApiTokens } from '../../api/api-tokens.ts'
import { useMay } from '../../api/me.ts'
import type { ApiToken } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { NameOf } from './name-of.tsx'
import { NewTokenForm } from './new-token-form.tsx'

export function ApiTokensTab() {
  const pages = useApiTokens()
  const mayManage = useMay('okta.apiTokens.manage')
  const [dialog, setDialog] = useState<'name' | 'value'>()
  const [revoking, setRevoking] = useState<ApiToken>()
  const close = () => setDialog(undefined)
  const create = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setDialog('name')}>
      Create token
    </Button>
  )
  async function revoke(): Promise<void> {
    if (!revoking) return
    await revokeApiToken(revoking.id)
    notifyDone(`The token ${revoking.name} is revoked.`)
  }
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          A token lets a script call the management API as the person who made it. It is sent as{' '}
          <code>Authorization: SSWS …</code>, lives 30 days, and each use renews it.
        </Text>
        {create}
      </Group>
      <DataTable
        label="API tokens"
        columns={columns(mayManage ? setRevoking : undefined)}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No API tokens" action={create}>
            Make one for a script, an SDK or a tool such as Terraform that shall manage this org. Its value is shown
            once.
          </Empty>
        }
      />
      <FormDialog
        opened={dialog !== undefined}
        title={dialog === 'value' ? 'Token created successfully' : 'Create token'}
        onClose={close}
        isLocked={dialog === 'value'}
      >
        <NewTokenForm onCreated={() => setDialog('value')} onDone={close} />
      </FormDialog>
      <Confirm
        opened={revoking !== undefined}
        title={`Revoke the token ${revoking?.name ?? ''}?`}
        action="Revoke token"
        onClose={() => setRevoking(undefined)}
        onConfirm={revoke}
      >
        Whatever uses it is refused from this moment on. A revoked token can't be brought back.
      </Confirm>
    </Stack>
  )
}

const columns = (revoke: ((token: ApiToken) => void) | undefined): readonly Column<ApiToken>[] => [
  { key: 'name', header: 'Name', cell: ({ name }) => name },
  { key: 'by', header: 'Created by', visibleFrom: 'sm', cell: ({ userId }) => <NameOf kind="person" id={userId} /> },
  { key: 'created', header: 'Created', visibleFrom: 'md', cell: ({ created }) => <Time at={created} /> },
  {
    key: 'used',
    header: 'Last used',
    visibleFrom: 'xs',
    // The first uses of a token that was renewed a short while ago are not written down.
    cell: ({ created, lastUpdated }) => (lastUpdated === created ? 'not since it was made' : <Time at={lastUpdated} />),
  },
  { key: 'expires', header: 'Expires', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
  ...(revoke
    ? [
        {
          key: 'actions',
          width: 90,
          align: 'right' as const,
          cell: (token: ApiToken) => (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              aria-label={`Revoke ${token.name}`}
              onClick={() => revoke(token)}
            >
              Revoke
            </Button>
          ),
        },
      ]
    : []),
]
