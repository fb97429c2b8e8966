// A test's request as HTTP has it, and an answer's body as a test reads it.
import type { RequestOptions } from './fixture.ts'

export function headersOf(options: RequestOptions, host: string, apiToken: string): Record<string, string> {
  const token = options.token === undefined ? apiToken : options.token
  const cookies = Object.entries(options.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  return {
    host,
    ...(token === null ? {} : { authorization: `SSWS ${token}` }),
    ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(options.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    ...options.headers,
  }
}

export function bodyOf(options: RequestOptions): string | Buffer | undefined {
  if (options.json !== undefined) return JSON.stringify(options.json)
  if (typeof options.form === 'string') return options.form
  if (options.form !== undefined) return new URLSearchParams(options.form).toString()
  return options.raw
}

/** Undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
