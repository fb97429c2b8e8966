// Cookies. A name that comes twice is nobody's: another host of the same site may have planted one of them, so both are ignored.
export interface RequestCookies {
  get(name: string): string | undefined
  /** Names that came more than once and should be cleared. */
  readonly doubled: readonly string[]
}

export function parseCookies(header: string | undefined): RequestCookies {
  const values = new Map<string, string>()
  const doubled = new Set<string>()
  // All of them: else many others, planted before, would hide that a name comes again.
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at < 0) continue
    const name = part.slice(0, at).trim()
    if (values.has(name)) doubled.add(name)
    values.set(name, part.slice(at + 1).trim())
  }
  return { get: (name) => (doubled.has(name) ? undefined : values.get(name)), doubled: [...doubled] }
}

export interface CookieOptions {
  /** Whole seconds; absent makes a session cookie of the browser. */
  readonly maxAge?: number
  readonly sameSite: 'Lax' | 'None' | 'Strict'
  /** False only where the org's own origin is plain http. */
  readonly secure: boolean
}

/** A `Set-Cookie` value: HttpOnly, Path=/, no Domain (RFC 6265 §5.3: host-only). */
export function cookie(name: string, value: string, options: CookieOptions): string {
  // Browsers drop SameSite=None without Secure; on plain http Lax is what remains.
  const sameSite = options.sameSite === 'None' && !options.secure ? 'Lax' : options.sameSite
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', `SameSite=${sameSite}`]
  if (options.secure) parts.push('Secure')
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`)
  return parts.join('; ')
}

export const clearedCookie = (name: string, secure: boolean): string =>
  cookie(name, '', { sameSite: 'Lax', secure, maxAge: 0 })
