// An app as it is sent. SDKs send whole objects back, so unknown and read-only members are passed over, and null is unsaid; but a
// member of the wrong type is refused, and nothing is turned into another type.
import Type, { type Static } from 'typebox'
import { maybe } from '#http/wire.ts'
import { invalid } from '#kernel/refusal.ts'
import { parseClientKey } from './client-key.ts'
import type { AppDraft } from './new-app.ts'
import { refuseUnserved } from './unserved-settings.ts'

const text = maybe(Type.String())
const flag = maybe(Type.Boolean())
const texts = maybe(Type.Array(Type.String()))
const anything = Type.Record(Type.String(), Type.Unknown())

const OAuthCredentials = Type.Object({
  client_id: text,
  client_secret: text,
  token_endpoint_auth_method: text,
  autoKeyRotation: flag,
  pkce_required: flag,
})

const OAuthSettings = Type.Object({
  application_type: text,
  grant_types: texts,
  response_types: texts,
  redirect_uris: texts,
  wildcard_redirect: text,
  post_logout_redirect_uris: texts,
  initiate_login_uri: text,
  idp_initiated_login: maybe(Type.Object({ mode: text, default_scope: texts })),
  client_uri: text,
  logo_uri: text,
  tos_uri: text,
  policy_uri: text,
  consent_method: text,
  issuer_mode: maybe(Type.Union([Type.Literal('ORG_URL'), Type.Literal('CUSTOM_URL'), Type.Literal('DYNAMIC')])),
  // No null here: null is no number of seconds.
  refresh_token: maybe(Type.Object({ rotation_type: text, leeway: Type.Optional(Type.Integer()) })),
  jwks: maybe(Type.Object({ keys: maybe(Type.Array(anything)) })),
  jwks_uri: text,
  dpop_bound_access_tokens: flag,
  participate_slo: flag,
  frontchannel_logout_uri: text,
  frontchannel_logout_session_required: flag,
  request_object_signing_alg: text,
  id_token_encrypted_response_alg: text,
  network: maybe(Type.Object({ connection: text, include: texts, exclude: texts })),
  subject_type: text,
  sector_identifier_uri: text,
  backchannel_token_delivery_mode: text,
  backchannel_authentication_request_signing_alg: text,
  backchannel_custom_authenticator_id: text,
})

export const AppBody = Type.Object({
  name: text,
  label: text,
  signOnMode: text,
  accessibility: maybe(Type.Object({ selfService: flag, errorRedirectUrl: text, loginRedirectUrl: text })),
  visibility: maybe(
    Type.Object({
      autoLaunch: flag,
      autoSubmitToolbar: flag,
      hide: maybe(Type.Object({ iOS: flag, web: flag })),
      appLinks: maybe(Type.Record(Type.String(), Type.Boolean())),
    }),
  ),
  credentials: maybe(
    Type.Object({
      userNameTemplate: maybe(Type.Object({ template: text, type: text, userSuffix: text, pushStatus: text })),
      oauthClient: maybe(OAuthCredentials),
    }),
  ),
  settings: maybe(
    Type.Object({
      app: maybe(anything),
      notes: maybe(Type.Object({ admin: text, enduser: text })),
      manualProvisioning: flag,
      implicitAssignment: flag,
      oauthClient: maybe(OAuthSettings),
    }),
  ),
  profile: maybe(anything),
})

type Settings = Static<typeof OAuthSettings>

/** What no rule reads, kept under its own names to be shown again. */
const KEPT_SETTINGS = [
  'participate_slo',
  'frontchannel_logout_uri',
  'frontchannel_logout_session_required',
  'request_object_signing_alg',
  'network',
  'subject_type',
  'sector_identifier_uri',
  'backchannel_token_delivery_mode',
  'backchannel_authentication_request_signing_alg',
  'backchannel_custom_authenticator_id',
] as const satisfies readonly (keyof Settings)[]

/** @throws {Refusal} validation_failed */
export function appFromWire(body: Static<typeof AppBody>): AppDraft {
  checkKind(body)
  const credentials = body.credentials?.oauthClient ?? {}
  const settings: Settings = body.settings?.oauthClient ?? {}
  refuseUnserved(settings)
  const said = <T>(value: T | null | undefined): T | undefined => value ?? undefined
  return {
    label: body.label ?? '',
    clientId: said(credentials.client_id),
    clientSecret: said(credentials.client_secret),
    applicationType: said(settings.application_type),
    clientAuthentication: said(credentials.token_endpoint_auth_method),
    pkceRequired: said(credentials.pkce_required),
    grantTypes: settings.grant_types ?? [],
    responseTypes: settings.response_types ?? [],
    redirectUris: settings.redirect_uris ?? [],
    wildcardRedirect: said(settings.wildcard_redirect),
    postLogoutRedirectUris: settings.post_logout_redirect_uris ?? [],
    initiateLoginUri: said(settings.initiate_login_uri),
    idpInitiatedLogin: {
      mode: said(settings.idp_initiated_login?.mode),
      defaultScope: settings.idp_initiated_login?.default_scope ?? [],
    },
    clientUri: said(settings.client_uri),
    logoUri: said(settings.logo_uri),
    tosUri: said(settings.tos_uri),
    policyUri: said(settings.policy_uri),
    consentMethod: said(settings.consent_method),
    issuerMode: said(settings.issuer_mode),
    refreshToken: refreshFromWire(settings),
    keys: (settings.jwks?.keys ?? []).map(parseClientKey),
    jwksUri: said(settings.jwks_uri),
    implicitAssignment: body.settings?.implicitAssignment ?? false,
    extra: extraFromWire(body, settings),
  }
}

function checkKind({ name, signOnMode }: Static<typeof AppBody>): void {
  if ((signOnMode ?? undefined) === undefined) throw invalid('signOnMode', 'signOnMode: The field cannot be left blank')
  if (signOnMode !== 'OPENID_CONNECT')
    throw invalid('signOnMode', "signOnMode: 'signOnMode' is invalid. Valid values: [OPENID_CONNECT].")
  if ((name ?? 'oidc_client') !== 'oidc_client')
    throw invalid('name', "name: 'name' is invalid. Valid values: [oidc_client].")
}

function refreshFromWire({ refresh_token: sent }: Settings): AppDraft['refreshToken'] {
  return sent ? { rotationType: sent.rotation_type ?? undefined, leewaySeconds: sent.leeway } : undefined
}

function extraFromWire(body: Static<typeof AppBody>, settings: Settings): AppDraft['extra'] {
  const kept = KEPT_SETTINGS.filter((name) => (settings[name] ?? undefined) !== undefined).map((name) => [
    name,
    settings[name],
  ])
  return {
    accessibility: body.accessibility ?? {},
    visibility: body.visibility ?? {},
    userNameTemplate: body.credentials?.userNameTemplate ?? {},
    autoKeyRotation: body.credentials?.oauthClient?.autoKeyRotation ?? true,
    app: body.settings?.app ?? {},
    notes: body.settings?.notes ?? {},
    manualProvisioning: body.settings?.manualProvisioning ?? false,
    ...(body.profile ? { profile: body.profile } : {}),
    oauthClient: Object.fromEntries(kept),
  }
}
