// `/login/sessionCookieRedirect`: turns a session token into the browser's cookies and sends it on.
import { type Answer, redirect } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import { problemPage, refusalPage } from './problem-page.ts'
import { findReturnTarget } from './return-target.ts'
import { startSessionByToken } from './service.ts'

const URL_PATH = '/login/sessionCookieRedirect'

export function redirectRoutes(deps: Deps): readonly Route[] {
  const page = {
    url: URL_PATH,
    zone: 'none',
    bucket: 'sign-in',
    summary: 'Set the session cookies for a session token and redirect',
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call),
  } as const
  return [
    route({ ...page, method: 'GET', handler: (call) => setCookiesAndRedirect(deps, call, call.query) }),
    route({
      ...page,
      method: 'POST',
      form: true,
      handler: (call) => setCookiesAndRedirect(deps, call, call.body as URLSearchParams),
    }),
  ]
}

async function setCookiesAndRedirect(deps: Deps, call: Call, parameters: URLSearchParams): Promise<Answer> {
  const { caller } = call
  const value = parameters.get('redirectUrl') ?? ''
  const target = await findReturnTarget(deps, caller, { name: 'redirectUrl', value })
  if (target === undefined)
    return problemPage(
      deps,
      call,
      400,
      'invalid_request',
      "The 'redirectUrl' must be on this organization or one of its trusted origins.",
    )
  const status = call.method === 'POST' ? 303 : 302
  // Else a link with somebody else's token would put a person into that session.
  if (await currentSession(deps, call)) return redirect(target, status, NO_REFERRER)
  const started = await startSessionByToken(deps, caller, tokenHash(parameters.get('token') ?? ''))
  if (!started)
    return problemPage(
      deps,
      call,
      403,
      'invalid_session',
      'The sign-in was completed before or took too long. Please sign in again.',
    )
  return redirect(target, status, { ...NO_REFERRER, cookies: cookiesOf(call, started) })
}

/** The address of this page holds a token. */
const NO_REFERRER = { headers: { 'referrer-policy': 'no-referrer' } }
