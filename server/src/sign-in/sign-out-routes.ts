// `/login/signout`: ends the browser's session and says so, or leads on to `fromURI` where the org trusts that address. An address that
// is not trusted is dropped. A link or a picture of another site ends nothing: there the person is asked.
import { type Answer, redirect } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { clearedSessionCookies } from '#http/session-cookies.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { currentSession } from './browser-session.ts'
import { browserOf, isOwnForm } from './hosted-page.ts'
import { BROWSER_COOKIE, csrfToken, isCsrfToken } from './interaction.ts'
import { signedOutPage, signOutConfirmationPage } from './pages/sign-out-page.ts'
import { refusalPage } from './problem-page.ts'
import { findReturnTarget } from './return-target.ts'
import { signOut } from './service.ts'

const SIGN_OUT_PATH = '/login/signout'

export function signOutRoutes(deps: Deps): readonly Route[] {
  const page = {
    url: SIGN_OUT_PATH,
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    summary: 'Sign the person out',
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call),
  } as const
  return [
    route({
      ...page,
      method: 'GET',
      async handler(call) {
        const isForeign = call.headers['sec-fetch-site'] === 'cross-site'
        return isForeign && (await currentSession(deps, call)) ? ask(deps, call) : leave(deps, call)
      },
    }),
    route({
      ...page,
      method: 'POST',
      form: true,
      async handler(call) {
        const { org } = await deps.config.get(call.caller.org)
        const presented = (call.body as URLSearchParams).get('csrf') ?? undefined
        if (!isOwnForm(call) || !isCsrfToken(org, call.cookies.get(BROWSER_COOKIE), presented))
          throw new Refusal('origin_refused')
        return leave(deps, call)
      },
    }),
  ]
}

async function leave(deps: Deps, call: Call): Promise<Answer> {
  const target = await targetOf(deps, call)
  await signOut(deps, call.caller, await currentSession(deps, call))
  const cookies = clearedSessionCookies(call.caller.orgUrl)
  if (target !== undefined) return redirect(target, call.method === 'POST' ? 303 : 302, { cookies })
  const { org } = await deps.config.get(call.caller.org)
  const page = (nonce: string) => signedOutPage({ nonce, orgName: org.name, signInHref: '/' })
  return pageAnswer(deps.random, page, { cookies })
}

const targetOf = (deps: Deps, { caller, query }: Call): Promise<string | undefined> =>
  findReturnTarget(deps, caller, { name: 'fromURI', value: query.get('fromURI') ?? '' })

async function ask(deps: Deps, call: Call): Promise<Answer> {
  const target = await targetOf(deps, call)
  const { org } = await deps.config.get(call.caller.org)
  const { token, cookies } = browserOf(deps, call)
  const page = (nonce: string) =>
    signOutConfirmationPage({
      nonce,
      orgName: org.name,
      action: target === undefined ? SIGN_OUT_PATH : `${SIGN_OUT_PATH}?${new URLSearchParams({ fromURI: target })}`,
      csrf: csrfToken(org, token),
      stayHref: '/',
    })
  // The form's answer redirects there, and browsers hold that against the policy.
  const formActionOrigins = target === undefined ? [] : [target]
  return pageAnswer(deps.random, page, { formActionOrigins, cookies })
}
