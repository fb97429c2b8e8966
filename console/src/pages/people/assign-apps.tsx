import { useState } from 'react'
import { useAppSearch } from '../../api/apps.ts'
import { assignUser } from '../../api/assignments.ts'
import type { User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

interface AssignAppsProps {
  readonly user: User
  /** Ids of the apps that are the person's own already. */
  readonly known: ReadonlySet<string>
  readonly onClose: () => void
}

export function AssignApps({ user, known, onClose }: AssignAppsProps) {
  const [q, setQ] = useState('')
  const found = useAppSearch(q)
  return (
    <PickDialog
      title={`Assign applications to ${userName(user)}`}
      label="Search apps by the beginning of the name"
      action="Assign"
      done="Assigned"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={({ label }) => label}
      onPick={(app) => assignUser(app.id, user.id)}
      onClose={onClose}
    />
  )
}
