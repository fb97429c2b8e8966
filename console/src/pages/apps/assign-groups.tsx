import { useState } from 'react'
import { assignGroup, useAppGroups } from '../../api/assignments.ts'
import { useGroupSearch } from '../../api/groups.ts'
import type { App } from '../../api/types.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

export function AssignGroups({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const [q, setQ] = useState('')
  const found = useGroupSearch(q)
  // As far as they have been shown.
  const known = new Set(useAppGroups(app.id, '').rows.map(({ id }) => id))
  return (
    <PickDialog
      title={`Assign ${app.label} to groups`}
      label="Search groups by the beginning of the name"
      action="Assign"
      done="Assigned"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={({ profile }) => profile.name}
      describe={({ profile }) => profile.description}
      onPick={(group) => assignGroup(app.id, group.id)}
      onClose={onClose}
    />
  )
}
