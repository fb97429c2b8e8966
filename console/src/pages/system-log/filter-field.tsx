import { Button, CloseButton, Group, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { FilterHelp } from './filter-help.tsx'

interface FilterFieldProps {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (filter: string) => void
}

/** A filter is asked for when it is finished: by Enter, or when the field is left. */
export function FilterField({ value, error, onChange }: FilterFieldProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const apply = () => typed.trim() !== value && onChange(typed.trim())
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label="Filter"
          placeholder='Filter, such as eventType eq "user.session.start"'
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={apply}
          error={error}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: typed === '' ? undefined : 'var(--mantine-font-family-monospace)' } }}
          rightSection={
            typed === '' ? undefined : (
              <CloseButton
                size="sm"
                aria-label="Clear filter"
                onClick={() => {
                  setTyped('')
                  onChange('')
                }}
              />
            )
          }
        />
        {typed.trim() !== value && (
          <Button type="submit" variant="default">
            Apply
          </Button>
        )}
        <FilterHelp onChoose={onChange} />
      </Group>
    </form>
  )
}
