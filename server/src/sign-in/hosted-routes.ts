// The pages that a person meets: signing in and the start page.
import { redirect } from '#http/answer.ts'
import { type Call, type Route, route } from '#http/route.ts'
import { touchSession } from '#sessions/service.ts'
import type { Deps } from '../deps.ts'
import { currentSession } from './browser-session.ts'
import type { Continuations } from './continuation.ts'
import { ENTRANCE_PATHS } from './entrance-paths.ts'
import { entranceRoutes } from './entrance-routes.ts'
import { homeAddress } from './home.ts'
import { showSignIn } from './hosted-page.ts'
import { stepRoutes } from './hosted-step-routes.ts'
import { refusalPage } from './problem-page.ts'

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
    // Whoever sends the address of a form from the browser's bar begins anew.
    ...['/login/login.htm', '/login/default', ...Object.values(ENTRANCE_PATHS)].map((url) =>
      route({ ...page, method: 'GET', url, summary: 'The sign-in page', handler: start }),
    ),
    ...entranceRoutes(deps, continuations),
    ...stepRoutes(deps, continuations),
  ]
}
