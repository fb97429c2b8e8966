import { Button, Group as Row, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { addMember, removeMember, useGroupsOf } from '../../api/memberships.ts'
import type { Group, User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { AddToGroups } from './add-to-groups.tsx'

export function GroupsTab({ user }: { readonly user: User }) {
  const pages = wholeList(useGroupsOf(user.id))
  const mayManage = useMay('okta.groups.manage')
  const [isAdding, setAdding] = useState(false)

  async function remove({ id, profile }: Group): Promise<void> {
    await removeMember(id, user.id)
    notifyDone(`${userName(user)} is out of ${profile.name}.`, () => addMember(id, user.id))
  }
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      Add to groups
    </Button>
  )
  const columns: readonly Column<Group>[] = [
    {
      key: 'group',
      header: 'Group',
      cell: ({ id, profile }) => (
        <Stack gap={0}>
          <RouterAnchor to="/directory/groups/$groupId" params={{ groupId: id }} size="sm" fw={600}>
            {profile.name}
          </RouterAnchor>
          {profile.description && (
            <Text size="xs" c="dimmed">
              {profile.description}
            </Text>
          )}
        </Stack>
      ),
    },
    ...(mayManage
      ? [
          removeColumn<Group>({
            action: 'Remove from',
            nameOf: ({ profile }) => profile.name,
            onRemove: remove,
            isOffered: ({ type }) => type === 'OKTA_GROUP',
          }),
        ]
      : []),
  ]
  return (
    <Stack>
      <Row justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          A group gives its people the apps that are assigned to it. Everybody is in “Everyone”.
        </Text>
        {add}
      </Row>
      <DataTable
        label="Groups"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No groups" action={add}>
            {userName(user)} is in no group.
          </Empty>
        }
      />
      {isAdding && (
        <AddToGroups user={user} known={new Set(pages.rows.map(({ id }) => id))} onClose={() => setAdding(false)} />
      )}
    </Stack>
  )
}
