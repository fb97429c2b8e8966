import { useCounts } from '../../api/counts.ts'
import { STATUS_WORDS } from '../../api/user-status.ts'

/** The statuses to choose from, with how many people each has where that is known. */
export function useStatusOptions(): { value: string; label: string }[] {
  const users = useCounts()?.users
  const counted = (label: string, count: number) => (users ? `${label} (${count.toLocaleString()})` : label)
  return [
    { value: '', label: counted('Everyone', users?.total ?? 0) },
    ...Object.entries(STATUS_WORDS).map(([value, label]) => ({
      value,
      label: counted(label, users?.byStatus[value] ?? 0),
    })),
  ]
}
