// An app as its forms hold it, and as the API takes it. Both directions are pure.
import type { AppBody } from '../../api/apps.ts'
import type { App } from '../../api/types.ts'
import { type ApplicationType, appTypeOf } from './app-types.ts'
import { redirectUriProblem } from './redirect-uri-rule.ts'

export interface AppFormValues extends Record<string, unknown> {
  readonly label: string
  readonly grantTypes: readonly string[]
  readonly rotation: 'ROTATE' | 'STATIC'
  /** Seconds; text while it is being typed. */
  readonly leeway: number | string
  readonly redirectUris: readonly string[]
  readonly allowWildcard: boolean
  readonly signOutUris: readonly string[]
  readonly loginMode: 'DISABLED' | 'SPEC' | 'OKTA'
  readonly initiateLoginUri: string
  readonly requireConsent: boolean
  readonly termsUri: string
  readonly policyUri: string
}

/** Which of the API's members stands in which field. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  E0000040: 'label',
  grant_types: 'grantTypes',
  rotation_type: 'rotation',
  redirect_uris: 'redirectUris',
  wildcard_redirect: 'allowWildcard',
  post_logout_redirect_uris: 'signOutUris',
  idp_initiated_login: 'loginMode',
  initiate_login_uri: 'initiateLoginUri',
  tos_uri: 'termsUri',
  policy_uri: 'policyUri',
}

const LEEWAY_DEFAULT = 30
export const LEEWAY_MAX = 60
const LABEL_MAX = 100

const rotationOf = (type: ApplicationType) => (type === 'browser' ? 'ROTATE' : 'STATIC')

/** What a new app of the platform begins with. */
export function newAppForm(type: ApplicationType, rotationIsOn: boolean): AppFormValues {
  const { name, redirectUri, signOutUri, defaultGrants } = appTypeOf(type)
  const withoutRefresh = type === 'browser' && !rotationIsOn
  return {
    label: name,
    grantTypes: defaultGrants.filter((grant) => grant !== 'refresh_token' || !withoutRefresh),
    rotation: rotationOf(type),
    leeway: LEEWAY_DEFAULT,
    redirectUris: redirectUri === '' ? [] : [redirectUri],
    allowWildcard: false,
    signOutUris: signOutUri === '' ? [] : [signOutUri],
    loginMode: 'DISABLED',
    initiateLoginUri: '',
    requireConsent: false,
    termsUri: '',
    policyUri: '',
  }
}

export function toForm({ label, settings: { oauthClient: settings } }: App): AppFormValues {
  const { rotation_type: rotation, leeway } = settings.refresh_token ?? {}
  return {
    label,
    grantTypes: settings.grant_types,
    rotation: (rotation ?? rotationOf(settings.application_type)) === 'ROTATE' ? 'ROTATE' : 'STATIC',
    leeway: leeway ?? LEEWAY_DEFAULT,
    redirectUris: settings.redirect_uris,
    allowWildcard: settings.wildcard_redirect === 'SUBDOMAIN',
    signOutUris: settings.post_logout_redirect_uris ?? [],
    loginMode: loginModeOf(settings.idp_initiated_login.mode),
    initiateLoginUri: settings.initiate_login_uri ?? '',
    requireConsent: settings.consent_method === 'REQUIRED',
    termsUri: settings.tos_uri ?? '',
    policyUri: settings.policy_uri ?? '',
  }
}

const loginModeOf = (mode: string): AppFormValues['loginMode'] =>
  mode === 'SPEC' || mode === 'OKTA' ? mode : 'DISABLED'

type Settings = NonNullable<NonNullable<NonNullable<AppBody['settings']>['oauthClient']>>

/** The members of `settings.oauthClient` that the forms decide. */
function settingsOf(type: ApplicationType, values: AppFormValues): Settings {
  const grants = values.grantTypes
  const uris = (list: readonly string[]) => list.map((uri) => uri.trim()).filter((uri) => uri !== '')
  return {
    application_type: type,
    grant_types: grants,
    response_types: grants.includes('authorization_code') ? ['code'] : type === 'service' ? ['token'] : [],
    redirect_uris: uris(values.redirectUris),
    wildcard_redirect: values.allowWildcard ? 'SUBDOMAIN' : 'DISABLED',
    post_logout_redirect_uris: uris(values.signOutUris),
    initiate_login_uri: orNull(values.initiateLoginUri),
    consent_method: values.requireConsent ? 'REQUIRED' : 'TRUSTED',
    tos_uri: orNull(values.termsUri),
    policy_uri: orNull(values.policyUri),
    ...(grants.includes('refresh_token')
      ? { refresh_token: { rotation_type: values.rotation, leeway: Number(values.leeway) } }
      : {}),
  }
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** @param implicitAssignment admits everyone in the org, assigned or not */
export function createRequest(type: ApplicationType, values: AppFormValues, implicitAssignment = false): AppBody {
  const isPublic = appTypeOf(type).isPublic
  return {
    name: 'oidc_client',
    label: values.label.trim(),
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic' } },
    settings: { oauthClient: settingsOf(type, values), ...(implicitAssignment ? { implicitAssignment } : {}) },
  }
}

/** The same app, with everyone in the org admitted or not. */
export function openedToEveryone(app: App, implicitAssignment: boolean): AppBody {
  const body = toRequest(app, toForm(app))
  return { ...body, settings: { ...body.settings, implicitAssignment } }
}

/** The whole app with the form's members replaced: a PUT resets what it does not say. */
export function toRequest(app: App, values: AppFormValues): AppBody {
  const { _links, ...rest } = app
  const { oauthClient, ...settings } = app.settings
  const hidden = values.loginMode === 'DISABLED'
  return {
    ...(rest as AppBody),
    label: values.label.trim(),
    visibility: { ...app.visibility, hide: { iOS: hidden, web: hidden } },
    settings: {
      ...(settings as AppBody['settings']),
      oauthClient: {
        ...(oauthClient as Settings),
        ...settingsOf(oauthClient.application_type, values),
        response_types: responseTypes(oauthClient.response_types, values.grantTypes),
        idp_initiated_login: { ...oauthClient.idp_initiated_login, mode: values.loginMode },
      },
    },
  }
}

/** Other response types stay; `code` goes with its grant. */
function responseTypes(current: readonly string[], grants: readonly string[]): readonly string[] {
  const others = current.filter((type) => type !== 'code')
  return grants.includes('authorization_code') ? ['code', ...others] : others
}

export type Problems = Partial<Record<keyof AppFormValues & string, string>>

/** What is wrong with the form, in the server's words. */
export function appFormProblems(type: ApplicationType, values: AppFormValues): Problems {
  const problems: Record<string, string> = {}
  const blank = 'The field cannot be left blank'
  if (values.label.trim() === '') problems.label = blank
  else if (values.label.length > LABEL_MAX) problems.label = `The field must have at most ${LABEL_MAX} characters`
  if (values.grantTypes.length === 0) problems.grantTypes = blank
  const leeway = Number(values.leeway)
  const rotates = values.grantTypes.includes('refresh_token') && values.rotation === 'ROTATE'
  if (rotates && !(values.leeway !== '' && Number.isInteger(leeway) && leeway >= 0 && leeway <= LEEWAY_MAX))
    problems.leeway = `'leeway' must be a whole number of seconds from 0 to ${LEEWAY_MAX}.`
  const typed = values.redirectUris.filter((uri) => uri.trim() !== '')
  if (type !== 'service' && typed.length === 0 && values.grantTypes.includes('authorization_code'))
    problems.redirectUris = blank
  const wrong = (list: readonly string[]) =>
    list.some((uri) => uri !== '' && redirectUriProblem(uri, type) !== undefined)
  if (wrong(values.redirectUris)) problems.redirectUris = 'One of the URIs cannot be used.'
  if (wrong(values.signOutUris)) problems.signOutUris = 'One of the URIs cannot be used.'
  const initiate = values.initiateLoginUri.trim()
  const initiateProblem = initiate === '' ? undefined : redirectUriProblem(initiate, type)
  if (initiateProblem !== undefined) problems.initiateLoginUri = initiateProblem
  else if (initiate === '' && values.loginMode !== 'DISABLED')
    problems.initiateLoginUri = `'initiate_login_uri' is required for the login mode '${values.loginMode}'.`
  return problems
}
