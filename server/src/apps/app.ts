// An app integration: an OAuth client with what Okta calls its settings. Rules that need the app alone live in this folder as pure
// functions; what depends on stored rows is checked by the service.
import type { Instant } from '#kernel/instant.ts'
import type { LogoName } from './logo.ts'

export const APPLICATION_TYPES = ['web', 'browser', 'native', 'service'] as const
export type ApplicationType = (typeof APPLICATION_TYPES)[number]

export const CLIENT_AUTHENTICATIONS = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
] as const
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number]

export const ROTATION_TYPES = ['ROTATE', 'STATIC'] as const
export type RotationType = (typeof ROTATION_TYPES)[number]

export const CONSENT_METHODS = ['TRUSTED', 'REQUIRED'] as const
export type ConsentMethod = (typeof CONSENT_METHODS)[number]

export type IssuerMode = 'ORG_URL' | 'CUSTOM_URL' | 'DYNAMIC'

export interface RefreshTokenSettings {
  readonly rotationType: RotationType
  /** 0 to 60 seconds; 0 is no grace period. */
  readonly leewaySeconds: number
}

export interface ClientSecret {
  readonly id: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: Instant
  readonly lastUpdated: Instant
  /** HMAC under the org's data key, purpose `client-secret`: compared with that of the presented secret. */
  readonly mac: string
  /** Opens with the org's data key at `[org, 'app_secret', 'sealed', id]`. */
  readonly sealed: string
}

/** A public key of the app, as it was registered. */
export interface ClientKey {
  readonly id: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly kid: string | undefined
  readonly use: 'sig' | 'enc' | undefined
  /** Public members only. */
  readonly jwk: Readonly<Record<string, unknown>>
}

export interface App {
  readonly id: string
  readonly clientId: string
  readonly name: string
  readonly label: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly applicationType: ApplicationType
  readonly clientAuthentication: ClientAuthentication
  readonly pkceRequired: boolean
  readonly grantTypes: readonly string[]
  readonly responseTypes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly wildcardRedirect: 'DISABLED' | 'SUBDOMAIN'
  readonly postLogoutRedirectUris: readonly string[]
  readonly initiateLoginUri: string | undefined
  readonly idpInitiatedLogin: { readonly mode: 'DISABLED' | 'SPEC' | 'OKTA'; readonly defaultScope: readonly string[] }
  readonly clientUri: string | undefined
  readonly logoUri: string | undefined
  /** The uploaded one. */
  readonly logo: LogoName | undefined
  readonly tosUri: string | undefined
  readonly policyUri: string | undefined
  readonly consentMethod: ConsentMethod
  /** By which host the org's own server is called in the app's tokens; unsaid is `DYNAMIC`, which has an effect while the feature is on. */
  readonly issuerMode: IssuerMode | undefined
  readonly refreshToken: RefreshTokenSettings
  /** Every registered key, the inactive too. */
  readonly clientKeys: readonly ClientKey[]
  /** The active signing keys among them: what a signature of the app may be checked with. */
  readonly jwks: readonly Readonly<Record<string, unknown>>[]
  readonly jwksUri: string | undefined
  /** As it was set; `admitsEveryone` says whether it has an effect. */
  readonly implicitAssignment: boolean
  /** Oldest first. */
  readonly secrets: readonly ClientSecret[]
  /** What Okta keeps beside these and no rule of ours reads: `visibility`, `accessibility`, `notes`, `profile`, … as sent. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** Okta's orgs say `DYNAMIC` where nobody said anything. */
export const issuerModeOf = ({ issuerMode }: Pick<App, 'issuerMode'>): IssuerMode => issuerMode ?? 'DYNAMIC'

/** The methods by which the app proves itself with a secret that both sides know. */
export const usesSecret = (method: ClientAuthentication): boolean => method !== 'none' && method !== 'private_key_jwt'

/** What signatures are checked with: an inactive key and one for encryption never count. */
export const signingKeysOf = (keys: readonly ClientKey[]): App['jwks'] =>
  keys.filter((key) => key.status === 'ACTIVE' && key.use !== 'enc').map((key) => key.jwk)
