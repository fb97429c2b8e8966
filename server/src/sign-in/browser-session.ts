// A browser's session: the one that its cookies open, and the cookies of a new one.
import type { Call } from '#http/route.ts'
import { SESSION_COOKIES, sessionCookies } from '#http/session-cookies.ts'
import { resolveSessionCookie } from '#sessions/service.ts'
import { cookieSeconds, type Session } from '#sessions/session.ts'
import type { Deps } from '../deps.ts'
import type { StartedSession } from './service.ts'

/** The living session of the request's cookies. */
export async function currentSession(deps: Deps, call: Call): Promise<Session | undefined> {
  for (const name of SESSION_COOKIES) {
    const value = call.cookies.get(name)
    const session = value === undefined ? undefined : await resolveSessionCookie(deps, call.caller.org, value)
    if (session) return session
  }
  return undefined
}

export const cookiesOf = (call: Call, { session, cookieValue }: StartedSession): readonly string[] =>
  sessionCookies(call.caller.orgUrl, cookieValue, cookieSeconds(session))
