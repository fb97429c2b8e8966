// Signing in to the console and out of it: authorization code and PKCE against the org's own server (RFC 6749 §4.1, RFC 7636, OpenID
// Connect Core §3.1), with everything that proves it kept on this side.
import { createHash } from 'node:crypto'
import { ADMIN_CONSOLE_CLIENT_ID } from '#apps/built-in-app.ts'
import { type Answer, empty, redirect } from '#http/answer.ts'
import { CONSOLE_HEADER } from '#http/authenticate.ts'
import {
  begunCookie,
  begunCookieName,
  clearedBegunCookie,
  clearedConsoleCookie,
  consoleCookie,
  consoleCookieName,
} from '#http/console-cookies.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { clearedSessionCookies } from '#http/session-cookies.ts'
import { Refusal } from '#kernel/refusal.ts'
import { currentSession } from '#sign-in/browser-session.ts'
import { isOwnForm } from '#sign-in/hosted-page.ts'
import { refusalPage } from '#sign-in/problem-page.ts'
import { signOut } from '#sign-in/service.ts'
import type { Deps } from '../deps.ts'
import { BEGUN_SECONDS, beginSignIn, openBegun, sealBegun } from './begun-sign-in.ts'
import { CALLBACK_PATH, CONSOLE_PATH, consoleUrlOf, SIGN_IN_PATH, SIGN_OUT_PATH } from './console-url.ts'
import { continuePage } from './pages/continue-page.ts'
import { refusedPage } from './pages/refused-page.ts'
import { unfinishedPage } from './pages/unfinished-page.ts'
import { returnPath } from './return-path.ts'
import { endConsoleSession, type Identity, startConsoleSession } from './service.ts'

/** What the console needs of the engine. */
export type RedeemCode = (
  call: Call,
  code: {
    readonly clientId: string
    readonly code: string
    readonly verifier: string
    readonly redirectUri: string
    readonly nonce: string
  },
) => Promise<Identity | undefined>

const EXPIRED = 'It took too long, or was begun in another window. Please try again.'

export function consoleSignInRoutes(deps: Deps, redeem: RedeemCode): readonly Route[] {
  const page = { zone: 'none', bucket: 'sign-in', console: true, hidden: true } as const
  return [
    route({
      ...page,
      method: 'GET',
      url: SIGN_IN_PATH,
      summary: 'Begin a sign-in to the Admin Console',
      refuse: (error, call) => refusalPage(deps, error, call),
      handler: (call) => begin(deps, call),
    }),
    route({
      ...page,
      method: 'GET',
      url: CALLBACK_PATH,
      summary: 'Complete a sign-in to the Admin Console',
      refuse: (error, call) => refuseCallback(deps, error, call),
      handler: (call) => complete(deps, call, redeem),
    }),
    route({
      ...page,
      method: 'POST',
      url: SIGN_OUT_PATH,
      summary: 'Sign out of the Admin Console and the org',
      refuse: (error, call) => refusalPage(deps, error, call),
      handler: (call) => leave(deps, call),
    }),
  ]
}

const placeOf = (deps: Deps, call: Call): string => consoleUrlOf(deps.settings, call.caller.orgUrl)

async function begin(deps: Deps, call: Call): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const consoleUrl = placeOf(deps, call)
  const begun = beginSignIn(returnPath(call.query.get('to')), deps.now(), deps.random)
  const request = new URLSearchParams({
    client_id: ADMIN_CONSOLE_CLIENT_ID,
    response_type: 'code',
    redirect_uri: `${consoleUrl}${CALLBACK_PATH}`,
    scope: 'openid',
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return redirect(`${call.caller.orgUrl}/oauth2/v1/authorize?${request}`, 302, {
    cookies: [begunCookie(consoleUrl, sealBegun(org, begun, deps.random), BEGUN_SECONDS)],
  })
}

async function complete(deps: Deps, call: Call, redeem: RedeemCode): Promise<Answer> {
  const { caller, query, cookies } = call
  const { org } = await deps.config.get(caller.org)
  const consoleUrl = placeOf(deps, call)
  const sealed = cookies.get(begunCookieName(consoleUrl))
  const begun = openBegun(org, sealed, query.get('state'), deps.now())
  // RFC 9207: an answer names its issuer.
  if (!begun || query.get('iss') !== caller.orgUrl) return unfinished(deps, call, org.name, EXPIRED)
  const code = query.get('code')
  if (code === null)
    return unfinished(deps, call, org.name, query.get('error_description') ?? 'The organization refused it.', begun.to)
  const identity = await redeem(call, {
    clientId: ADMIN_CONSOLE_CLIENT_ID,
    code,
    verifier: begun.verifier,
    redirectUri: `${consoleUrl}${CALLBACK_PATH}`,
    nonce: begun.nonce,
  })
  const cookie = identity && (await startConsoleSession(deps, caller, identity))
  if (cookie === undefined) return unfinished(deps, call, org.name, EXPIRED, begun.to)
  const page = (nonce: string) => continuePage({ nonce, orgName: org.name, href: begun.to })
  return pageAnswer(deps.random, page, {
    headers: NO_REFERRER,
    cookies: [consoleCookie(consoleUrl, cookie), clearedBegunCookie(consoleUrl)],
  })
}

/** The address of this page holds a code. */
const NO_REFERRER = { 'referrer-policy': 'no-referrer' }

function unfinished(deps: Deps, call: Call, orgName: string, description: string, to = CONSOLE_PATH): Answer {
  const page = (nonce: string) => unfinishedPage({ nonce, orgName, description, againHref: to })
  const cookies = [clearedBegunCookie(placeOf(deps, call))]
  return pageAnswer(deps.random, page, { status: 400, headers: NO_REFERRER, cookies })
}

/** Whoever administers nothing reads so on a page; a program gets the refusal as it is everywhere. */
function refuseCallback(deps: Deps, error: unknown, call: Call): Answer | undefined {
  if (!(error instanceof Refusal && error.code === 'forbidden')) return refusalPage(deps, error, call)
  if (!/\btext\/html\b|^$/.test(String(call.headers.accept ?? ''))) return undefined
  const { orgUrl } = call.caller
  const page = (nonce: string) => refusedPage({ nonce, signOutHref: `${orgUrl}/login/signout`, homeHref: `${orgUrl}/` })
  const cookies = [clearedBegunCookie(placeOf(deps, call))]
  return pageAnswer(deps.random, page, { status: 403, headers: NO_REFERRER, cookies })
}

async function leave(deps: Deps, call: Call): Promise<Answer> {
  const { caller, cookies, headers } = call
  const consoleUrl = placeOf(deps, call)
  if (!isOwnForm(call, consoleUrl)) throw new Refusal('origin_refused')
  const cookie = cookies.get(consoleCookieName(consoleUrl))
  const below = cookie === undefined ? undefined : await endConsoleSession(deps, caller.org, cookie)
  await signOut(deps, caller, below)
  // The browser may have signed in to the org anew since.
  await signOut(deps, caller, await currentSession(deps, call))
  const cleared = [clearedConsoleCookie(consoleUrl), ...clearedSessionCookies(caller.orgUrl)]
  if (headers[CONSOLE_HEADER] !== undefined) return empty(204, { cookies: cleared })
  return redirect(`${caller.orgUrl}/`, 303, { cookies: cleared })
}
