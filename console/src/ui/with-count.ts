/** A choice with how many there are of it, where that is known. */
export const withCount = (label: string, count: number | undefined): string =>
  count === undefined ? label : `${label} (${count.toLocaleString()})`
