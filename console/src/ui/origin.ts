// Web origins as an administrator writes them: scheme, host and port, and nothing that a parser would drop or read as something else
// before it finds the host. A test of the server holds what is said here to what the server says.
const SHAPE = /^(https?|ftp|ionic|capacitor):\/\/([^/?#@\\%*]+)\/?$/i
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/u
const HOST = /^(\[[0-9a-f:]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)(:\d{1,5})?$/
const LENGTH_MAX = 255

/** What the server would say of it; undefined for a good one. */
export function originProblem(text: string): string | undefined {
  if (text.trim() === '') return 'The field cannot be left blank'
  if (text.includes('\0') || !text.isWellFormed()) return 'The field is not valid'
  if (text.length > LENGTH_MAX) return 'The field is too long'
  return isOrigin(text) ? undefined : 'Origin value is not valid'
}

function isOrigin(text: string): boolean {
  const [, scheme, authority] = INVISIBLE.test(text) ? [] : (SHAPE.exec(text) ?? [])
  if (scheme === undefined || authority === undefined) return false
  const url = URL.parse(`${scheme}://${authority}`)
  return url !== null && url.port !== '0' && HOST.test(url.host.toLowerCase())
}
