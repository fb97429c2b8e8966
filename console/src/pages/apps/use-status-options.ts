import { useCounts } from '../../api/counts.ts'
import { withCount } from '../../ui/with-count.ts'

/** The statuses to choose from, with how many apps each has. */
export function useStatusOptions(): { value: string; label: string }[] {
  const apps = useCounts()?.apps
  return [
    { value: '', label: withCount('All', apps && apps.active + apps.inactive) },
    { value: 'ACTIVE', label: withCount('Active', apps?.active) },
    { value: 'INACTIVE', label: withCount('Inactive', apps?.inactive) },
  ]
}
