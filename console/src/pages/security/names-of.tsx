import { type Kind, useNames } from '../../api/names.ts'

interface NamesOfProps {
  readonly kind: Kind
  readonly ids: readonly string[]
}

const SHOWN = 3

/** What the things of those ids are called: the first few, and how many more there are. */
export function NamesOf({ kind, ids }: NamesOfProps) {
  const names = useNames(kind, ids.slice(0, SHOWN))
  const rest = ids.length - names.length
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
