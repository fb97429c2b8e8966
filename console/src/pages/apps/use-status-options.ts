import { useCounts } from '../../api/counts.ts'

/** The statuses to choose from, with how many apps each has. */
export function useStatusOptions(): { value: string; label: string }[] {
  const apps = useCounts()?.apps
  const counted = (label: string, count: number | undefined) => (count === undefined ? label : `${label} (${count})`)
  return [
    { value: '', label: counted('All', apps && apps.active + apps.inactive) },
    { value: 'ACTIVE', label: counted('Active', apps?.active) },
    { value: 'INACTIVE', label: counted('Inactive', apps?.inactive) },
  ]
}
