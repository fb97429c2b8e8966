// A refusal of the API in its own words.
export interface Cause {
  /** The member that the cause is about, where it names one. */
  readonly field: string | undefined
  readonly sentence: string
}

export class ApiError extends Error {
  /** 0 where nothing answered. */
  readonly status: number
  /** Okta's code, such as `E0000001`. */
  readonly code: string
  readonly causes: readonly Cause[]
  constructor(status: number, code: string, summary: string, causes: readonly Cause[], options?: ErrorOptions) {
    super(summary, options)
    this.status = status
    this.code = code
    this.causes = causes
  }
}

export const unreachable = (cause: unknown): ApiError =>
  new ApiError(0, 'unreachable', "Keystead can't be reached. What you typed is kept: try again.", [], { cause })

export async function readRefusal(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({}))
  const summary: string = body.errorSummary ?? body.error_description ?? `The server answered ${response.status}.`
  const causes: readonly { errorSummary?: string }[] = Array.isArray(body.errorCauses) ? body.errorCauses : []
  return new ApiError(
    response.status,
    body.errorCode ?? body.error ?? String(response.status),
    summary,
    causes.map(({ errorSummary = '' }) => splitCause(errorSummary)),
  )
}

/** `redirect_uris: The field cannot be left blank` names its field; other causes are about the whole. */
function splitCause(text: string): Cause {
  const named = /^([A-Za-z_][\w.[\]]*): (.+)$/s.exec(text)
  return { field: named?.[1], sentence: named?.[2] ?? text }
}

/** One sentence for a person: the causes where there are any, since the summary only counts them. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  const said = error.causes.map(({ sentence }) => sentence).filter((sentence) => sentence !== '')
  return said.length > 0 ? said.join(' ') : error.message
}
