import { Group, NativeSelect, TextInput } from '@mantine/core'
import type { Bounds } from '../../api/logs.ts'
import { CUSTOM, fromField, type RangeSearch, rangeOf, TIME_RANGES, toField } from './time-range.ts'

interface RangePickerProps {
  readonly search: RangeSearch
  /** What is wrong with the beginning or the end. */
  readonly errors: { readonly since?: string | undefined; readonly until?: string | undefined }
  readonly onChange: (search: RangeSearch) => void
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const CHOICES = [...TIME_RANGES.map(({ value, label }) => ({ value, label })), { value: CUSTOM, label: 'From … to …' }]

export function RangePicker({ search, errors, onChange }: RangePickerProps) {
  const { value } = rangeOf(search)
  const setCustom = ({ since, until }: Bounds) => onChange({ range: undefined, since, until })
  function choose(range: string): void {
    // The stretch that is shown now is where a reader begins to change it.
    if (range === CUSTOM) setCustom({ ...rangeOf(search).boundsAt(Date.now()), until: new Date().toISOString() })
    else onChange({ range: range === '' ? undefined : range, since: undefined, until: undefined })
  }
  return (
    <>
      <NativeSelect
        aria-label="Time range"
        data={CHOICES}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {value === CUSTOM && (
        <Group gap="xs" align="flex-start">
          <TimeField
            label="From"
            value={search.since}
            error={errors.since}
            onChange={(since) => setCustom({ since, until: search.until })}
          />
          <TimeField
            label="To"
            value={search.until}
            error={errors.until}
            onChange={(until) => setCustom({ since: search.since, until })}
          />
        </Group>
      )}
    </>
  )
}

interface TimeFieldProps {
  readonly label: string
  readonly value: string | undefined
  readonly error: string | undefined
  readonly onChange: (iso: string | undefined) => void
}

function TimeField({ label, value, error, onChange }: TimeFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      step={1}
      aria-label={`${label} (${ZONE})`}
      title={`${label} (${ZONE})`}
      key={value}
      defaultValue={toField(value)}
      error={error}
      onBlur={(event) => {
        const text = event.currentTarget.value
        if (text !== toField(value)) onChange(fromField(text))
      }}
      leftSection={label}
      leftSectionWidth={52}
    />
  )
}
