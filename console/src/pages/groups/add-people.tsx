import { useState } from 'react'
import { addMember } from '../../api/memberships.ts'
import type { Group } from '../../api/types.ts'
import { userName, useUserSearch } from '../../api/users.ts'
import { PickDialog } from '../../ui/pick-dialog.tsx'

interface AddPeopleProps {
  readonly group: Group
  /** Ids of those who are known to be in it. */
  readonly known: ReadonlySet<string>
  readonly onClose: () => void
}

export function AddPeople({ group, known, onClose }: AddPeopleProps) {
  const [q, setQ] = useState('')
  const found = useUserSearch(q)
  return (
    <PickDialog
      title={`Add people to ${group.profile.name}`}
      label="Search people by the beginning of a name or email"
      action="Add"
      done="In the group"
      found={found}
      onSearch={setQ}
      known={known}
      nameOf={userName}
      describe={({ profile }) => profile.login}
      onPick={({ id }) => addMember(group.id, id)}
      onClose={onClose}
    />
  )
}
