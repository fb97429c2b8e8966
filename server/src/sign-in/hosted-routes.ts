// The pages that a person meets: signing in and the start page.
import type { Answer } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { touchSession } from '#sessions/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { cookiesOf, currentSession } from './browser-session.ts'
import type { Continuation, Continuations } from './continuation.ts'
import { changeExpiredPassword } from './expired-password.ts'
import { showHome } from './home.ts'
import { CHANGE_PASSWORD_PATH, isOwnForm, SIGN_IN_PATH, showNewPassword, showSignIn } from './hosted-page.ts'
import { BROWSER_COOKIE, type Interaction, isCsrfToken, openInteraction } from './interaction.ts'
import { verifyCredentials } from './password.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { startSession } from './service.ts'

const PASSWORD_SET = 'Your password has been set. Sign in with it now.'
const FAILED = 'Unable to sign in'
const KEPT_LENGTH = 255

export function hostedRoutes(deps: Deps, continuations: Continuations): readonly Route[] {
  const start = (call: Call) => {
    const interaction = { kind: 'home', request: {}, created: deps.now() } as const
    const note = call.query.get('done') === 'password' ? PASSWORD_SET : undefined
    return continuations.home
      .describe(call, interaction)
      .then((facts) => showSignIn(deps, call, interaction, { ...facts, note }))
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
    route({
      ...page,
      refuse: (error, call) => refusalPage(deps, error, call) ?? refusedBy(continuations, error, call),
      method: 'POST',
      url: CHANGE_PASSWORD_PATH,
      form: true,
      summary: 'Change an expired password and go on with signing in',
      handler: (call) => changePassword(deps, continuations, call as Call<URLSearchParams>),
    }),
  ]
}

async function signIn(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const form = call.body
  const interaction = await interactionOf(deps, call)
  if (!interaction) return expiredPage(deps, call)
  const continuation = continuations[interaction.kind]
  const identifier = form.get('identifier') ?? ''
  const keepMeSignedIn = form.get('rememberMe') === 'true'
  const facts = await continuation.describe(call, interaction)
  const outcome = await verifyCredentials(deps, call.caller, {
    identifier,
    password: form.get('credentials.passcode') ?? '',
  })
  if (outcome.kind === 'expired') {
    const { id, passwordChanged, login } = outcome.user
    const expired = { userId: id, passwordChanged, keepMeSignedIn }
    return showNewPassword(deps, call, { ...interaction, expired }, facts, { login })
  }
  const answer =
    outcome.kind === 'verified'
      ? await begin(deps, continuation, call, interaction, outcome.user, keepMeSignedIn)
      : undefined
  const username = identifier.slice(0, KEPT_LENGTH)
  return answer ?? showSignIn(deps, call, interaction, facts, { message: FAILED, username, keepMeSignedIn })
}

/** The interaction of a form that is ours and this browser's. */
async function interactionOf(deps: Deps, call: Call<URLSearchParams>): Promise<Interaction | undefined> {
  const { org } = await deps.config.get(call.caller.org)
  const browser = call.cookies.get(BROWSER_COOKIE)
  if (!isOwnForm(call) || !isCsrfToken(org, browser, call.body.get('csrf') ?? undefined)) return undefined
  return openInteraction(org, browser, call.body.get('stateToken') ?? undefined, deps.now())
}

/** Signs the person in and goes on; undefined for one who may not sign in any more. */
async function begin(
  deps: Deps,
  continuation: Continuation,
  call: Call,
  interaction: Interaction,
  user: User,
  persistent: boolean,
): Promise<Answer | undefined> {
  const former = await currentSession(deps, call)
  const started = await startSession(deps, call.caller, user, { persistent, former })
  if (!started) return undefined
  const answer = await continuation.resume(call, interaction, started.session)
  return { ...answer, cookies: [...cookiesOf(call, started), ...(answer.cookies ?? [])] }
}

async function changePassword(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const proved = await interactionOf(deps, call)
  if (!proved?.expired) return expiredPage(deps, call)
  const { expired, ...interaction } = proved
  const continuation = continuations[interaction.kind]
  const facts = await continuation.describe(call, interaction)
  const password = call.body.get('credentials.passcode') ?? ''
  const repeated = call.body.get('confirmPassword') ?? ''
  const change = await changeExpiredPassword(deps, call.caller, expired, { password, repeated })
  if (change.kind === 'refused')
    return showNewPassword(deps, call, proved, facts, { login: change.login, error: change.fault })
  const answer =
    change.kind === 'changed'
      ? await begin(deps, continuation, call, interaction, change.user, expired.keepMeSignedIn)
      : undefined
  return answer ?? expiredPage(deps, call)
}

/** What was suspended may be refused by now: its own protocol says how that is shown. */
function refusedBy(continuations: Continuations, error: unknown, call: Call): Answer | undefined {
  for (const continuation of Object.values(continuations)) {
    const answer = continuation.refuse?.(error, call)
    if (answer) return answer
  }
  return undefined
}
