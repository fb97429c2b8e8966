import { useState } from 'react'
import { useGroupSearch } from '../../api/groups.ts'
import { addMember } from '../../api/memberships.ts'
import type { User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

interface AddToGroupsProps {
  readonly user: User
  /** Ids of the groups that the person is in already. */
  readonly known: ReadonlySet<string>
  readonly onClose: () => void
}

export function AddToGroups({ user, known, onClose }: AddToGroupsProps) {
  const [q, setQ] = useState('')
  const found = useGroupSearch(q)
  return (
    <PickDialog
      title={`Add ${userName(user)} to groups`}
      label="Search groups by the beginning of the name"
      action="Add"
      done="Added"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={({ profile }) => profile.name}
      describe={({ profile }) => profile.description}
      onPick={({ id }) => addMember(id, user.id)}
      onClose={onClose}
    />
  )
}
