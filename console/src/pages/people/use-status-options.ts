import { useCounts } from '../../api/counts.ts'
import { STATUS_WORDS } from '../../api/user-status.ts'
import { withCount } from '../../ui/with-count.ts'

/** The statuses to choose from, with how many people each has where that is known. */
export function useStatusOptions(): { value: string; label: string }[] {
  const users = useCounts()?.users
  return [
    { value: '', label: withCount('Everyone', users?.total) },
    ...Object.entries(STATUS_WORDS).map(([value, label]) => ({
      value,
      label: withCount(label, users && (users.byStatus[value] ?? 0)),
    })),
  ]
}
