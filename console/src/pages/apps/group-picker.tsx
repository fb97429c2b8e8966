import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useGroupSearch } from '../../api/groups.ts'

interface GroupPickerProps {
  /** Ids. */
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}

const PAUSE_MILLISECONDS = 200

/** Groups by the beginning of their names; those that were chosen stay. */
export function GroupPicker({ value, onChange }: GroupPickerProps) {
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, PAUSE_MILLISECONDS)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const found = useGroupSearch(query)
  const offered = (found.data ?? []).map(({ id, profile }) => ({ value: id, label: profile.name }))
  const chosen = value.map((id) => ({ value: id, label: names.get(id) ?? id }))
  const data = [...chosen, ...offered.filter((one) => !value.includes(one.value))]
  return (
    <MultiSelect
      label="Selected groups"
      placeholder={value.length === 0 ? 'Search groups' : undefined}
      data={data}
      value={[...value]}
      onChange={(ids) => {
        setNames(new Map(data.map((one) => [one.value, one.label])))
        onChange(ids)
      }}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={found.isFetching ? 'Searching…' : 'No group of that name'}
      maw={520}
    />
  )
}
