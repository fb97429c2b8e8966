// The cookie of the Admin Console: no other site's request carries it, and where the origin is https its name keeps other hosts of the
// site from planting one (RFC 6265bis §4.1.3.2). The cookie of a sign-in that has begun has to survive the way through the org's pages.
import { clearedCookie, cookie } from './cookies.ts'

const named = (origin: string, name: string): string => (isHttps(origin) ? `__Host-${name}` : name)

export const consoleCookieName = (consoleUrl: string): string => named(consoleUrl, 'keystead_console')
export const begunCookieName = (consoleUrl: string): string => named(consoleUrl, 'keystead_console_sign_in')

export const consoleCookie = (consoleUrl: string, value: string): string =>
  cookie(consoleCookieName(consoleUrl), value, { sameSite: 'Strict', secure: isHttps(consoleUrl) })

/** `maxAge` in seconds. */
export const begunCookie = (consoleUrl: string, value: string, maxAge: number): string =>
  cookie(begunCookieName(consoleUrl), value, { sameSite: 'Lax', secure: isHttps(consoleUrl), maxAge })

export const clearedConsoleCookie = (consoleUrl: string): string =>
  clearedCookie(consoleCookieName(consoleUrl), isHttps(consoleUrl))

export const clearedBegunCookie = (consoleUrl: string): string =>
  clearedCookie(begunCookieName(consoleUrl), isHttps(consoleUrl))

const isHttps = (url: string): boolean => url.startsWith('https:')
