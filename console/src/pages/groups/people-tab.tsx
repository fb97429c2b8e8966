import { Button, Group as Row, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { addMember, removeMember, useMembers } from '../../api/memberships.ts'
import type { Group, User } from '../../api/types.ts'
import { STATUS_WORDS } from '../../api/user-status.ts'
import { userName } from '../../api/users.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AddPeople } from './add-people.tsx'
import { isOpen } from './group-types.ts'

export function PeopleTab({ group }: { readonly group: Group }) {
  const { q = '' } = useSearch({ from: '/frame/directory/groups/$groupId' })
  const navigate = useNavigate({ from: '/directory/groups/$groupId' })
  const pages = useMembers(group.id, q)
  const mayManage = useMay('okta.groups.manage') && isOpen(group)
  const [isAdding, setAdding] = useState(false)

  async function remove(user: User): Promise<void> {
    await removeMember(group.id, user.id)
    notifyDone(`${userName(user)} is out of ${group.profile.name}.`, () => addMember(group.id, user.id))
  }
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      Add people
    </Button>
  )
  const columns: readonly Column<User>[] = [
    {
      key: 'person',
      header: 'Person',
      cell: (user) => (
        <Stack gap={0}>
          <RouterAnchor to="/directory/people/$userId" params={{ userId: user.id }} size="sm" fw={600}>
            {userName(user)}
          </RouterAnchor>
          <Text size="xs" c="dimmed">
            {user.profile.login}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'status',
      header: 'Status',
      width: 190,
      visibleFrom: 'xs',
      cell: ({ status }) => <StatusBadge status={status} label={STATUS_WORDS[status]} />,
    },
    ...(mayManage ? [removeColumn<User>({ action: 'Remove', nameOf: userName, onRemove: remove })] : []),
  ]
  return (
    <Stack>
      <Row justify="space-between" gap="sm">
        <SearchBox
          label="Search by the beginning of a name or email"
          value={q}
          onSearch={(text) =>
            void navigate({ search: (before) => ({ ...before, q: text === '' ? undefined : text }), replace: true })
          }
        />
        {add}
      </Row>
      {group.type === 'BUILT_IN' && (
        <Text size="sm" c="dimmed">
          This group is built in: it holds every person of the org, and nobody is added or removed by hand.
        </Text>
      )}
      <DataTable
        label="People"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          q === '' ? (
            <Empty title="Nobody is in this group" action={add}>
              Whoever is added gets the apps that are assigned to the group.
            </Empty>
          ) : (
            <Empty title="Nobody matches">First name, last name and email are compared from their beginning.</Empty>
          )
        }
      />
      {isAdding && (
        <AddPeople group={group} known={new Set(pages.rows.map(({ id }) => id))} onClose={() => setAdding(false)} />
      )}
    </Stack>
  )
}
