import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useAppsOfUser } from '../../api/apps.ts'
import { assignUser, unassignUser } from '../../api/assignments.ts'
import { useMay } from '../../api/me.ts'
import type { App, User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AssignApps } from './assign-apps.tsx'

export function AppsTab({ user }: { readonly user: User }) {
  const pages = useAppsOfUser(user.id)
  const mayManage = useMay('okta.apps.manage') && user.status !== 'DEPROVISIONED'
  const [isAssigning, setAssigning] = useState(false)

  async function unassign(app: App): Promise<void> {
    await unassignUser(app.id, user.id)
    notifyDone(`${app.label} is taken from ${userName(user)}.`, () => assignUser(app.id, user.id))
  }
  const assign = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setAssigning(true)}>
      Assign applications
    </Button>
  )
  const columns: readonly Column<App>[] = [
    {
      key: 'app',
      header: 'Application',
      cell: ({ id, label }) => (
        <RouterAnchor
          to="/app/oidc_client/instance/$appId"
          params={{ appId: id }}
          search={{ tab: 'assignments' }}
          size="sm"
          fw={600}
        >
          {label}
        </RouterAnchor>
      ),
    },
    {
      key: 'how',
      header: 'Assigned',
      width: 130,
      cell: (app) => (
        <Badge variant="default" tt="none" radius="sm">
          {isDirect(app) ? 'Individually' : 'By a group'}
        </Badge>
      ),
    },
    {
      key: 'status',
      header: 'Status',
      width: 100,
      visibleFrom: 'xs',
      cell: (app) => <StatusBadge status={app.status} />,
    },
    ...(mayManage
      ? [
          removeColumn<App>({
            action: 'Unassign',
            nameOf: ({ label }) => label,
            onRemove: unassign,
            isOffered: isDirect,
          }),
        ]
      : []),
  ]
  return (
    <Stack>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          The apps that {userName(user)} can sign in to. What a group gives is taken away in the group.
        </Text>
        {assign}
      </Group>
      <DataTable
        label="Applications"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No applications" action={assign}>
            {userName(user)} can sign in to no app yet. Assign one here, or a group that brings its apps along.
          </Empty>
        }
      />
      {isAssigning && (
        <AssignApps
          user={user}
          known={new Set(pages.rows.filter(isDirect).map(({ id }) => id))}
          onClose={() => setAssigning(false)}
        />
      )}
    </Stack>
  )
}

const isDirect = ({ _embedded }: App): boolean => _embedded?.user.scope === 'USER'
