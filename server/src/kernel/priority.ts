// The order of policies, and of the rules of one. Pure: priorities are 1, 2, 3 … without a gap.

interface Ordered {
  readonly id: string
  readonly priority: number
}

/**
 * The list with the item at the place that it wishes for: those behind it move by one. Without a wish it keeps its place, and a new one
 * goes last.
 */
export function placed<T extends Ordered>(list: readonly T[], item: T, wish: number | undefined): readonly T[] {
  const former = list.findIndex(({ id }) => id === item.id)
  const others = list.filter(({ id }) => id !== item.id)
  const last = former === -1 ? others.length : former
  const at = wish === undefined ? last : Math.min(wish - 1, others.length)
  return numbered(others.toSpliced(at, 0, item))
}

export const without = <T extends Ordered>(list: readonly T[], id: string): readonly T[] =>
  numbered(list.filter((one) => one.id !== id))

/** Those of `after` whose priority is another than in `before`. */
export const moved = <T extends Ordered>(before: readonly T[], after: readonly T[]): readonly T[] =>
  after.filter(({ id, priority }) => before.some((former) => former.id === id && former.priority !== priority))

const numbered = <T extends Ordered>(list: readonly T[]): readonly T[] =>
  list.map((one, at) => ({ ...one, priority: at + 1 }))
