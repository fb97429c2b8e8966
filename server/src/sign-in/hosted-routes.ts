// The pages that a person meets: signing in, the start page, signing out.
import { type Answer, html, redirect } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import { clearDoubled } from '#http/mount.ts'
import { errorPage } from '#http/pages/error-page.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { clearedSessionCookies } from '#http/session-cookies.ts'
import { Refusal } from '#kernel/refusal.ts'
import { randomToken } from '#kernel/secret.ts'
import { touchSession } from '#sessions/service.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import type { Continuations } from './continuation.ts'
import { showHome } from './home.ts'
import { isOwnForm, pageHeaders, SIGN_IN_PATH, showSignIn } from './hosted-page.ts'
import { BROWSER_COOKIE, isCsrfToken, openInteraction } from './interaction.ts'
import { signedOutPage } from './pages/sign-out-page.ts'
import { verifyCredentials } from './password.ts'
import { signOut, startSession } from './service.ts'

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
      method: 'POST',
      url: SIGN_IN_PATH,
      form: true,
      summary: 'Signs a person in and resumes the suspended request',
      handler: (call) => signIn(deps, continuations, call as Call<URLSearchParams>),
    }),
    route({
      ...page,
      method: 'POST',
      url: '/login/signout',
      form: true,
      summary: 'Signs the person out',
      handler: async (call) => {
        const { org } = await deps.config.get(call.caller.org)
        const form = call.body as URLSearchParams
        if (!isOwnForm(call) || !isCsrfToken(org, call.cookies.get(BROWSER_COOKIE), form.get('csrf') ?? undefined))
          throw new Refusal('origin_refused')
        await signOut(deps, call.caller, await currentSession(deps, call))
        return showSignedOut(deps, call)
      },
    }),
    route({
      ...page,
      method: 'GET',
      url: '/login/signout',
      summary: 'Signs the person out',
      handler: async (call) => {
        // A link of another site must not end a session: only our own pages and what a person types in count.
        const site = call.headers['sec-fetch-site']
        if (site === 'cross-site') return redirect('/', 302)
        await signOut(deps, call.caller, await currentSession(deps, call))
        return showSignedOut(deps, call)
      },
    }),
  ]
}

async function signIn(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const form = call.body
  const { org } = await deps.config.get(call.caller.org)
  const browser = call.cookies.get(BROWSER_COOKIE)
  const interaction = openInteraction(org, browser, form.get('stateToken') ?? undefined, deps.now())
  if (!isOwnForm(call) || !interaction || !isCsrfToken(org, browser, form.get('csrf') ?? undefined))
    return expired(deps, call)
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

async function showSignedOut(deps: Deps, call: Call): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const nonce = randomToken(deps.random, 18)
  const text = signedOutPage({ nonce, orgName: org.name, signInHref: '/' })
  const headers = pageHeaders(pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false }))
  return html(200, text, { headers, cookies: clearedSessionCookies(call.caller.orgUrl) })
}

function expired(deps: Deps, call: Call): Answer {
  return problemPage(deps, call, 400, 'invalid_request', 'Request expired, please start over and try again.')
}

/** An error page for what is no protocol error: a full queue, a limit, a fault of ours. */
function refusalPage(deps: Deps, error: unknown, call: Call): Answer | undefined {
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'rate_limited')
    return problemPage(
      deps,
      call,
      429,
      'rate_limited',
      'Too many requests at the moment. Please wait a little and try again.',
    )
  if (error.code === 'origin_refused') return expired(deps, call)
  return undefined
}

export function problemPage(
  deps: Pick<Deps, 'random'>,
  call: Call,
  status: number,
  errorCode: string,
  description: string,
): Answer {
  const nonce = randomToken(deps.random, 18)
  const text = errorPage({ nonce, errorCode, description, requestId: call.caller.client.requestId })
  const csp = pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false })
  return html(status, text, { headers: pageHeaders(csp), cookies: clearDoubled(call) })
}
