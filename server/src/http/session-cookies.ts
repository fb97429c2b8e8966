// The two cookies of a session, which carry the same value: tools made for Identity Engine read the second name.
import { clearedCookie, cookie } from './cookies.ts'

export const SESSION_COOKIES = ['sid', 'idx'] as const

/** The `Set-Cookie` values of a new session. With `maxAge` (seconds) they outlive the browser's closing. */
export function sessionCookies(orgUrl: string, value: string, maxAge?: number): readonly string[] {
  // Apps on other sites call with the cookie (`sessions/me`, silent renewal), which only SameSite=None allows.
  const options = { sameSite: 'None', secure: isHttps(orgUrl), ...(maxAge === undefined ? {} : { maxAge }) } as const
  return SESSION_COOKIES.map((name) => cookie(name, value, options))
}

export const clearedSessionCookies = (orgUrl: string): readonly string[] =>
  SESSION_COOKIES.map((name) => clearedCookie(name, isHttps(orgUrl)))

const isHttps = (url: string): boolean => url.startsWith('https:')
