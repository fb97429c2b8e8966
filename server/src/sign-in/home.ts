// The start: administrators are led to the console, anyone else to their dashboard.
import { CONSOLE_PATH, consoleUrlOf } from '#console/console-url.ts'
import { DASHBOARD_PATH, isDashboardPath } from '#dashboard/dashboard-path.ts'
import { redirect } from '#http/answer.ts'
import type { Call } from '#http/route.ts'
import { rolesOf } from '#roles/service.ts'
import type { Session } from '#sessions/session.ts'
import { framersOf } from '#trusted-origins/trusted-origin.ts'
import type { Deps } from '../deps.ts'
import type { Continuation } from './continuation.ts'

/** Where somebody stands who is signed in and has nothing else in mind. */
export async function homeAddress(deps: Deps, call: Call, session: Session): Promise<string> {
  const roles = await deps.db.read(rolesOf(deps.db.for(call.caller.org), session.userId))
  return roles.length > 0 ? consoleAddress(deps, call) : DASHBOARD_PATH
}

/** The console's origin where it is not the org's own; on that a path will do, under whatever name the org is spoken to. */
function consoleOrigin({ settings }: Deps, { caller }: Call): string | undefined {
  const origin = consoleUrlOf(settings, caller.orgUrl)
  return origin === caller.orgUrl ? undefined : origin
}

const consoleAddress = (deps: Deps, call: Call): string => `${consoleOrigin(deps, call) ?? ''}${CONSOLE_PATH}`

/** Signing in without an app in mind: to the page of the dashboard that was asked for, or to where the person starts. */
export const homeContinuation = (deps: Deps): Continuation => ({
  async resume(call, { request: { to } }, session) {
    const isPage = to !== undefined && isDashboardPath(to)
    return redirect(isPage ? to : await homeAddress(deps, call, session), 303)
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
