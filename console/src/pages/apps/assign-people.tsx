import { useState } from 'react'
import { assignUser, useAppUsers } from '../../api/assignments.ts'
import type { App } from '../../api/types.ts'
import { userName, useUserSearch } from '../../api/users.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

export function AssignPeople({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const [q, setQ] = useState('')
  const found = useUserSearch(q)
  // As far as they have been shown.
  const known = new Set(useAppUsers(app.id, '').rows.map(({ id }) => id))
  return (
    <PickDialog
      title={`Assign ${app.label} to people`}
      label="Search people by the beginning of a name or email"
      action="Assign"
      done="Assigned"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={userName}
      describe={({ profile }) => profile.login}
      onPick={(user) => assignUser(app.id, user.id)}
      onClose={onClose}
    />
  )
}
