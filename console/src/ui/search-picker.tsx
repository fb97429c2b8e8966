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
  /** What those are called that were chosen before; what is chosen here is remembered. */
  readonly chosen?: readonly Choice[]
  readonly found: readonly Choice[]
  readonly isSearching: boolean
  /** Called once typing pauses. */
  readonly onSearch: (text: string) => void
  readonly onChange: (value: string[]) => void
  readonly error?: React.ReactNode
  readonly required?: boolean
  /** CSS pixels at most. */
  readonly width?: number
}

const PAUSE_MILLISECONDS = 200

export function SearchPicker(props: SearchPickerProps) {
  const {
    label,
    placeholder,
    value,
    chosen = [],
    found,
    isSearching,
    onSearch,
    onChange,
    error,
    required,
    width,
  } = props
  const [text, setText] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [seen, setSeen] = useState<readonly Choice[]>([])
  const search = useDebouncedCallback(onSearch, PAUSE_MILLISECONDS)
  const known = [...chosen, ...seen]
  const named = value.map((id) => known.find((one) => one.value === id) ?? { value: id, label: id })
  const data = [...named, ...found.filter((one) => !value.includes(one.value))]
  return (
    <MultiSelect
      label={label}
      placeholder={value.length === 0 ? placeholder : undefined}
      data={data}
      value={[...value]}
      onChange={(ids) => {
        setSeen(data)
        onChange(ids)
        // It would lie over the buttons below.
        setIsOpen(false)
      }}
      searchable
      searchValue={text}
      onSearchChange={(typed) => {
        setText(typed)
        search(typed.trim())
        if (typed !== '') setIsOpen(true)
      }}
      filter={({ options }) => options}
      hidePickedOptions
      dropdownOpened={isOpen}
      onDropdownOpen={() => setIsOpen(true)}
      onDropdownClose={() => setIsOpen(false)}
      nothingFoundMessage={isSearching ? 'Searching…' : 'Nothing of that name'}
      error={error}
      required={required}
      maw={width}
    />
  )
}
