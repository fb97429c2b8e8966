// The order of policies and rules, in which what belongs to the system stays last.
import type { Unit } from '#db/unit.ts'
import { moved, placed } from '#kernel/priority.ts'

interface Ordered {
  readonly id: string
  readonly priority: number
  readonly system: boolean
}

/** The list with the item at the place that it wishes for, and the system's own behind all of them. */
export function ordered<T extends Ordered>(list: readonly T[], item: T, wish: number | undefined): readonly T[] {
  const free = list.filter(({ system }) => !system)
  const own = list.filter(({ system, id }) => system && id !== item.id)
  return item.system ? numbered([...free, item]) : numbered([...placed(free, item, wish), ...own])
}

const numbered = <T extends Ordered>(list: readonly T[]): readonly T[] =>
  list.map((one, at) => ({ ...one, priority: at + 1 }))

/** Writes the places of the others, where they are new. */
export function* writeOrder<T extends Ordered>(
  before: readonly T[],
  after: readonly T[],
  write: (one: T) => Unit<void>,
): Unit<void> {
  for (const one of moved(before, after)) yield* write(one)
}
