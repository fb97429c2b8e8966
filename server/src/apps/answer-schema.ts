// An app as it is answered, in the shape and order of Okta's own answers. The secret stands in it only where it was just decided.

import { link } from '#http/wire.ts'
import type { OrgId } from '#kernel/id.ts'
import { isoText } from '#kernel/instant.ts'
import { type App, type ClientKey, issuerModeOf } from './app.ts'
import { embedPath, HIDDEN } from './app-link.ts'
import { CIBA } from './application-types.ts'
import { LOGIN_TEMPLATE } from './assignment.ts'
import { currentSecret } from './client-secret.ts'
import { type LogoName, logoPath } from './logo.ts'

export interface Surroundings {
  readonly org: OrgId
  readonly orgUrl: string
  readonly signingKid: string | undefined
  readonly accessPolicyId: string | undefined
  readonly enrollmentPolicyId: string | undefined
}

// A grey gear, for apps without a logo of their own.
const DEFAULT_LOGO = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8" fill="none" stroke="#8c8c96" stroke-width="4" stroke-dasharray="4.2 2.08"/></svg>',
)}`

export function appToWire(app: App, around: Surroundings, clientSecret?: string) {
  const { org, signingKid } = around
  const extra = app.extra as KeptExtra
  return {
    id: app.id,
    orn: `orn:okta:idp:${org}:apps:${app.name}:${app.id}`,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: isoText(app.lastUpdated),
    created: isoText(app.created),
    accessibility: withDefaults(
      { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      extra.accessibility,
    ),
    visibility: visibilityToWire(extra.visibility),
    features: [],
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      userNameTemplate: withDefaults({ template: LOGIN_TEMPLATE, type: 'BUILT_IN' }, extra.userNameTemplate),
      signing: signingKid === undefined ? {} : { kid: signingKid },
      oauthClient: {
        autoKeyRotation: extra.autoKeyRotation ?? true,
        client_id: app.clientId,
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
        token_endpoint_auth_method: app.clientAuthentication,
        pkce_required: app.pkceRequired,
      },
    },
    universalLogout: {
      status: 'DISABLED',
      supportType: 'FULL',
      identityStack: 'NOT_SHARED',
      protocol: 'GLOBAL_TOKEN_REVOCATION',
    },
    settings: {
      app: extra.app ?? {},
      notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
      manualProvisioning: extra.manualProvisioning ?? false,
      implicitAssignment: app.implicitAssignment,
      emOptInStatus: 'NONE',
      notes: withDefaults({ admin: null, enduser: null }, extra.notes),
      oauthClient: settingsToWire(app, extra.oauthClient ?? {}),
    },
    ...(extra.profile ? { profile: extra.profile } : {}),
    _links: linksOf(app, around),
  }
}

/** `extra` as `fromWire` wrote it, now or in an older release. */
interface KeptExtra {
  readonly accessibility?: Wire
  readonly visibility?: Wire
  readonly userNameTemplate?: Wire
  readonly autoKeyRotation?: boolean
  readonly app?: Wire
  readonly notes?: Wire
  readonly manualProvisioning?: boolean
  readonly profile?: Wire
  readonly oauthClient?: Wire
}
type Wire = Readonly<Record<string, unknown>>

/** The sent members over the defaults; null and absent ones are the default. */
function withDefaults(defaults: Wire, sent: Wire = {}): Wire {
  const said = Object.entries(sent).filter(([, value]) => value !== null && value !== undefined)
  return { ...defaults, ...Object.fromEntries(said) }
}

function visibilityToWire(sent: Wire = {}): Wire {
  const { hide, appLinks, ...rest } = sent
  return {
    ...withDefaults({ autoLaunch: false, autoSubmitToolbar: false }, rest),
    hide: withDefaults(HIDDEN, (hide ?? {}) as Wire),
    appLinks: withDefaults({ oidc_client_link: true }, (appLinks ?? {}) as Wire),
  }
}

function settingsToWire(app: App, kept: Wire): Wire {
  const { participate_slo = false, ...rest } = kept
  const keys = app.clientKeys.map(keyToWire)
  return {
    client_uri: app.clientUri ?? null,
    logo_uri: app.logoUri ?? null,
    ...defined({ tos_uri: app.tosUri, policy_uri: app.policyUri }),
    redirect_uris: app.redirectUris,
    ...(app.postLogoutRedirectUris.length > 0 ? { post_logout_redirect_uris: app.postLogoutRedirectUris } : {}),
    response_types: app.responseTypes,
    grant_types: app.grantTypes,
    ...defined({ initiate_login_uri: app.initiateLoginUri, jwks_uri: app.jwksUri }),
    ...(keys.length > 0 ? { jwks: { keys } } : {}),
    application_type: app.applicationType,
    consent_method: app.consentMethod,
    issuer_mode: issuerModeOf(app),
    ...(app.grantTypes.includes('refresh_token') ? { refresh_token: refreshToWire(app) } : {}),
    idp_initiated_login: { mode: app.idpInitiatedLogin.mode, default_scope: app.idpInitiatedLogin.defaultScope },
    wildcard_redirect: app.wildcardRedirect,
    ...(app.grantTypes.includes(CIBA) ? { backchannel_token_delivery_mode: 'poll' } : {}),
    ...rest,
    dpop_bound_access_tokens: false,
    participate_slo,
  }
}

// A grace period belongs to rotation: Okta doesn't show one without.
const refreshToWire = ({ refreshToken: { rotationType, leewaySeconds } }: App) =>
  rotationType === 'ROTATE' ? { rotation_type: rotationType, leeway: leewaySeconds } : { rotation_type: rotationType }

const defined = (members: Wire): Wire =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

/** A key as it stands in an app. */
export function keyToWire(key: ClientKey): Wire {
  const { kty, kid: _kid, use: _use, ...material } = key.jwk
  return { kty, id: key.id, status: key.status, kid: key.kid ?? null, use: key.use ?? null, ...material }
}

function linksOf(app: App, { orgUrl, accessPolicyId, enrollmentPolicyId }: Surroundings): Wire {
  const policy = (id: string | undefined) => id && { href: `${orgUrl}/api/v1/policies/${id}` }
  const self = `${orgUrl}/api/v1/apps/${app.id}`
  const lifecycle = app.status === 'ACTIVE' ? 'deactivate' : 'activate'
  const credentials = [
    ...(currentSecret(app.secrets) ? [{ name: 'secrets', href: `${self}/credentials/secrets` }] : []),
    ...(app.clientKeys.length > 0 ? [{ name: 'jwks', href: `${self}/credentials/jwks` }] : []),
  ]
  return {
    self: { href: self },
    uploadLogo: link(`${self}/logo`, 'POST'),
    appLinks: [{ name: 'oidc_client_link', href: `${orgUrl}${embedPath(app)}`, type: 'text/html' }],
    ...defined({ profileEnrollment: policy(enrollmentPolicyId) }),
    policies: link(`${self}/policies`, 'PUT'),
    groups: { href: `${self}/groups` },
    logo: [{ name: 'medium', ...logoOf(app, orgUrl) }],
    clientCredentials: credentials,
    ...defined({ accessPolicy: policy(accessPolicyId) }),
    users: { href: `${self}/users` },
    [lifecycle]: { href: `${self}/lifecycle/${lifecycle}` },
  }
}

export const logoUrl = (orgUrl: string, logo: LogoName): string => orgUrl + logoPath(logo)

/** What was uploaded goes before an address. */
export function logoOf({ logo, logoUri }: App, orgUrl: string): { readonly href: string; readonly type: string } {
  if (logo) return { href: logoUrl(orgUrl, logo), type: logo.type }
  return logoUri === undefined ? { href: DEFAULT_LOGO, type: 'image/svg+xml' } : { href: logoUri, type: 'image/png' }
}
