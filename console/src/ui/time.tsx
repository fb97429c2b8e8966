import { Tooltip } from '@mantine/core'

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

interface TimeProps {
  readonly at: string | null | undefined
  readonly none?: string
  /** Shows seconds too. */
  readonly exact?: boolean
}

/** A time of the API in the reader's own zone; the exact one on hover. Null is never. */
export function Time({ at, none = 'never', exact = false }: TimeProps) {
  if (at === null || at === undefined) return none
  const date = new Date(at)
  return (
    <Tooltip label={`${EXACT.format(date)} · ${at}`} withArrow>
      <time dateTime={at}>{(exact ? EXACT : DAY).format(date)}</time>
    </Tooltip>
  )
}
