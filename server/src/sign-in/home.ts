// The start: administrators are led to the console, anyone else reads who is signed in and finds a way out.
import { CONSOLE_PATH, consoleUrlOf } from '#console/console-url.ts'
import { type Answer, redirect } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { rolesOf } from '#roles/service.ts'
import type { Session } from '#sessions/session.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import { findUser } from '#users/service.ts'
import { displayNameOf } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { Continuation } from './continuation.ts'
import { browserOf } from './hosted-page.ts'
import { csrfToken } from './interaction.ts'
import { homePage } from './pages/home-page.ts'

export async function showHome(deps: Deps, call: Call, session: Session): Promise<Answer> {
  const tx = deps.db.for(call.caller.org)
  const roles = await deps.db.read(rolesOf(tx, session.userId))
  if (roles.length > 0) return redirect(consoleAddress(deps, call), 302)
  const { org, trustedOrigins, features } = await deps.config.get(call.caller.org)
  const user = await deps.db.read(findUser(tx, session.userId))
  const { token, cookies } = browserOf(deps, call)
  const page = (nonce: string) =>
    homePage({
      nonce,
      orgName: org.name,
      name: user ? displayNameOf(user) : session.userId,
      login: user?.login ?? '',
      signOutAction: '/login/signout',
      csrf: csrfToken(org, token),
    })
  return pageAnswer(deps.random, page, { cookies, frameAncestors: framersOf(trustedOrigins, features, 'start') })
}

/** The console's origin where it is not the org's own; on that a path will do, under whatever name the org is spoken to. */
function consoleOrigin({ settings }: Deps, { caller }: Call): string | undefined {
  const origin = consoleUrlOf(settings, caller.orgUrl)
  return origin === caller.orgUrl ? undefined : origin
}

const consoleAddress = (deps: Deps, call: Call): string => `${consoleOrigin(deps, call) ?? ''}${CONSOLE_PATH}`

/** Signing in without a request in mind: administrators go to the console, anyone else to the start page. */
export const homeContinuation = (deps: Deps): Continuation => ({
  async resume(call, _interaction, session) {
    const roles = await deps.db.read(rolesOf(deps.db.for(call.caller.org), session.userId))
    return redirect(roles.length > 0 ? consoleAddress(deps, call) : '/', 303)
  },
  async describe(call) {
    const { trustedOrigins, features } = await deps.config.get(call.caller.org)
    // The form's answer may lead there, and browsers hold that against the policy.
    const elsewhere = consoleOrigin(deps, call)
    return {
      formActionOrigins: elsewhere === undefined ? [] : [elsewhere],
      frameAncestors: framersOf(trustedOrigins, features, 'sign-in'),
    }
  },
})
