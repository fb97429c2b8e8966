// Shows the page with which a sign-in begins, for an interaction: from any room or engine that finds that somebody must sign in first.
import type { Answer } from '#http/answer.ts'
import { cookie } from '#http/cookies.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { originOf, parseOrigin } from '#kernel/origin.ts'
import { asksIdentifierFirst } from '#policies/identifier-first.ts'
import { letsPeopleUnlock } from '#policies/password-policy.ts'
import type { Deps } from '../deps.ts'
import type { PageFacts } from './continuation.ts'
import { decideEntrance, type Entrance } from './entrance.ts'
import { ENTRANCE_PATHS } from './entrance-paths.ts'
import {
  BROWSER_COOKIE,
  csrfToken,
  type Interaction,
  isCsrfToken,
  newBrowserToken,
  sealInteraction,
} from './interaction.ts'
import type { EntranceView } from './pages/entrance-parts.ts'
import { identifierPage } from './pages/identifier-page.ts'
import { passwordPage } from './pages/password-page.ts'
import { signInPage } from './pages/sign-in-page.ts'

export const SIGN_IN_PATH = ENTRANCE_PATHS.signIn
const BROWSER_TOKEN = /^[A-Za-z0-9_-]{32}$/

/** What the page says again of what was sent. */
export interface SignInTold {
  readonly error?: string
  readonly status?: 400 | 401
  readonly username?: string
  readonly keepMeSignedIn?: boolean
  /** For somebody else than was thought: a hint of the app's fills in, and no more. */
  readonly isAnew?: true
}

export async function showSignIn(
  deps: Deps,
  call: Call,
  interaction: Interaction,
  facts: PageFacts,
  told: SignInTold = {},
): Promise<Answer> {
  const { org, policies } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const { error, status = 200, isAnew = false } = told
  const identifierFirst = asksIdentifierFirst(policies)
  const entrance = decideEntrance({ identifierFirst, named: interaction.named, hint: facts.loginHint, isAnew })
  // Named by a hint, too.
  const sealed = entrance.kind === 'password' ? { ...interaction, named: entrance.named } : interaction
  const view = {
    orgName: org.name,
    stateToken: sealInteraction(org, browser, sealed, deps.random),
    csrf: csrfToken(org, browser),
    appLabel: facts.appLabel,
    mayUnlock: letsPeopleUnlock(policies),
    keepMeSignedIn: told.keepMeSignedIn,
    note: facts.note,
    error,
  }
  const page = (nonce: string) => entranceView(entrance, { ...view, nonce }, told.username)
  const { formActionOrigins, frameAncestors } = facts
  tellForeignFrame(deps, call, frameAncestors)
  return pageAnswer(deps.random, page, { status, formActionOrigins, frameAncestors, cookies })
}

function entranceView(entrance: Entrance, view: Omit<EntranceView, 'action'>, typed: string | undefined): string {
  const { signIn, identify, password, rename } = ENTRANCE_PATHS
  if (entrance.kind === 'password') {
    const { identifier, keepMeSignedIn } = entrance.named
    const asksToKeep = keepMeSignedIn === undefined
    return passwordPage({ ...view, action: password, renameAction: rename, username: identifier, asksToKeep })
  }
  const username = typed ?? entrance.username
  return entrance.kind === 'identifier'
    ? identifierPage({ ...view, action: identify, username })
    : signInPage({ ...view, action: signIn, username })
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
