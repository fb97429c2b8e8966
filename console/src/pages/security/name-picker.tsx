import { useState } from 'react'
import { type Kind, useNameSearch, useNames } from '../../api/names.ts'
import { SearchPicker } from '../../ui/search-picker.tsx'

interface NamePickerProps {
  readonly kind: Kind
  readonly label: string
  readonly value?: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly error?: React.ReactNode
  readonly required?: boolean
}

const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  person: 'Search people',
  group: 'Search groups',
  client: 'Search apps',
}

/** People, groups or apps, by name; the value is their ids. */
export function NamePicker({ kind, value = [], ...rest }: NamePickerProps) {
  const [q, setQ] = useState('')
  const found = useNameSearch(kind, q)
  const names = useNames(kind, value)
  return (
    <SearchPicker
      {...rest}
      placeholder={PLACEHOLDERS[kind]}
      value={value}
      chosen={value.map((id, at) => ({ value: id, label: names[at] ?? id }))}
      found={(found.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      isSearching={found.isFetching}
      onSearch={setQ}
    />
  )
}
