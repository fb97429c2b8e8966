import { Select } from '@mantine/core'
import { useState } from 'react'
import { useAppChoices } from '../../api/apps.ts'

interface AppFilterProps {
  /** The app's id; empty for all. */
  readonly value: string
  readonly onChange: (appId: string) => void
}

export function AppFilter({ value, onChange }: AppFilterProps) {
  const [text, setText] = useState('')
  const choices = useAppChoices(value, text)
  return (
    <Select
      aria-label="App"
      placeholder="All apps"
      data={choices.map(({ id, label }) => ({ value: id, label }))}
      value={value === '' ? null : value}
      onChange={(appId) => onChange(appId ?? '')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'All apps' }}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage="No app of that name"
      w={{ base: '100%', sm: 280 }}
    />
  )
}
