// The pages that a person meets: signing in and the start page.
import type { Answer } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { touchSession } from '#sessions/service.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import type { Continuations } from './continuation.ts'
import { showHome } from './home.ts'
import { isOwnForm, SIGN_IN_PATH, showSignIn } from './hosted-page.ts'
import { BROWSER_COOKIE, isCsrfToken, openInteraction } from './interaction.ts'
import { verifyCredentials } from './password.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { startSession } from './service.ts'

const FAILED = 'Unable to sign in'
const KEPT_LENGTH = 255

export function hostedRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const start = (call: Call) => {
    const interaction = { kind: 'home', request: {}, created: deps.now() } as const
    return continuations.home.describe(call, interaction).then((facts) => showSignIn(deps, call, interaction, facts))
  }
  const page = {
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call),
  } as const
  return [
    route({
      ...page,
      method: 'GET',
      url: '/',
      summary: 'The start page of whoever is signed in',
      handler: async (call) => {
        const session = await currentSession(deps, call)
        if (!session) return start(call)
        await touchSession(deps, call.caller.org, session)
        return showHome(deps, call, session)
      },
    }),
    ...['/login/login.htm', '/login/default', SIGN_IN_PATH].map((url) =>
      route({ ...page, method: 'GET', url, summary: 'The sign-in page', handler: start }),
    ),
    route({
      ...page,
      refuse: (error, call) => refusalPage(deps, error, call) ?? refusedBy(continuations, error, call),
      method: 'POST',
      url: SIGN_IN_PATH,
      form: true,
      summary: 'Sign a person in and resume the suspended request',
      handler: (call) => signIn(deps, continuations, call as Call<URLSearchParams>),
    }),
  ]
}

async function signIn(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const form = call.body
  const { org } = await deps.config.get(call.caller.org)
  const browser = call.cookies.get(BROWSER_COOKIE)
  const interaction = openInteraction(org, browser, form.get('stateToken') ?? undefined, deps.now())
  if (!isOwnForm(call) || !interaction || !isCsrfToken(org, browser, form.get('csrf') ?? undefined))
    return expiredPage(deps, call)
  const continuation = continuations[interaction.kind]
  const identifier = form.get('identifier') ?? ''
  const keepMeSignedIn = form.get('rememberMe') === 'true'
  const facts = await continuation.describe(call, interaction)
  const outcome = await verifyCredentials(deps, call.caller, {
    identifier,
    password: form.get('credentials.passcode') ?? '',
  })
  const started =
    outcome.kind === 'verified'
      ? await startSession(deps, call.caller, outcome.user, {
          persistent: keepMeSignedIn,
          former: await currentSession(deps, call),
        })
      : undefined
  if (!started) {
    const username = identifier.slice(0, KEPT_LENGTH)
    return showSignIn(deps, call, interaction, facts, { message: FAILED, username, keepMeSignedIn })
  }
  const answer = await continuation.resume(call, interaction, started.session)
  return { ...answer, cookies: [...cookiesOf(call, started), ...(answer.cookies ?? [])] }
}

/** What was suspended may be refused by now: its own protocol says how that is shown. */
function refusedBy(continuations: Continuations, error: unknown, call: Call): Answer | undefined {
  for (const continuation of Object.values(continuations)) {
    const answer = continuation.refuse?.(error, call)
    if (answer) return answer
  }
  return undefined
}
