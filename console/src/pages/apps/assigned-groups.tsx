import { type AppGroup, assignGroup, unassignGroup, useAppGroups } from '../../api/assignments.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { removeColumn } from '../../ui/remove-column.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

const nameOf = ({ id, _embedded }: AppGroup): string => _embedded?.group.profile.name ?? id

export function AssignedGroups({ app, q }: { readonly app: App; readonly q: string }) {
  const pages = useAppGroups(app.id, q)
  const mayManage = useMay('okta.apps.manage')

  async function unassign(group: AppGroup): Promise<void> {
    await unassignGroup(app.id, group.id)
    notifyDone(`${nameOf(group)} is unassigned.`, () => assignGroup(app.id, group.id))
  }

  const columns: readonly Column<AppGroup>[] = [
    {
      key: 'group',
      header: 'Group',
      cell: (group) => (
        <RouterAnchor to="/directory/groups/$groupId" params={{ groupId: group.id }} size="sm" fw={600}>
          {nameOf(group)}
        </RouterAnchor>
      ),
    },
    { key: 'priority', header: 'Priority', width: 90, visibleFrom: 'xs', cell: ({ priority }) => priority },
    {
      key: 'since',
      header: 'Changed',
      width: 190,
      visibleFrom: 'sm',
      cell: ({ lastUpdated }) => <Time at={lastUpdated} />,
    },
    ...(mayManage ? [removeColumn<AppGroup>({ action: 'Unassign', nameOf: nameOf, onRemove: unassign })] : []),
  ]
  return (
    <DataTable
      label="Assigned groups"
      columns={columns}
      pages={pages}
      rowKey={({ id }) => id}
      empty={
        <Empty title={q === '' ? 'No group is assigned' : 'No group matches'}>
          Everyone in an assigned group can sign in to {app.label}; who leaves the group no longer can.
        </Empty>
      }
    />
  )
}
