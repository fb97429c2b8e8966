// What a route answers, as a value: the edge writes it.
export interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly html?: string
  /** A file as it is. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array }
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[]
  /** In the zone `token`: the client is known and this origin is not among its own, so its page may not read the answer. */
  readonly withholdCors?: true
}

/** RFC 9110 §10.2.3: what could not be taken now may be sent again, in so many seconds. */
export const RETRY_SOON = { 'retry-after': '1' } as const

type Extra = Pick<Answer, 'headers' | 'cookies'>

export const json = (status: number, value: unknown, extra: Extra = {}): Answer => ({ status, json: value, ...extra })
/** No body and so no content type: okta-auth-js cannot parse an empty JSON answer. */
export const empty = (status: number, extra: Extra = {}): Answer => ({ status, ...extra })
/** 303 after a POST, so that credentials are never sent on (RFC 9700 §4.12); 302 after a GET. */
export const redirect = (location: string, status: 302 | 303, extra: Extra = {}): Answer => ({
  status,
  ...extra,
  headers: { ...extra.headers, location },
})
