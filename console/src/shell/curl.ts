// A call of the API as a line for a shell. The address and the token are variables, and what is secret is left out.
import type { RecentCall } from '../api/recent-calls.ts'

const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'password',
  'client_secret',
  'answer',
  'newPassword',
  'oldPassword',
])
const LEFT_OUT = '…'

/** `curl -X PUT "$KEYSTEAD/api/v1/…" …` with `KEYSTEAD` and `TOKEN` to be set by whoever runs it. */
export function curlLine({ method, path, body }: Omit<RecentCall, 'id'>): string {
  const lines = [`curl -X ${method} "$KEYSTEAD${path}"`, `-H "Authorization: SSWS $TOKEN"`]
  if (body !== undefined)
    lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(withoutSecrets(body), null, 2))}`)
  return lines.join(' \\\n  ')
}

/** In single quotes a shell reads everything as it is, but for a single quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_MEMBERS.has(name) ? hidden(member) : withoutSecrets(member),
    ]),
  )
}

const hidden = (member: unknown): unknown =>
  typeof member === 'object' && member !== null
    ? Object.fromEntries(Object.keys(member).map((name) => [name, LEFT_OUT]))
    : LEFT_OUT
