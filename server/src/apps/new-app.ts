// From what was sent to an app: defaults for what was not said (they depend on the type), and what a replacement keeps.
import type { Instant } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import {
  APPLICATION_TYPES,
  type App,
  CLIENT_AUTHENTICATIONS,
  type ClientKey,
  CONSENT_METHODS,
  type IssuerMode,
  type RefreshTokenSettings,
  ROTATION_TYPES,
  signingKeysOf,
} from './app.ts'
import { TYPE_RULES, type TypeRules } from './application-types.ts'
import { type ClientKeyDraft, clientKey } from './client-key.ts'

const LEEWAY_DEFAULT = 30

/** What a caller may say about an app; undefined is unsaid. Words are checked here, since their default depends on the type. */
export interface AppDraft {
  readonly label: string
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly applicationType: string | undefined
  readonly clientAuthentication: string | undefined
  readonly pkceRequired: boolean | undefined
  readonly grantTypes: readonly string[]
  readonly responseTypes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly wildcardRedirect: string | undefined
  readonly postLogoutRedirectUris: readonly string[]
  readonly initiateLoginUri: string | undefined
  readonly idpInitiatedLogin: { readonly mode: string | undefined; readonly defaultScope: readonly string[] }
  readonly clientUri: string | undefined
  readonly logoUri: string | undefined
  readonly tosUri: string | undefined
  readonly policyUri: string | undefined
  readonly consentMethod: string | undefined
  readonly issuerMode: IssuerMode | undefined
  readonly refreshToken:
    | { readonly rotationType: string | undefined; readonly leewaySeconds: number | undefined }
    | undefined
  readonly keys: readonly ClientKeyDraft[]
  readonly jwksUri: string | undefined
  readonly implicitAssignment: boolean
  readonly extra: Readonly<Record<string, unknown>>
}

/** What is made before the unit: the time, and an id for each key that may turn out to be new. */
export interface Made {
  readonly now: Instant
  readonly keyIds: readonly string[]
}

/** An active app of the catalogue's only kind. Its secrets are made apart. @throws {Refusal} validation_failed */
export function newApp(draft: AppDraft, id: string, made: Made): App {
  const { now } = made
  return build(
    draft,
    {
      id,
      clientId: draft.clientId ?? id,
      created: now,
      status: 'ACTIVE',
      logo: undefined,
      refreshToken: undefined,
      clientKeys: [],
    },
    made,
  )
}

/**
 * The app after a PUT: everything unsaid falls back to its default, but for what Okta keeps (id, client id, secrets, logo, the refresh
 * token settings). @throws {Refusal} validation_failed, also for a change of what cannot change
 */
export function replacedApp(current: App, draft: AppDraft, made: Made): App {
  if (draft.clientId !== undefined && draft.clientId !== current.clientId) throw immutable('client_id')
  const type = draft.applicationType ?? current.applicationType
  if (type !== current.applicationType) throw immutable('application_type')
  return { ...build({ ...draft, applicationType: type }, current, made), secrets: current.secrets }
}

type Kept = Pick<App, 'id' | 'clientId' | 'created' | 'status' | 'logo' | 'clientKeys'> & {
  readonly refreshToken: RefreshTokenSettings | undefined
}

function build(draft: AppDraft, kept: Kept, made: Made): App {
  const applicationType = word('application_type', draft.applicationType, APPLICATION_TYPES) ?? 'web'
  const rules = TYPE_RULES[applicationType]
  const clientKeys = draft.keys.map(
    (key, at) => keptKey(kept.clientKeys, key, made) ?? clientKey(key, made.keyIds[at] ?? '', made.now),
  )
  return {
    id: kept.id,
    clientId: kept.clientId,
    name: 'oidc_client',
    label: draft.label,
    status: kept.status,
    created: kept.created,
    lastUpdated: made.now,
    applicationType,
    clientAuthentication:
      word('token_endpoint_auth_method', draft.clientAuthentication, CLIENT_AUTHENTICATIONS, rules.authentications) ??
      rules.defaultAuthentication,
    pkceRequired: draft.pkceRequired ?? rules.pkceByDefault,
    grantTypes: draft.grantTypes,
    responseTypes: draft.responseTypes,
    redirectUris: draft.redirectUris,
    wildcardRedirect: word('wildcard_redirect', draft.wildcardRedirect, ['DISABLED', 'SUBDOMAIN']) ?? 'DISABLED',
    postLogoutRedirectUris: draft.postLogoutRedirectUris,
    initiateLoginUri: draft.initiateLoginUri,
    idpInitiatedLogin: {
      mode: word('mode', draft.idpInitiatedLogin.mode, ['DISABLED', 'SPEC', 'OKTA']) ?? 'DISABLED',
      defaultScope: draft.idpInitiatedLogin.defaultScope,
    },
    clientUri: draft.clientUri,
    logoUri: draft.logoUri,
    logo: kept.logo,
    tosUri: draft.tosUri,
    policyUri: draft.policyUri,
    consentMethod: word('consent_method', draft.consentMethod, CONSENT_METHODS) ?? 'TRUSTED',
    issuerMode: draft.issuerMode,
    refreshToken: refreshSettings(draft, kept.refreshToken, rules),
    clientKeys,
    jwks: signingKeysOf(clientKeys),
    jwksUri: draft.jwksUri,
    implicitAssignment: draft.implicitAssignment,
    secrets: [],
    extra: draft.extra,
  }
}

function refreshSettings(
  { refreshToken: sent }: AppDraft,
  kept: RefreshTokenSettings | undefined,
  rules: TypeRules,
): RefreshTokenSettings {
  if (!sent) return kept ?? { rotationType: rules.rotation, leewaySeconds: LEEWAY_DEFAULT }
  const rotationType = word('rotation_type', sent.rotationType, ROTATION_TYPES)
  if (rotationType === undefined) throw invalid('rotation_type', 'rotation_type: The field cannot be left blank')
  return { rotationType, leewaySeconds: sent.leewaySeconds ?? LEEWAY_DEFAULT }
}

/** The key as it was registered before, when the same one is sent again; its status changes only when that is said. */
function keptKey(known: readonly ClientKey[], sent: ClientKeyDraft, { now }: Made): ClientKey | undefined {
  const same = known.find((key) => JSON.stringify(key.jwk) === JSON.stringify(sent.jwk))
  if (!same || sent.status === undefined || sent.status === same.status) return same
  return { ...same, status: sent.status, lastUpdated: now }
}

/** One of the words, undefined when unsaid. `offered` are those that the type allows. @throws {Refusal} validation_failed */
function word<T extends string>(
  field: string,
  sent: string | undefined,
  words: readonly T[],
  offered = words,
): T | undefined {
  if (sent === undefined) return undefined
  const known = offered.find((candidate) => candidate === sent)
  if (known !== undefined) return known
  throw invalid(field, `${field}: '${field}' is invalid. Valid values: [${offered.join(', ')}].`)
}

const immutable = (field: string) => invalid(field, `${field}: '${field}' cannot be changed.`)
