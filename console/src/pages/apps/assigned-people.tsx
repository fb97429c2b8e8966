import { Badge, Stack, Text } from '@mantine/core'
import { type AppUser, assignUser, unassignUser, useAppUsers } from '../../api/assignments.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { fullName } from '../../api/users.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

export function AssignedPeople({ app, q }: { readonly app: App; readonly q: string }) {
  const pages = useAppUsers(app.id, q)
  const mayManage = useMay('okta.apps.manage')

  async function unassign(user: AppUser): Promise<void> {
    await unassignUser(app.id, user.id)
    notifyDone(`${nameOf(user)} is unassigned.`, () => assignUser(app.id, user.id))
  }

  const columns: readonly Column<AppUser>[] = [
    { key: 'person', header: 'Person', cell: (user) => <PersonCell user={user} /> },
    {
      key: 'type',
      header: 'Type',
      width: 120,
      cell: ({ scope }) => (
        <Badge variant="default" tt="none" radius="sm">
          {scope === 'USER' ? 'Individual' : 'Group'}
        </Badge>
      ),
    },
    { key: 'since', header: 'Since', width: 190, visibleFrom: 'sm', cell: ({ created }) => <Time at={created} /> },
    ...(mayManage
      ? [
          removeColumn<AppUser>({
            action: 'Unassign',
            nameOf: nameOf,
            onRemove: unassign,
            isOffered: ({ scope }) => scope === 'USER',
          }),
        ]
      : []),
  ]
  return (
    <DataTable
      label="Assigned people"
      columns={columns}
      pages={pages}
      rowKey={({ id }) => id}
      empty={
        q === '' ? (
          <Empty title="Nobody is assigned">
            Nobody can sign in to {app.label} yet. Assign people one by one, or a group: “Everyone” holds all.
          </Empty>
        ) : (
          <Empty title="Nobody matches">Names are compared from their beginning.</Empty>
        )
      }
    />
  )
}

const nameOf = ({ credentials, _embedded }: AppUser): string =>
  fullName(_embedded?.user.profile ?? {}) || credentials.userName

function PersonCell({ user }: { readonly user: AppUser }) {
  return (
    <Stack gap={0}>
      <RouterAnchor to="/directory/people/$userId" params={{ userId: user.id }} size="sm" fw={600}>
        {nameOf(user)}
      </RouterAnchor>
      <Text size="xs" c="dimmed">
        {user.credentials.userName}
      </Text>
    </Stack>
  )
}
