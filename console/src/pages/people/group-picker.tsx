import { useState } from 'react'
import { useGroupSearch } from '../../api/groups.ts'
import { SearchPicker } from '../../ui/search-picker.tsx'

interface GroupPickerProps {
  /** Ids. */
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  readonly error?: React.ReactNode
}

/** Groups by the beginning of their names. Everybody is in the built-in one already. */
export function GroupPicker({ value, onChange, error }: GroupPickerProps) {
  const [q, setQ] = useState('')
  const found = useGroupSearch(q)
  return (
    <SearchPicker
      label="Groups"
      placeholder="Search groups by the beginning of the name"
      value={value}
      found={(found.data ?? [])
        .filter(({ type }) => type === 'OKTA_GROUP')
        .map(({ id, profile }) => ({ value: id, label: profile.name }))}
      isSearching={found.isFetching}
      onSearch={setQ}
      onChange={onChange}
      error={error}
    />
  )
}
