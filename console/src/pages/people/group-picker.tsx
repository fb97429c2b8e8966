import { useState } from 'react'
import { useGroupSearch } from '../../api/groups.ts'
import { type Choice, SearchPicker } from '../../ui/search-picker.tsx'

interface GroupPickerProps {
  /** Ids. */
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  readonly error?: React.ReactNode
}

/** Groups by the beginning of their names. Everybody is in the built-in one already. */
export function GroupPicker({ value, onChange, error }: GroupPickerProps) {
  const [q, setQ] = useState('')
  const [known, setKnown] = useState<readonly Choice[]>([])
  const found = useGroupSearch(q)
  const offered = (found.data ?? [])
    .filter(({ type }) => type === 'OKTA_GROUP')
    .map(({ id, profile }) => ({ value: id, label: profile.name }))
  const chosen = value.map((id) => known.find((one) => one.value === id) ?? { value: id, label: id })
  return (
    <SearchPicker
      label="Groups"
      placeholder="Search groups by the beginning of the name"
      value={value}
      chosen={chosen}
      found={offered}
      isSearching={found.isFetching}
      onSearch={setQ}
      onChange={(ids) => {
        setKnown([...chosen, ...offered])
        onChange(ids)
      }}
      error={error}
    />
  )
}
