// How things ended, in the three ways that a reader looks for.
import type { LogEvent } from '../../api/types.ts'

type Outcome = LogEvent['outcome']['result']

export interface OutcomeGroup {
  readonly value: string
  readonly label: string
  readonly color: string
  readonly striped?: boolean
  readonly outcomes: readonly Outcome[]
}

export const OUTCOME_GROUPS: readonly OutcomeGroup[] = [
  {
    value: 'succeeded',
    label: 'Succeeded',
    color: 'var(--mantine-color-teal-6)',
    outcomes: ['SUCCESS', 'ALLOW'],
  },
  {
    value: 'refused',
    label: 'Refused',
    color: 'var(--mantine-color-red-6)',
    striped: true,
    outcomes: ['FAILURE', 'DENY', 'RATE_LIMIT'],
  },
  {
    value: 'other',
    label: 'Other',
    color: 'var(--mantine-color-gray-5)',
    outcomes: ['CHALLENGE', 'SKIPPED', 'UNKNOWN'],
  },
]
