// Several things out of many: searched by name as one types; those that were chosen stay.
import { MultiSelect } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface SearchPickerProps {
  readonly label: string
  readonly placeholder: string
  readonly value: readonly string[]
  /** What those that are chosen are called. */
  readonly chosen: readonly Choice[]
  readonly found: readonly Choice[]
  readonly isSearching: boolean
  /** Called once typing pauses. */
  readonly onSearch: (text: string) => void
  readonly onChange: (value: string[]) => void
  readonly error?: React.ReactNode
  readonly required?: boolean
}

const PAUSE_MILLISECONDS = 200

export function SearchPicker(props: SearchPickerProps) {
  const { label, placeholder, value, chosen, found, isSearching, onSearch, onChange, error, required } = props
  const [text, setText] = useState('')
  const search = useDebouncedCallback(onSearch, PAUSE_MILLISECONDS)
  const data = [...chosen, ...found.filter((one) => !value.includes(one.value))]
  return (
    <MultiSelect
      label={label}
      placeholder={value.length === 0 ? placeholder : undefined}
      data={data}
      value={[...value]}
      onChange={onChange}
      searchable
      searchValue={text}
      onSearchChange={(typed) => {
        setText(typed)
        search(typed.trim())
      }}
      filter={({ options }) => options}
      hidePickedOptions
      nothingFoundMessage={isSearching ? 'Searching…' : 'Nothing of that name'}
      error={error}
      required={required}
    />
  )
}
