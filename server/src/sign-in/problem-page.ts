// The page for what went wrong outside of a form: an address that can't be followed, a page that is too old, a limit, a fault of ours.
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { errorPage } from '#http/pages/error-page.ts'
import type { Call } from '#http/route.ts'
import { clearDoubled } from '#http/session-cookies.ts'
import { Refusal, type RefusalCode } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'

interface Problem {
  readonly status: number
  readonly description: string
}

const EXPIRED = 'Request expired, please start over and try again.'

const PROBLEMS: Partial<Record<RefusalCode, Problem>> = {
  origin_refused: { status: 400, description: EXPIRED },
  unsupported_media_type: { status: 400, description: EXPIRED },
  payload_too_large: { status: 413, description: 'The request was too large.' },
  rate_limited: {
    status: 429,
    description: 'Too many requests at the moment. Please wait a little and try again.',
  },
  overloaded: {
    status: 503,
    description: 'The service cannot take your request at the moment. Please try again soon.',
  },
}

export function problemPage(
  deps: Pick<Deps, 'random'>,
  call: Call,
  status: number,
  errorCode: string,
  description: string,
): Answer {
  const { requestId } = call.caller.client
  const page = (nonce: string) => errorPage({ nonce, errorCode, description, requestId })
  return pageAnswer(deps.random, page, { status, cookies: clearDoubled(call) })
}

/** For a form that is not ours, or that was left open for too long. */
export const expiredPage = (deps: Pick<Deps, 'random'>, call: Call): Answer =>
  problemPage(deps, call, 400, 'invalid_request', EXPIRED)

/** A refusal as a page; what is none is a fault of ours and is answered, and logged, as everywhere. */
export function refusalPage(deps: Pick<Deps, 'random'>, error: unknown, call: Call): Answer | undefined {
  const problem = error instanceof Refusal ? PROBLEMS[error.code] : undefined
  if (!problem || !(error instanceof Refusal)) return undefined
  const errorCode = problem.status === 400 ? 'invalid_request' : error.code
  return problemPage(deps, call, problem.status, errorCode, problem.description)
}
