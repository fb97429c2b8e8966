// The End-User Dashboard: what people find after they have signed in, and what they may change of themselves.
import type { DemandsFor } from '#authenticators/manage-service.ts'
import type { Route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { appsRoutes } from './apps-routes.ts'
import type { ConnectedApps } from './connected-app.ts'
import { connectedRoutes } from './connected-routes.ts'
import { profileRoutes } from './profile-routes.ts'
import { securityRoutes } from './security-routes.ts'
import { sessionRoutes } from './session-routes.ts'

export const dashboardRoutes = (deps: Deps, demandsFor: DemandsFor, connected: ConnectedApps): readonly Route[] => [
  ...appsRoutes(deps),
  ...profileRoutes(deps),
  ...securityRoutes(deps, demandsFor),
  ...sessionRoutes(deps),
  ...connectedRoutes(deps, connected),
]
