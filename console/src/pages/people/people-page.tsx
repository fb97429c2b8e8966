import { Box, Group, Select, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useMay } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import { STATUS_WORDS } from '../../api/user-status.ts'
import { userName, useUsers } from '../../api/users.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { RouterButton } from '../../ui/router-button.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { Time } from '../../ui/time.tsx'
import { peopleSearch } from './people-search.ts'
import { useStatusOptions } from './use-status-options.ts'

export function PeoplePage() {
  const { q = '', status = '' } = useSearch({ from: '/frame/directory/people' })
  const navigate = useNavigate({ from: '/directory/people' })
  const pages = useUsers(peopleSearch(q, status))
  const options = useStatusOptions()
  const mayManage = useMay('okta.users.manage')
  const look = (next: { readonly q?: string; readonly status?: string }) => {
    const wanted = { q, status, ...next }
    void navigate({ search: { q: wanted.q || undefined, status: wanted.status || undefined }, replace: true })
  }
  const add = mayManage && (
    <RouterButton to="/directory/people/new" leftSection={<UserPlus size={16} />}>
      Add person
    </RouterButton>
  )
  return (
    <Page title="People" description="Everybody who may sign in here, from whichever app they come." actions={add}>
      <Group gap="sm">
        <SearchBox label="Search by name, username or email" value={q} onSearch={(text) => look({ q: text })} />
        <Select
          aria-label="Status"
          data={options}
          value={status}
          onChange={(value) => look({ status: value ?? '' })}
          allowDeselect={false}
          w={230}
        />
      </Group>
      <DataTable
        label="People"
        columns={COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          q === '' && status === '' ? (
            <Empty title="Nobody here yet" action={add}>
              People sign in to your apps with an account of this directory. Add the first one.
            </Empty>
          ) : (
            <Empty title="Nobody matches" action={<RouterAnchor to="/directory/people">Show everyone</RouterAnchor>}>
              First name, last name, username and email are compared from their beginning; the status filter counts,
              too.
            </Empty>
          )
        }
      />
    </Page>
  )
}

const COLUMNS: readonly Column<User>[] = [
  { key: 'person', header: 'Person', cell: (user) => <Person user={user} /> },
  { key: 'email', header: 'Primary email', visibleFrom: 'md', cell: ({ profile }) => String(profile.email ?? '') },
  {
    key: 'status',
    header: 'Status',
    width: 190,
    visibleFrom: 'xs',
    cell: ({ status }) => <StatusBadge status={status} label={STATUS_WORDS[status]} />,
  },
  {
    key: 'login',
    header: 'Last login',
    width: 190,
    visibleFrom: 'sm',
    cell: ({ lastLogin }) => <Time at={lastLogin} />,
  },
]

function Person({ user }: { readonly user: User }) {
  return (
    <Stack gap={0}>
      <RouterAnchor to="/directory/people/$userId" params={{ userId: user.id }} size="sm" fw={600}>
        {userName(user)}
      </RouterAnchor>
      <Text size="xs" c="dimmed">
        {user.profile.login}
      </Text>
      <Box hiddenFrom="xs" pt={2}>
        <StatusBadge status={user.status} label={STATUS_WORDS[user.status]} />
      </Box>
    </Stack>
  )
}
