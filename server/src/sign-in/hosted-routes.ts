// The pages that a person meets: signing in and the start page.
import { type Answer, redirect } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { touchSession } from '#sessions/service.ts'
import type { Deps } from '../deps.ts'
import { currentSession } from './browser-session.ts'
import type { Continuations } from './continuation.ts'
import { deviceOf } from './device-cookie.ts'
import { begin } from './engine-service.ts'
import { homeAddress } from './home.ts'
import { browserOfOwnForm, SIGN_IN_PATH, showSignIn } from './hosted-page.ts'
import { refusedBy, showStep } from './hosted-step.ts'
import { stepRoutes } from './hosted-step-routes.ts'
import { openInteraction } from './interaction.ts'
import { verifyCredentials } from './password.ts'
import { expiredPage, refusalPage } from './problem-page.ts'
import { newStanding } from './standing.ts'

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
      summary: 'Leads whoever is signed in to where they start',
      handler: async (call) => {
        const session = await currentSession(deps, call)
        if (!session) return start(call)
        await touchSession(deps, call.caller.org, session)
        return redirect(await homeAddress(deps, call, session), 302)
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
    ...stepRoutes(deps, continuations),
  ]
}

async function signIn(deps: Deps, continuations: Continuations, call: Call<URLSearchParams>): Promise<Answer> {
  const form = call.body
  const browser = await browserOfOwnForm(deps, call)
  const { org } = await deps.config.get(call.caller.org)
  const interaction = openInteraction(org, browser, form.get('stateToken') ?? undefined, deps.now())
  if (browser === undefined || !interaction) return expiredPage(deps, call)
  const identifier = form.get('identifier') ?? ''
  const keepMeSignedIn = form.get('rememberMe') === 'true'
  const facts = await continuations[interaction.kind].describe(call, interaction)
  const password = form.get('credentials.passcode') ?? ''
  const outcome = await verifyCredentials(deps, call.caller, { identifier, password })
  const username = identifier.slice(0, KEPT_LENGTH)
  const failed = { message: FAILED, username, keepMeSignedIn }
  if (outcome.kind === 'refused') return showSignIn(deps, call, interaction, facts, failed)
  const { user } = outcome
  const proof = { kind: 'password', at: deps.now(), passwordChanged: user.passwordChanged ?? null } as const
  const standing = { ...newStanding('sign-in', proof), keepMeSignedIn, wantsWarning: true }
  const place = { face: 'hosted', browser, device: deviceOf(deps, call) } as const
  const situation = await begin(deps, call.caller, place, { user, standing, continuation: interaction })
  const answer = await showStep(deps, continuations, call, situation)
  return answer ?? showSignIn(deps, call, interaction, facts, failed)
}
