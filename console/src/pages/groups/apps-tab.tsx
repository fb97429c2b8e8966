import { Button, Group as Row, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useAppsOfGroup } from '../../api/apps.ts'
import { assignGroup, unassignGroup } from '../../api/assignments.ts'
import { useMay } from '../../api/me.ts'
import type { App, Group } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AssignApps } from './assign-apps.tsx'

export function AppsTab({ group }: { readonly group: Group }) {
  const pages = useAppsOfGroup(group.id)
  const mayManage = useMay('okta.apps.manage')
  const [isAssigning, setAssigning] = useState(false)

  async function unassign(app: App): Promise<void> {
    await unassignGroup(app.id, group.id)
    notifyDone(`${app.label} is taken from ${group.profile.name}.`, () => assignGroup(app.id, group.id))
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
    { key: 'status', header: 'Status', width: 100, cell: (app) => <StatusBadge status={app.status} /> },
    ...(mayManage ? [removeColumn<App>({ action: 'Unassign', nameOf: ({ label }) => label, onRemove: unassign })] : []),
  ]
  return (
    <Stack>
      <Row justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          Everybody in {group.profile.name} can sign in to these apps. Who loses an app by it loses its tokens, too.
        </Text>
        {assign}
      </Row>
      <DataTable
        label="Applications"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No applications" action={assign}>
            An app that is assigned here is open to everybody in {group.profile.name}, now and later.
          </Empty>
        }
      />
      {isAssigning && (
        <AssignApps group={group} known={new Set(pages.rows.map(({ id }) => id))} onClose={() => setAssigning(false)} />
      )}
    </Stack>
  )
}
