import { Tooltip } from '@mantine/core'

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const TO_THE_SECOND = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

interface TimeProps {
  readonly at: string | null | undefined
  readonly none?: string
  /** Shows seconds, and no year. */
  readonly seconds?: boolean
}

/** A time of the API in the reader's own zone; the exact one on hover. Null is never. */
export function Time({ at, none = 'never', seconds = false }: TimeProps) {
  if (at === null || at === undefined) return none
  const date = new Date(at)
  return (
    <Tooltip label={`${EXACT.format(date)} · ${at}`} withArrow>
      <time dateTime={at}>{(seconds ? TO_THE_SECOND : DAY).format(date)}</time>
    </Tooltip>
  )
}
