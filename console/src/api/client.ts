// The console's only fetch: one operation of the API, with the console's own cookie. What was changed is remembered, so that any page can
// show it as an API call.
import { type ApiError, readRefusal, unreachable } from '../ui/api-error.ts'
import type { PageOf } from '../ui/use-pages.ts'
import { isApiPath } from './api-path.ts'
import { rememberCall } from './recent-calls.ts'
import { announceSessionEnd } from './session-end.ts'
import type { Operations } from './types.ts'

export type Operation = keyof Operations
export type AnswerOf<O extends Operation> = Operations[O]['answer']
export type BodyOf<O extends Operation> = Operations[O]['body']
type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface CallOptions<O extends Operation> {
  /** The members in braces of the operation's path. */
  readonly params?: Readonly<Record<string, string>>
  /** Undefined and empty values are left out. */
  readonly query?: Query
  readonly body?: BodyOf<O>
  /** In the place of `body`, where the operation takes a file. */
  readonly form?: FormData
  readonly signal?: AbortSignal
}

const NO_SESSION = 'E0000005'

/** The answer of an operation such as `GET /api/v1/apps/{appId}`. @throws {ApiError} */
export async function call<O extends Operation>(operation: O, options: CallOptions<O> = {}): Promise<AnswerOf<O>> {
  return (await read(await send(operation, options))) as AnswerOf<O>
}

/** One page of a list. @throws {ApiError} */
export async function callPage<O extends Operation>(
  operation: O,
  options: CallOptions<O> = {},
): Promise<PageOf<AnswerOf<O> extends readonly (infer T)[] ? T : never>> {
  const response = await send(operation, options)
  return { rows: await read(response), next: nextCursor(response.headers.get('link')) }
}

/** A list to its end, page by page. @throws {ApiError} */
export async function callAll<O extends Operation>(operation: O, options: CallOptions<O> = {}) {
  const first = await callPage(operation, options)
  const rows = [...first.rows]
  for (let { next } = first; next !== undefined; ) {
    const page = await callPage(operation, { ...options, query: { ...options.query, after: next } })
    rows.push(...page.rows)
    next = page.next
  }
  return rows
}

export interface ApiFile {
  readonly blob: Blob
  readonly headers: Headers
}

/** What an operation answers as a file. @throws {ApiError} */
export async function callFile<O extends Operation>(operation: O, options: CallOptions<O> = {}): Promise<ApiFile> {
  const response = await send(operation, options)
  return { blob: await response.blob(), headers: response.headers }
}

/** A call that an answer of the API names, such as the fix of a refused request. */
export interface GivenCall {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** The answer of a call that the API named. @throws {ApiError} */
export async function callGiven({ method, path, body }: GivenCall): Promise<unknown> {
  if (!isApiPath(path)) throw new Error(`${path} is no path of the API.`)
  return read(await request(method, path, { body: body ?? undefined }))
}

function send<O extends Operation>(operation: O, { params, query, ...sent }: CallOptions<O>): Promise<Response> {
  const [method = '', template = ''] = operation.split(' ')
  return request(method, pathOf(template, params ?? {}, query ?? {}), sent)
}

type Sent = Pick<CallOptions<Operation>, 'form' | 'signal'> & { readonly body?: unknown }

async function request(method: string, path: string, { body, form, signal }: Sent): Promise<Response> {
  const json = form === undefined && method !== 'GET'
  const response = await ask(path, {
    method,
    ...(json ? { headers: { 'content-type': 'application/json' } } : {}),
    ...(form ? { body: form } : {}),
    ...(json && (body !== undefined || method !== 'DELETE') ? { body: JSON.stringify(body ?? {}) } : {}),
    ...(signal ? { signal } : {}),
  })
  if (method !== 'GET') rememberCall({ method, path, body })
  return response
}

/** Of what is no operation of the API, and no change to show as one. @throws {ApiError} */
export const post = (path: string): Promise<Response> => ask(path, { method: 'POST' })

type Request = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> }

async function ask(path: string, { headers, ...rest }: Request): Promise<Response> {
  const sent = { accept: 'application/json', 'x-keystead-console': '1', ...headers }
  const response = await fetch(path, { ...rest, headers: sent }).catch((cause: unknown) => {
    throw rest.signal?.aborted ? cause : unreachable(cause)
  })
  if (!response.ok) throw await refused(response)
  return response
}

async function refused(response: Response): Promise<ApiError> {
  const error = await readRefusal(response)
  if (error.code === NO_SESSION) announceSessionEnd()
  return error
}

const read = async (response: Response) => {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

export function pathOf(template: string, params: Readonly<Record<string, string>>, query: Query): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${template} lacks ${name}`)
    return encodeURIComponent(value)
  })
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]))
  return said.length === 0 ? path : `${path}?${search}`
}

/** The `after` of the `Link` header's next page (RFC 8288). */
export function nextCursor(header: string | null): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(header ?? '')?.[1]
  return next === undefined ? undefined : (new URL(next, 'http://any').searchParams.get('after') ?? undefined)
}
