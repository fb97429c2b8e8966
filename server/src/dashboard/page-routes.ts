// What the dashboard's pages have in common. A page shows nothing but what is the signed-in person's own: whoever is not signed in signs in
// first and comes back to it. A change comes from a form of ours in that browser alone, and is answered with a redirect, so that nothing
// is done twice.
import { CONSOLE_PATH, consoleUrlOf } from '#console/console-url.ts'
import { type Answer, redirect } from '#http/answer.ts'
import { type PageTerms, pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import type { Caller } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { rolesOf } from '#roles/service.ts'
import { touchSession } from '#sessions/service.ts'
import type { Session } from '#sessions/session.ts'
import { currentSession } from '#sign-in/browser-session.ts'
import { homeContinuation } from '#sign-in/home.ts'
import { browserOf, browserOfOwnForm, showSignIn } from '#sign-in/hosted-page.ts'
import { csrfToken } from '#sign-in/interaction.ts'
import { expiredPage, problemPage, refusalPage } from '#sign-in/problem-page.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import { findUser } from '#users/service.ts'
import { displayNameOf, type User } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { DASHBOARD_PATH, isDashboardPath } from './dashboard-path.ts'
import type { Shell } from './pages/shell-page.ts'

export interface Visit {
  readonly call: Call
  /** The person by their session, for services. */
  readonly caller: Caller & { readonly actor: { readonly kind: 'session' } }
  readonly session: Session
  readonly user: User
}

export interface SubmittedVisit extends Visit {
  readonly form: URLSearchParams
}

/** What has come about, by the word that the redirect after a change carries. */
const NOTES: Readonly<Record<string, string>> = {
  profile: 'Your profile is saved.',
  password: 'Your password is changed.',
  'password-others': 'Your password is changed, and you are signed out everywhere else.',
  added: 'The security method is set up.',
  removed: 'The security method is removed.',
  session: 'The session is ended.',
  sessions: 'You are signed out everywhere else.',
  disconnected: 'The app is disconnected.',
}
export type Done = keyof typeof NOTES

/** After a change: the page, and what it says. */
export const done = (path: string, what?: Done): Answer =>
  redirect(what === undefined ? path : `${path}?${new URLSearchParams({ done: what })}`, 303)

export function pageRoutes(deps: Deps) {
  const page = {
    zone: 'none',
    bucket: 'sign-in',
    hidden: true,
    isProven: async (call: Call) => (await currentSession(deps, call)) !== undefined,
    refuse: (error: unknown, call: Call) => refusalPage(deps, error, call) ?? refusedPage(deps, error, call),
  } as const
  return {
    show: (url: string, summary: string, handler: (visit: Visit) => Promise<Answer>): Route =>
      route({
        ...page,
        method: 'GET',
        url,
        summary,
        async handler(call) {
          const visit = await findVisit(deps, call)
          if (!visit) return signInFirst(deps, call)
          await touchSession(deps, call.caller.org, visit.session)
          return handler(visit)
        },
      }),
    /** `back` is where whoever is not signed in any more begins anew. */
    change: (url: string, summary: string, handler: (visit: SubmittedVisit) => Promise<Answer>, back = url): Route =>
      route({
        ...page,
        method: 'POST',
        url,
        summary,
        form: true,
        async handler(call) {
          const sent = call as Call<URLSearchParams>
          if ((await browserOfOwnForm(deps, sent)) === undefined) return expiredPage(deps, call)
          const visit = await findVisit(deps, call)
          if (!visit) return redirect(back, 303)
          await touchSession(deps, call.caller.org, visit.session)
          return handler({ ...visit, form: sent.body })
        },
      }),
  }
}

async function findVisit(deps: Deps, call: Call): Promise<Visit | undefined> {
  const session = await currentSession(deps, call)
  if (!session) return undefined
  const { org } = call.caller
  const tx = deps.db.for(org)
  const found = await deps.db.read(
    (function* () {
      return { user: yield* findUser(tx, session.userId), roles: yield* rolesOf(tx, session.userId) }
    })(),
  )
  const { user, roles } = found
  if (!user || !keepsAccess(user.status)) return undefined
  const person = { userId: user.id, login: user.login, displayName: displayNameOf(user), roles }
  const actor = { kind: 'session', sessionId: session.id, ...person } as const
  return { call, caller: { ...call.caller, actor }, session, user }
}

const signInFirst = (deps: Deps, call: Call): Promise<Answer> => signIn(deps, call, {})

const AGAIN = 'Sign in once more to change how you sign in.'

/** Somebody is signed in who has to prove it anew before this page, with a factor where they have one. */
export const signInAgain = (deps: Deps, { call, user }: Visit): Promise<Answer> =>
  signIn(deps, call, { loginHint: user.login, note: AGAIN, provesFactor: true })

interface SignInWish {
  readonly loginHint?: string
  readonly note?: string
  readonly provesFactor?: true
}

async function signIn(deps: Deps, call: Call, { loginHint, note, provesFactor }: SignInWish): Promise<Answer> {
  const to = isDashboardPath(call.path) ? call.path : DASHBOARD_PATH
  const interaction = {
    kind: 'home',
    request: { to },
    created: deps.now(),
    ...(provesFactor && { provesFactor }),
  } as const
  const facts = await homeContinuation(deps).describe(call, interaction)
  return showSignIn(deps, call, interaction, { ...facts, loginHint, note })
}

export interface Said {
  readonly error?: string
  readonly search?: string
}

/** A page of the person's, with what its address says has come about. */
export async function showPage(
  deps: Deps,
  { call, user, caller }: Visit,
  render: (shell: Shell) => string,
  { error, search }: Said = {},
  terms: PageTerms = {},
): Promise<Answer> {
  const { org, trustedOrigins, features } = await deps.config.get(call.caller.org)
  const { token, cookies } = browserOf(deps, call)
  const isAdministrator = caller.actor.roles.length > 0
  const word = call.query.get('done') ?? ''
  const page = (nonce: string) =>
    render({
      nonce,
      orgName: org.name,
      csrf: csrfToken(org, token),
      name: displayNameOf(user),
      login: user.login,
      consoleHref: isAdministrator ? consoleUrlOf(deps.settings, caller.orgUrl) + CONSOLE_PATH : undefined,
      note: Object.hasOwn(NOTES, word) ? NOTES[word] : undefined,
      error,
      search,
    })
  const frameAncestors = framersOf(trustedOrigins, features, 'start')
  return pageAnswer(deps.random, page, { status: error === undefined ? 200 : 400, cookies, frameAncestors, ...terms })
}

/** What a form was refused with, for the page that shows it again. @throws what is no such refusal */
export function faultOf(error: unknown, ...codes: readonly Refusal['code'][]): string {
  if (!(error instanceof Refusal) || !codes.includes(error.code)) throw error
  return (error.facts.causes ?? []).map((cause) => cause.replace(/^\w+: /, '')).join(' ') || error.message
}

const GONE = 'This is not there any more, or it is not yours.'

function refusedPage(deps: Deps, error: unknown, call: Call): Answer | undefined {
  if (!(error instanceof Refusal)) return undefined
  if (error.code === 'not_found') return problemPage(deps, call, 404, 'not_found', GONE)
  return error.code === 'forbidden'
    ? problemPage(deps, call, 403, 'access_denied', error.facts.causes?.[0] ?? GONE)
    : undefined
}
