// The two cookies of a session, which carry the same value: tools made for Identity Engine read the second name. And the end of cookies
// that somebody may have planted beside ours.
import { clearedCookie, cookie } from './cookies.ts'
import type { Call } from './route.ts'

export const SESSION_COOKIES = ['sid', 'idx'] as const
/** The names of these and of whatever else we set. */
const OURS = /^(sid|idx|keystead_\w{1,40})$/

/** The `Set-Cookie` values of a new session. With `maxAge` (seconds) they outlive the browser's closing. */
export function sessionCookies(orgUrl: string, value: string, maxAge?: number): readonly string[] {
  // Apps on other sites call with the cookie (`sessions/me`, silent renewal), which only SameSite=None allows.
  const options = { sameSite: 'None', secure: isHttps(orgUrl), ...(maxAge === undefined ? {} : { maxAge }) } as const
  return SESSION_COOKIES.map((name) => cookie(name, value, options))
}

export const clearedSessionCookies = (orgUrl: string): readonly string[] =>
  SESSION_COOKIES.map((name) => clearedCookie(name, isHttps(orgUrl)))

/** Cookies of ours that came twice are cleared, whatever else is answered. Those of others on the same host are none of our business. */
export const clearDoubled = ({ cookies, caller }: Call): readonly string[] =>
  cookies.doubled.filter((name) => OURS.test(name)).map((name) => clearedCookie(name, isHttps(caller.orgUrl)))

const isHttps = (url: string): boolean => url.startsWith('https:')
