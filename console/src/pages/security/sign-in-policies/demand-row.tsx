import { Group, SegmentedControl, Text } from '@mantine/core'
import { useId } from 'react'
import { DEMANDS, type Demand } from './enrollment-values.ts'

const WORDS: Readonly<Record<Demand, string>> = {
  REQUIRED: 'Required',
  OPTIONAL: 'Optional',
  NOT_ALLOWED: 'Not allowed',
}

interface DemandRowProps {
  readonly label: string
  readonly about: string
  readonly value?: Demand
  readonly onChange?: (demand: Demand) => void
}

/** Whether one authenticator must, may or may not be set up. */
export function DemandRow({ label, about, value = 'NOT_ALLOWED', onChange }: DemandRowProps) {
  const id = useId()
  return (
    <Group justify="space-between" gap="xs">
      <div style={{ flex: '1 1 200px' }}>
        <Text size="sm" fw={500} id={id}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </div>
      <SegmentedControl<Demand>
        aria-labelledby={id}
        size="xs"
        styles={{ label: { paddingInline: 5 } }}
        value={value}
        data={DEMANDS.map((demand) => ({ value: demand, label: WORDS[demand] }))}
        onChange={(chosen) => onChange?.(chosen)}
      />
    </Group>
  )
}
