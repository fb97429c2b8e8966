import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useServers } from '../../api/authorization-servers.ts'
import { useMay } from '../../api/me.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { NewServerForm } from './new-server-form.tsx'
import { ServerMenu } from './server-menu.tsx'

export function AuthorizationServersTab() {
  const pages = useServers()
  const mayManage = useMay('okta.authorizationServers.manage')
  const [isAdding, setAdding] = useState(false)
  const close = () => setAdding(false)
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      Add Authorization Server
    </Button>
  )
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          An authorization server issues the tokens of your own APIs: it has an issuer, an audience, scopes, claims, and
          the policies that say which app gets which token.
        </Text>
        {add}
      </Group>
      <DataTable
        label="Authorization servers"
        columns={COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No authorization servers" action={add}>
            Apps can still sign people in with this org's own issuer. An API of your own needs an authorization server,
            since it names the audience and the scopes of its access tokens.
          </Empty>
        }
      />
      <FormDialog opened={isAdding} title="Add Authorization Server" onClose={close}>
        <NewServerForm onCancel={close} />
      </FormDialog>
    </Stack>
  )
}

const COLUMNS: readonly Column<AuthorizationServer>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: ({ id, name }) => (
      <RouterAnchor to="/security/api/servers/$serverId" params={{ serverId: id }} size="sm" fw={500}>
        {name}
      </RouterAnchor>
    ),
  },
  { key: 'audience', header: 'Audience', visibleFrom: 'md', cell: ({ audiences }) => audiences[0] },
  {
    key: 'issuer',
    header: 'Issuer URI',
    visibleFrom: 'xs',
    cell: ({ issuer, name }) => <CopyValue value={issuer} label={`issuer URI of ${name}`} />,
  },
  { key: 'status', header: 'Status', width: 110, cell: ({ status }) => <StatusBadge status={status} /> },
  {
    key: 'actions',
    width: 48,
    align: 'right',
    cell: (server) => <ServerMenu server={server} />,
  },
]
