import { useState } from 'react'
import { useAppSearch } from '../../api/apps.ts'
import { assignGroup } from '../../api/assignments.ts'
import type { Group } from '../../api/types.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

interface AssignAppsProps {
  readonly group: Group
  /** Ids of the apps that the group is known to have. */
  readonly known: ReadonlySet<string>
  readonly onClose: () => void
}

export function AssignApps({ group, known, onClose }: AssignAppsProps) {
  const [q, setQ] = useState('')
  const found = useAppSearch(q)
  return (
    <PickDialog
      title={`Assign applications to ${group.profile.name}`}
      label="Search apps by the beginning of the name"
      action="Assign"
      done="Assigned"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={({ label }) => label}
      onPick={(app) => assignGroup(app.id, group.id)}
      onClose={onClose}
    />
  )
}
