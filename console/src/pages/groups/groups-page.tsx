import { Badge, Button, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useGroups } from '../../api/groups.ts'
import { useMay } from '../../api/me.ts'
import type { Group } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { GroupForm } from './group-form.tsx'
import { GROUP_TYPE_WORDS } from './group-types.ts'

/** The dialog is named in the address, so that other places can lead to it. */
const ADD = 'add'

export function GroupsPage() {
  const { q = '', dialog } = useSearch({ from: '/frame/directory/groups' })
  const navigate = useNavigate({ from: '/directory/groups' })
  const pages = useGroups(q)
  const mayManage = useMay('okta.groups.manage')
  const look = (next: { readonly q?: string; readonly dialog?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const close = () => look({ dialog: undefined })
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => look({ dialog: ADD })}>
      Add group
    </Button>
  )
  return (
    <Page
      title="Groups"
      description="People who belong together. An app that is assigned to a group is open to all of them."
      actions={add}
    >
      <SearchBox
        label="Search by the beginning of the name"
        value={q}
        onSearch={(text) => look({ q: text === '' ? undefined : text })}
      />
      <DataTable
        label="Groups"
        columns={COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No group matches" action={<RouterAnchor to="/directory/groups">Show all groups</RouterAnchor>}>
            Names are compared from their beginning.
          </Empty>
        }
      />
      <FormDialog opened={mayManage && dialog === ADD} title="Add group" onClose={close}>
        <GroupForm
          onCancel={close}
          onSaved={({ id }) => void navigate({ to: '/directory/groups/$groupId', params: { groupId: id } })}
        />
      </FormDialog>
    </Page>
  )
}

const count = (number: number | undefined) => (number === undefined ? '' : number.toLocaleString())

const COLUMNS: readonly Column<Group>[] = [
  { key: 'group', header: 'Group', cell: (group) => <Name group={group} /> },
  {
    key: 'people',
    header: 'People',
    width: 90,
    align: 'right',
    cell: ({ _embedded }) => count(_embedded?.stats.usersCount),
  },
  {
    key: 'apps',
    header: 'Applications',
    width: 110,
    align: 'right',
    visibleFrom: 'sm',
    cell: ({ _embedded }) => count(_embedded?.stats.appsCount),
  },
  {
    key: 'type',
    header: 'Type',
    width: 130,
    visibleFrom: 'sm',
    cell: ({ type }) => (
      <Badge variant="default" tt="none" radius="sm">
        {GROUP_TYPE_WORDS[type]}
      </Badge>
    ),
  },
]

function Name({ group: { id, profile } }: { readonly group: Group }) {
  return (
    <Stack gap={0}>
      <RouterAnchor to="/directory/groups/$groupId" params={{ groupId: id }} size="sm" fw={600}>
        {profile.name}
      </RouterAnchor>
      {profile.description && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {profile.description}
        </Text>
      )}
    </Stack>
  )
}
