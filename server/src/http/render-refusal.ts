// Any error → Okta's five-key body (spec: 9.2). What is no refusal is an internal error: its cause goes to the operator's log alone.
import type { RandomBytes } from '#kernel/id.ts'
import { randomBase62 } from '#kernel/id.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { type Answer, json, RETRY_SOON } from './answer.ts'
import { OKTA_ERRORS } from './okta-errors.ts'

const ERROR_ID_RANDOM = 22

export function renderRefusal(refusal: Refusal, random: RandomBytes): Answer {
  const { errorCode, status, summary } = OKTA_ERRORS[refusal.code]
  const body = {
    errorCode,
    errorSummary: summary.replace('{0}', () => refusal.facts.subject ?? ''),
    errorLink: errorCode,
    errorId: `oae${randomBase62(random, ERROR_ID_RANDOM)}`,
    errorCauses: causesOf(refusal),
  }
  return json(status, body, refusal.code === 'overloaded' ? { headers: RETRY_SOON } : {})
}

const causesOf = ({ facts: { causes = [], located = [] } }: Refusal) => [
  ...causes.map((errorSummary) => ({ errorSummary })),
  ...located.map(({ sentence, reason, url }) => ({
    errorSummary: sentence,
    reason,
    location: url,
    locationType: 'url',
  })),
]

interface FastifyErrorShape {
  readonly code?: string
  readonly statusCode?: number
  readonly validation?: readonly {
    readonly instancePath: string
    readonly message?: string
    readonly params?: object
  }[]
}

/** Names what the framework and the store throw in our own codes. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof Error)) return new Refusal('internal', {}, { cause: error })
  if (error.name === 'StoreUnavailable') return new Refusal('overloaded', {}, { cause: error })
  if (error.name === 'UnstorableText') return invalid('text', 'text: The field contains a character that is not valid')
  const shape = error as Error & FastifyErrorShape
  const complaint = shape.validation?.[0]
  if (complaint) return validationRefusal(complaint)
  if (shape.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('payload_too_large')
  if (shape.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Refusal('unsupported_media_type')
  if (shape.statusCode !== undefined && shape.statusCode < 500)
    return new Refusal('malformed_body', {}, { cause: error })
  return new Refusal('internal', {}, { cause: error })
}

function validationRefusal(complaint: NonNullable<FastifyErrorShape['validation']>[number]): Refusal {
  const missing =
    complaint.params && 'missingProperty' in complaint.params ? `/${String(complaint.params.missingProperty)}` : ''
  const path = `${complaint.instancePath}${missing}`.split('/').filter(Boolean)
  const field = path.findLast((part) => !/^\d+$/.test(part)) ?? 'body'
  const sentence = missing ? 'The field cannot be left blank' : `The field ${complaint.message ?? 'is not valid'}`
  return new Refusal('validation_failed', { subject: field, causes: [`${field}: ${sentence}`] })
}
