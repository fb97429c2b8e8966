import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay, useMe } from '../../api/me.ts'
import { revokeRole, useRoles } from '../../api/roles.ts'
import type { Role, User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { GrantRole } from './grant-role.tsx'
import { OwnAccount } from './own-account.tsx'
import { ROLE_WORDS } from './role-words.ts'

export function RolesTab({ user }: { readonly user: User }) {
  const pages = wholeList(useRoles(user.id))
  const mayManage = useMay('okta.roles.manage')
  const isOwn = useMe()?.id === user.id
  const [isGranting, setGranting] = useState(false)
  const [revoking, setRevoking] = useState<Role>()

  async function revoke(): Promise<void> {
    if (!revoking) return
    await revokeRole(user.id, revoking.id)
    notifyDone(`${userName(user)} is no ${revoking.label} any more.`)
  }
  const grant = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setGranting(true)}>
      Grant role
    </Button>
  )
  const columns: readonly Column<Role>[] = [
    {
      key: 'role',
      header: 'Role',
      cell: ({ type, label }) => (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Text size="xs" c="dimmed">
            {ROLE_WORDS[type]?.may}
          </Text>
        </Stack>
      ),
    },
    { key: 'since', header: 'Since', width: 190, visibleFrom: 'sm', cell: ({ created }) => <Time at={created} /> },
    ...(mayManage
      ? [removeColumn<Role>({ action: 'Revoke', nameOf: ({ label }) => label, onRemove: setRevoking })]
      : []),
  ]
  return (
    <Stack>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          Roles open this console and the management API. Only super administrators grant and revoke them.
        </Text>
        {grant}
      </Group>
      <DataTable
        label="Admin roles"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No admin roles" action={grant}>
            {userName(user)} administers nothing: this console is closed to them.
          </Empty>
        }
      />
      {isGranting && (
        <GrantRole user={user} held={pages.rows.map(({ type }) => type)} onClose={() => setGranting(false)} />
      )}
      {revoking && (
        <Confirm
          opened
          title={`Revoke the role ${revoking.label}?`}
          action="Revoke"
          onClose={() => setRevoking(undefined)}
          onConfirm={revoke}
        >
          {userName(user)} loses what this role alone allows, here and in the API, at once.
          {isOwn && (
            <OwnAccount warning="This is your own account: you may lose this page, and cannot grant it to yourself again." />
          )}
        </Confirm>
      )}
    </Stack>
  )
}
