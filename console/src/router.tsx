// Every page of the console and where it is. Pages are loaded when they are first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { meQuery } from './api/me.ts'
import { queryClient } from './api/query-client.ts'
import { Frame } from './shell/frame.tsx'
import { LoadingPage } from './shell/loading-page.tsx'
import { NoSuchPage } from './shell/no-such-page.tsx'
import { PageFailed } from './shell/page-failed.tsx'
import { SignedIn } from './shell/signed-in.tsx'

const root = createRootRoute({ notFoundComponent: NoSuchPage })

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  loader: () => queryClient.ensureQueryData(meQuery),
  pendingComponent: LoadingPage,
  errorComponent: PageFailed,
})

/** Text members of an address; others are left out. */
const textSearch =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): Partial<Record<Name, string>> =>
    Object.fromEntries(
      names.filter((name) => typeof search[name] === 'string').map((name) => [name, search[name]]),
    ) as Partial<Record<Name, string>>

const within = <Path extends string>(path: Path) => ({ getParentRoute: () => frame, path }) as const

const dashboard = createRoute({
  ...within('/'),
  component: lazyRouteComponent(() => import('./pages/dashboard/dashboard-page.tsx'), 'DashboardPage'),
})
const apps = createRoute({
  ...within('/applications'),
  validateSearch: textSearch('q', 'status'),
  component: lazyRouteComponent(() => import('./pages/apps/app-list-page.tsx'), 'AppListPage'),
})
const newApp = createRoute({
  ...within('/applications/new'),
  validateSearch: textSearch('type'),
  component: lazyRouteComponent(() => import('./pages/apps/new-app-page.tsx'), 'NewAppPage'),
})
const app = createRoute({
  ...within('/app/oidc_client/instance/$appId'),
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(() => import('./pages/apps/app-page.tsx'), 'AppPage'),
})
const api = createRoute({
  ...within('/security/api'),
  validateSearch: textSearch('tab', 'type', 'q', 'dialog'),
  component: lazyRouteComponent(() => import('./pages/security/api-page.tsx'), 'ApiPage'),
})
const authorizationServer = createRoute({
  ...within('/security/api/servers/$serverId'),
  validateSearch: textSearch('tab', 'type'),
  component: lazyRouteComponent(() => import('./pages/security/server-page.tsx'), 'ServerPage'),
})
const authenticators = createRoute({
  ...within('/security/authenticators'),
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(
    () => import('./pages/security/sign-in-policies/authenticators-page.tsx'),
    'AuthenticatorsPage',
  ),
})
const globalSessionPolicy = createRoute({
  ...within('/security/global-session-policy'),
  component: lazyRouteComponent(
    () => import('./pages/security/sign-in-policies/global-session-policy-page.tsx'),
    'GlobalSessionPolicyPage',
  ),
})
const people = createRoute({
  ...within('/directory/people'),
  validateSearch: textSearch('q', 'status'),
  component: lazyRouteComponent(() => import('./pages/people/people-page.tsx'), 'PeoplePage'),
})
const newPerson = createRoute({
  ...within('/directory/people/new'),
  component: lazyRouteComponent(() => import('./pages/people/new-person-page.tsx'), 'NewPersonPage'),
})
const person = createRoute({
  ...within('/directory/people/$userId'),
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(() => import('./pages/people/person-page.tsx'), 'PersonPage'),
})
const groups = createRoute({
  ...within('/directory/groups'),
  validateSearch: textSearch('q', 'dialog'),
  component: lazyRouteComponent(() => import('./pages/groups/groups-page.tsx'), 'GroupsPage'),
})
const group = createRoute({
  ...within('/directory/groups/$groupId'),
  validateSearch: textSearch('tab', 'q'),
  component: lazyRouteComponent(() => import('./pages/groups/group-page.tsx'), 'GroupPage'),
})
const mailbox = createRoute({
  ...within('/directory/mailbox'),
  validateSearch: textSearch('to', 'mail'),
  component: lazyRouteComponent(() => import('./pages/mailbox/mailbox-page.tsx'), 'MailboxPage'),
})
const systemLog = createRoute({
  ...within('/reports/system-log'),
  validateSearch: textSearch('since', 'until', 'filter', 'q', 'range', 'outcome'),
  component: lazyRouteComponent(() => import('./pages/system-log/system-log-page.tsx'), 'SystemLogPage'),
})
const refusedRequests = createRoute({
  ...within('/reports/refused-requests'),
  validateSearch: textSearch('app'),
  component: lazyRouteComponent(
    () => import('./pages/refused-requests/refused-requests-page.tsx'),
    'RefusedRequestsPage',
  ),
})
const features = createRoute({
  ...within('/settings/features'),
  component: lazyRouteComponent(() => import('./pages/features/features-page.tsx'), 'FeaturesPage'),
})
const guides = createRoute({
  ...within('/guides'),
  component: lazyRouteComponent(() => import('./pages/guides/guides-page.tsx'), 'GuidesPage'),
})
const guide = createRoute({
  ...within('/guides/$name'),
  component: lazyRouteComponent(() => import('./pages/guides/guide-page.tsx'), 'GuidePage'),
})
const signedIn = createRoute({ getParentRoute: () => root, path: '/signed-in', component: SignedIn })

export const router = createRouter({
  routeTree: root.addChildren([
    signedIn,
    frame.addChildren([
      dashboard,
      apps,
      newApp,
      app,
      api,
      authorizationServer,
      authenticators,
      globalSessionPolicy,
      people,
      newPerson,
      person,
      groups,
      group,
      mailbox,
      systemLog,
      refusedRequests,
      features,
      guides,
      guide,
    ]),
  ]),
  basepath: '/admin',
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingPage,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
