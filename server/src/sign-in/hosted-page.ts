// Shows the sign-in page for an interaction: from any room or engine that finds that somebody must sign in first.
import type { Answer } from '#http/answer.ts'
import { cookie } from '#http/cookies.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { passwordRequirements } from '#policies/password-rules.ts'
import { currentPasswordPolicy } from '#policies/service.ts'
import type { Deps } from '../deps.ts'
import type { PageFacts } from './continuation.ts'
import { BROWSER_COOKIE, csrfToken, type Interaction, newBrowserToken, sealInteraction } from './interaction.ts'
import { newPasswordPage } from './pages/new-password-page.ts'
import { signInPage } from './pages/sign-in-page.ts'

export const SIGN_IN_PATH = '/signin'
export const CHANGE_PASSWORD_PATH = '/signin/change-password'
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
  const { org } = await deps.config.get(call.caller.org)
  const { token: browser, cookies } = browserOf(deps, call)
  const page = (nonce: string) =>
    signInPage({
      nonce,
      orgName: org.name,
      action: SIGN_IN_PATH,
      stateToken: sealInteraction(org, browser, interaction, deps.random),
      csrf: csrfToken(org, browser),
      appLabel: facts.appLabel,
      ...(problem
        ? { username: problem.username, keepMeSignedIn: problem.keepMeSignedIn, error: problem.message }
        : { username: facts.loginHint, note: facts.note }),
    })
  const { formActionOrigins, frameAncestors } = facts
  return pageAnswer(deps.random, page, { status: problem ? 401 : 200, formActionOrigins, frameAncestors, cookies })
}

/** The step of somebody whose password was right and has expired. */
export async function showNewPassword(
  deps: Deps,
  call: Call,
  interaction: Interaction,
  { formActionOrigins, frameAncestors }: PageFacts,
  { login, error }: { readonly login: string; readonly error?: string },
): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const policy = await currentPasswordPolicy(deps, call.caller, { userId: interaction.expired?.userId ?? '' })
  const { token: browser, cookies } = browserOf(deps, call)
  const view = {
    heading: 'Change your password',
    lead: 'Your password has expired. Choose a new one to go on.',
    orgName: org.name,
    action: CHANGE_PASSWORD_PATH,
    stateToken: sealInteraction(org, browser, interaction, deps.random),
    csrf: csrfToken(org, browser),
    login,
    rules: passwordRequirements(policy),
    error,
  }
  const status = error === undefined ? 200 : 400
  const terms = { status, formActionOrigins, frameAncestors, cookies }
  return pageAnswer(deps.random, (nonce) => newPasswordPage({ ...view, nonce }), terms)
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
