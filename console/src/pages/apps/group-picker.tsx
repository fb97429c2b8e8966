import { useState } from 'react'
import { useGroupSearch } from '../../api/groups.ts'
import { SearchPicker } from '../../ui/search-picker.tsx'

interface GroupPickerProps {
  /** Ids. */
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}

export function GroupPicker({ value, onChange }: GroupPickerProps) {
  const [q, setQ] = useState('')
  const found = useGroupSearch(q)
  return (
    <SearchPicker
      label="Selected groups"
      placeholder="Search groups by the beginning of the name"
      value={value}
      found={(found.data ?? []).map(({ id, profile }) => ({ value: id, label: profile.name }))}
      isSearching={found.isFetching}
      onSearch={setQ}
      onChange={onChange}
      width={520}
    />
  )
}
