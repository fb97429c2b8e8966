// The start page: who is signed in, a way out, and for administrators the way to the console.
import { type Answer, html, redirect } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import type { Call } from '#http/route.ts'
import { randomToken } from '#kernel/secret.ts'
import { rolesOf } from '#roles/service.ts'
import type { Session } from '#sessions/session.ts'
import { findUser } from '#users/service.ts'
import { displayNameOf } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { Continuation } from './continuation.ts'
import { browserOf, pageHeaders } from './hosted-page.ts'
import { csrfToken } from './interaction.ts'
import { homePage } from './pages/home-page.ts'

export async function showHome(deps: Deps, call: Call, session: Session): Promise<Answer> {
  const { org } = await deps.config.get(call.caller.org)
  const tx = deps.db.for(call.caller.org)
  const user = await deps.db.read(findUser(tx, session.userId))
  const roles = await deps.db.read(rolesOf(tx, session.userId))
  const nonce = randomToken(deps.random, 18)
  const { token, cookies } = browserOf(deps, call)
  const text = homePage({
    nonce,
    orgName: org.name,
    name: user ? displayNameOf(user) : session.userId,
    login: user?.login ?? '',
    signOutAction: '/login/signout',
    csrf: csrfToken(org, token),
    ...(roles.length > 0
      ? { adminHref: `${deps.settings.adminUrl === deps.settings.url ? '' : deps.settings.adminUrl}/admin/` }
      : {}),
  })
  const csp = pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false })
  return html(200, text, { headers: pageHeaders(csp), cookies })
}

/** Signing in without a request in mind: administrators go to the console, anyone else to the start page. */
export const homeContinuation = (deps: Deps): Continuation => ({
  async resume(call, _interaction, session) {
    const roles = await deps.db.read(rolesOf(deps.db.for(call.caller.org), session.userId))
    return redirect(roles.length > 0 ? '/admin/' : '/', 303)
  },
  describe: async () => ({ formActionOrigins: [], frameAncestors: [] }),
})
