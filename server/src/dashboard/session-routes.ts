// Where the person is signed in.
import type { Route } from '#http/route.ts'
import { endOwnSession, listOwnSessions, revokeOwnSessions } from '#sessions/manage-service.ts'
import type { Session } from '#sessions/session.ts'
import { browserWords } from '#system-log/user-agent.ts'
import type { Deps } from '../deps.ts'
import { pathOf } from './dashboard-path.ts'
import { done, pageRoutes, showPage } from './page-routes.ts'
import { sessionsPage } from './pages/sessions-page.ts'

const SESSIONS = pathOf('sessions')

export function sessionRoutes(deps: Deps): readonly Route[] {
  const { show, change } = pageRoutes(deps)
  return [
    show(SESSIONS, "The person's sessions", async (visit) => {
      const sessions = await listOwnSessions(deps, visit.caller)
      const shown = sessions.map((session) => viewOf(session, session.id === visit.session.id))
      return showPage(deps, visit, (shell) => sessionsPage({ ...shell, sessions: shown }), {}, { script: true })
    }),
    change(SESSIONS, "End one of the person's sessions, or all others", async ({ caller, form }) => {
      if (form.get('others') === 'true') {
        await revokeOwnSessions(deps, caller, { keepCurrent: true })
        return done(SESSIONS, 'sessions')
      }
      await endOwnSession(deps, caller, form.get('session') ?? '')
      return done(SESSIONS, 'session')
    }),
  ]
}

const viewOf = ({ id, userAgent, created, lastActive }: Session, isThis: boolean) => ({
  id,
  browser: browserWords(userAgent ?? ''),
  created,
  lastActive,
  isThis,
})
