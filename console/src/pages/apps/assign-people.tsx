import { Text } from '@mantine/core'
import { useState } from 'react'
import { assignUser, useAssignedIds } from '../../api/assignments.ts'
import type { App, User } from '../../api/types.ts'
import { useUserSearch } from '../../api/user-search.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

const nameOf = ({ profile }: User): string =>
  `${profile.firstName ?? ''} ${profile.lastName ?? ''}`.trim() || profile.login

export function AssignPeople({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const [q, setQ] = useState('')
  const found = useUserSearch(q)
  const known = useAssignedIds(app.id, 'users')
  return (
    <PickDialog
      title={`Assign ${app.label} to people`}
      label="Search people by name or login"
      action="Assign"
      done="Assigned"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={nameOf}
      describe={(user) => (
        <Text size="xs" c="dimmed">
          {user.profile.login}
        </Text>
      )}
      onPick={(user) => assignUser(app.id, user.id)}
      onClose={onClose}
    />
  )
}
