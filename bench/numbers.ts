/** The middle of these values; NaN of none. */
export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b)
  const upper = ascending[Math.floor(ascending.length / 2)] ?? Number.NaN
  const lower = ascending[Math.floor((ascending.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}
