// What an administrator sets up before the others begin, through Okta's own management SDK.
import {
  Client,
  type OpenIdConnectApplication,
  type OpenIdConnectApplicationSettingsClient,
} from '@okta/okta-sdk-nodejs'
import type { Keystead } from './keystead.ts'

export interface Person {
  readonly id: string
  readonly login: string
  readonly password: string
  /** First and last name, as the `name` claim has it. */
  readonly name: string
}

export interface RegisteredApp {
  readonly id: string
  readonly clientId: string
  readonly clientSecret: string | undefined
}

/** Where an app stands: its origin, and the paths that people come back to. */
export interface Places {
  readonly origin: string
  readonly callback: string
  readonly signedOut: string
}

/** The SDK, with the API token of the first administrator. */
export const adminOf = ({ url, apiToken }: Keystead): Client => new Client({ orgUrl: url, token: apiToken })

/** A single-page app with refresh tokens, as the guide has it. */
export function registerSpa(
  admin: Client,
  label: string,
  { origin, callback, signedOut }: Places,
): Promise<RegisteredApp> {
  return registerApp(admin, label, 'none', {
    application_type: 'browser',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [origin + callback],
    post_logout_redirect_uris: [origin + signedOut],
  })
}

/** A web app, whose server holds a secret. */
export function registerWebApp(admin: Client, label: string, places: Places): Promise<RegisteredApp> {
  return registerApp(admin, label, 'client_secret_basic', {
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [places.origin + places.callback],
    post_logout_redirect_uris: [places.origin + places.signedOut],
  })
}

export async function registerApp(
  admin: Client,
  label: string,
  authentication: 'none' | 'client_secret_basic',
  settings: OpenIdConnectApplicationSettingsClient,
): Promise<RegisteredApp> {
  const application: OpenIdConnectApplication = {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: authentication } },
    settings: { oauthClient: settings },
  }
  const created: Partial<OpenIdConnectApplication> = await admin.applicationApi.createApplication({ application })
  const { client_id: clientId, client_secret: clientSecret } = created.credentials?.oauthClient ?? {}
  if (!created.id || !clientId) throw new Error(`The app came back without an id: ${JSON.stringify(created)}`)
  return { id: created.id, clientId, clientSecret }
}

/** An active person with a password, who needs no further step before the first sign-in. */
export async function createPerson(admin: Client, firstName: string, lastName: string): Promise<Person> {
  const login = `${firstName}.${lastName}@example.com`.toLowerCase()
  const password = 'Quiet-Harbour-41-Lamp'
  const { id } = await admin.userApi.createUser({
    activate: true,
    body: { profile: { firstName, lastName, email: login, login }, credentials: { password: { value: password } } },
  })
  if (!id) throw new Error('The user came back without an id.')
  return { id, login, password, name: `${firstName} ${lastName}` }
}

export async function assign(admin: Client, person: Person, appId: string): Promise<void> {
  await admin.applicationApi.assignUserToApplication({
    appId,
    appUser: { id: person.id, scope: 'USER', credentials: { userName: person.login } },
  })
}

/** Lets the pages of an origin call the API with the person's session. */
export async function trustOrigin(admin: Client, origin: string): Promise<void> {
  const trustedOrigin = {
    name: `Pages of ${origin}`,
    origin,
    scopes: [{ type: 'CORS' as const }, { type: 'REDIRECT' as const }],
  }
  await admin.trustedOriginApi.createTrustedOrigin({ trustedOrigin })
}

export async function enableFeature(admin: Client, name: string): Promise<void> {
  for await (const feature of await admin.featureApi.listFeatures())
    if (feature?.name === name && feature.id !== undefined)
      await admin.featureApi.updateFeatureLifecycle({ featureId: feature.id, lifecycle: 'ENABLE' })
}
