// Shows the sign-in page for an interaction: from any room or engine that finds that somebody must sign in first.
import type { Answer } from '#http/answer.ts'
import { cookie } from '#http/cookies.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { originOf, parseOrigin } from '#kernel/origin.ts'
import { letsPeopleUnlock } from '#policies/password-policy.ts'
import type { Deps } from '../deps.ts'
import type { PageFacts } from './continuation.ts'
import {
  BROWSER_COOKIE,
  csrfToken,
  type Interaction,
  isCsrfToken,
  newBrowserToken,
  sealInteraction,
} from './interaction.ts'
import { signInPage } from './pages/sign-in-page.ts'

export const SIGN_IN_PATH = '/signin'
const BROWSER_TOKEN = /^[A-Za-z0-9_-]{32}$/

export interface SignInProblem {
  readonly message: string
  readonly username: string
  readonly keepMeSignedIn: boolean
}

export async function showSignIn(
  deps: Deps,
  call: Call,
  interaction: Interaction,
  facts: PageFacts,
  problem?: SignInProblem,
): Promise<Answer> {
  const { org, policies } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const page = (nonce: string) =>
    signInPage({
      nonce,
      orgName: org.name,
      action: SIGN_IN_PATH,
      stateToken: sealInteraction(org, browser, interaction, deps.random),
      csrf: csrfToken(org, browser),
      appLabel: facts.appLabel,
      mayUnlock: letsPeopleUnlock(policies),
      ...(problem
        ? { username: problem.username, keepMeSignedIn: problem.keepMeSignedIn, error: problem.message }
        : { username: facts.loginHint, note: facts.note }),
    })
  const { formActionOrigins, frameAncestors } = facts
  tellForeignFrame(deps, call, frameAncestors)
  return pageAnswer(deps.random, page, { status: problem ? 401 : 200, formActionOrigins, frameAncestors, cookies })
}

const FRAMES = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe'])

/**
 * Whether a page may frame this one is the browser's to say, and no page and no server is told. So what the request says of itself is
 * kept: that it is for a frame, and which page asked. Browsers that say neither leave nothing.
 */
function tellForeignFrame(deps: Deps, { caller, headers }: Call, frameAncestors: readonly string[]): void {
  const { referer } = headers
  if (!FRAMES.has(String(headers['sec-fetch-dest'])) || typeof referer !== 'string') return
  const framer = originOf(referer)
  if (framer === undefined || [caller.orgUrl, ...frameAncestors].some((known) => parseOrigin(known) === framer)) return
  const sent = { name: 'Referer', value: framer }
  deps.refusedRequests.record(caller, caller.client.path, { reason: 'frame-not-trusted', sent })
}

/** The browser's token, and the cookie that gives it one where it has none. */
export function browserOf(deps: Pick<Deps, 'random'>, call: Call): { token: string; cookies: readonly string[] } {
  const known = call.cookies.get(BROWSER_COOKIE)
  if (known !== undefined && BROWSER_TOKEN.test(known)) return { token: known, cookies: [] }
  const token = newBrowserToken(deps.random)
  const secure = call.caller.orgUrl.startsWith('https:')
  return { token, cookies: [cookie(BROWSER_COOKIE, token, { sameSite: 'Lax', secure })] }
}

/** Whether a form was sent by a page of ours at that origin (Fetch Metadata, then `Origin`; both may be missing in old clients). */
export function isOwnForm(call: Call, ours = call.caller.orgUrl): boolean {
  const site = call.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return call.origin === undefined || call.origin === ours
}

/** The browser whose form this is; undefined for a form that is not ours, or another browser's. */
export async function browserOfOwnForm(
  deps: Pick<Deps, 'config'>,
  call: Call<URLSearchParams>,
): Promise<string | undefined> {
  const { org } = await deps.config.get(call.caller.org)
  const browser = call.cookies.get(BROWSER_COOKIE)
  return isOwnForm(call) && isCsrfToken(org, browser, call.body.get('csrf') ?? undefined) ? browser : undefined
}
