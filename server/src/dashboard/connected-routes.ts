// Apps that hold something of the person, and the way to take it back.
import { logoPath } from '#apps/logo.ts'
import type { Route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import type { ConnectedApp, ConnectedApps } from './connected-app.ts'
import { pathOf } from './dashboard-path.ts'
import { done, pageRoutes, showPage } from './page-routes.ts'
import { connectedAppsPage } from './pages/connected-apps-page.ts'
import { initialsOf } from './tiles.ts'

const CONNECTED = pathOf('connected')

export function connectedRoutes(deps: Deps, connected: ConnectedApps): readonly Route[] {
  const { show, change } = pageRoutes(deps)
  return [
    show(CONNECTED, "Apps that hold something of the person's", async (visit) => {
      const apps = (await connected.list(visit.caller)).map(viewOf)
      return showPage(deps, visit, (shell) => connectedAppsPage({ ...shell, apps }), {}, { script: apps.length > 0 })
    }),
    change(CONNECTED, 'Take back what an app holds', async ({ caller, form }) => {
      await connected.disconnect(caller, form.get('app') ?? '')
      return done(CONNECTED, 'disconnected')
    }),
  ]
}

const viewOf = ({ app, scopes, since, lastUsed }: ConnectedApp) => ({
  id: app.id,
  label: app.label,
  initials: initialsOf(app.label),
  picture: app.logo && logoPath(app.logo),
  scopes,
  since,
  lastUsed,
})
