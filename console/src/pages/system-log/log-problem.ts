// Where the API's complaint about a question to the log belongs.
import { ApiError, sentenceOf } from '../../ui/api-error.ts'

const INVALID_FILTER = 'E0000053'
const FIELDS = ['filter', 'q', 'since', 'until'] as const
export type LogField = (typeof FIELDS)[number]

export interface LogProblem {
  readonly field: LogField
  readonly sentence: string
}

interface Typed {
  /** As the reader typed it; what was sent holds more. */
  readonly filter: string
  readonly sentFilter: string
  readonly since: string | undefined
}

/** Undefined for what no field can mend. */
export function logProblem(error: Error | null, { filter, sentFilter, since }: Typed): LogProblem | undefined {
  if (!(error instanceof ApiError) || error.status !== 400) return undefined
  const named = FIELDS.find((field) => error.causes.some((cause) => cause.field === field))
  if (named !== undefined) return { field: named, sentence: sentenceOf(error) }
  if (error.code !== INVALID_FILTER) return undefined
  if (since !== undefined && error.message === `Invalid filter '${since}'`)
    return { field: 'since', sentence: 'The log can be asked for the last 180 days.' }
  return { field: 'filter', sentence: error.message.replace(sentFilter, () => filter) }
}
