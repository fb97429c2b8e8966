// The app that every org has of itself: its Admin Console, an OIDC client like others, so that what the org demands of a sign-in holds
// there too. Nobody makes, changes, assigns or deletes it through the API, where it is not to be seen; its redirect URI follows from
// where the console is.
import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import type { App } from './app.ts'

/** With a sign that no client id of an administrator's may have. */
export const ADMIN_CONSOLE_CLIENT_ID = 'keystead:admin-console'
/** As Okta names its own. */
const ADMIN_CONSOLE = 'saasure'

export const isBuiltIn = (app: Pick<App, 'name'>): boolean => app.name === ADMIN_CONSOLE

/** The names of apps that nobody has made. */
export const BUILT_IN_NAMES: readonly string[] = [ADMIN_CONSOLE]

/**
 * It redeems its codes in process, so it has a method of authentication for which it has no key: nobody can pose as it at the token
 * endpoint. Its id is made of the org's, which each has once.
 */
export const adminConsoleApp = (org: OrgId, created: Instant): App => ({
  id: `0oa${org.slice(3)}`,
  clientId: ADMIN_CONSOLE_CLIENT_ID,
  name: ADMIN_CONSOLE,
  label: 'Admin Console',
  status: 'ACTIVE',
  created,
  lastUpdated: created,
  applicationType: 'web',
  clientAuthentication: 'private_key_jwt',
  pkceRequired: true,
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  redirectUris: [],
  wildcardRedirect: 'DISABLED',
  postLogoutRedirectUris: [],
  initiateLoginUri: undefined,
  idpInitiatedLogin: { mode: 'DISABLED', defaultScope: [] },
  clientUri: undefined,
  logoUri: undefined,
  logo: undefined,
  tosUri: undefined,
  policyUri: undefined,
  consentMethod: 'TRUSTED',
  issuerMode: undefined,
  refreshToken: { rotationType: 'ROTATE', leewaySeconds: 30 },
  clientKeys: [],
  jwks: [],
  jwksUri: undefined,
  // Everybody may sign in to it; whether they administer anything is asked after that, and again at each use.
  implicitAssignment: true,
  secrets: [],
  extra: {},
})

/** The app with the redirect URIs that it has here. */
export const placed = (app: App, redirectUris: readonly string[]): App =>
  isBuiltIn(app) ? { ...app, redirectUris } : app
