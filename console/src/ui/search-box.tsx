import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useState } from 'react'

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly error?: React.ReactNode
  /** Called once typing pauses. */
  readonly onSearch: (text: string) => void
}

const PAUSE_MILLISECONDS = 250

export function SearchBox({ label, value, error, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const search = useDebouncedCallback(onSearch, PAUSE_MILLISECONDS)
  function type(text: string): void {
    setTyped(text)
    search(text.trim())
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      error={error}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<Search size={16} aria-hidden="true" />}
      rightSection={typed === '' ? undefined : <CloseButton size="sm" aria-label="Clear" onClick={() => type('')} />}
      w={360}
      maw="100%"
    />
  )
}
