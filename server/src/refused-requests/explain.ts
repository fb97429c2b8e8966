// Why a request was refused, in one sentence for the developer who made it, held against the configuration of this moment: what is
// registered, how far that is from what was sent, and the change that mends it. Pure.
import type { App } from '#apps/app.ts'
import { isBuiltIn } from '#apps/built-in-app.ts'
import { admitsEveryone } from '#apps/feature-rules.ts'
import { needsFeature } from '#features/registry.ts'
import { originOf, returnOriginOf } from '#kernel/origin.ts'
import { matchesRedirectUri } from '#kernel/redirect-uri.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { isTrusted, type OriginScopeType } from '#trusted-origins/trusted-origin.ts'
import {
  activateApp,
  addPostLogoutRedirectUri,
  addRedirectUri,
  allowGrant,
  assignUser,
  type Fix,
  originsFor,
  type Proposal,
  trustOrigin,
} from './fix.ts'
import { type Difference, explainRedirectUri, type Mark } from './redirect-difference.ts'
import type { Reason, RefusedRequest } from './refused-request.ts'

/** What is true now of the person of a refused request. */
export type PersonNow = 'assigned' | 'not-assigned' | 'gone'

export interface Surroundings {
  readonly config: OrgConfig
  readonly person: PersonNow | undefined
}

export interface Explanation {
  readonly sentence: string
  readonly app: App | undefined
  /** Whether the same request would pass this check now. */
  readonly resolved: boolean
  readonly registered: readonly string[]
  /** The nearest first. */
  readonly differences: readonly Difference[]
  readonly fix: Fix | undefined
}

const DIFFERENCES_MAX = 20

export function explain(request: RefusedRequest, around: Surroundings): Explanation {
  const { config } = around
  const app = request.clientId === undefined ? undefined : config.appsByClientId.get(request.clientId)
  const told = tell(request, app, around)
  // Nobody changes the org's own apps.
  const fixed = app && isBuiltIn(app) ? { fix: undefined } : {}
  return { ...NOTHING, app, ...told, ...fixed }
}

type Told = Pick<Explanation, 'sentence'> & Partial<Explanation>

/** What can't be explained without the app that it is about. */
type ReasonOfApp = Exclude<
  Reason,
  'origin-not-trusted' | 'redirect-not-trusted' | 'frame-not-trusted' | 'unknown-client-id'
>

const NOTHING = { resolved: false, registered: [], differences: [], fix: undefined } as const

function tell(request: RefusedRequest, app: App | undefined, around: Surroundings): Told {
  const { reason } = request
  switch (reason) {
    case 'origin-not-trusted':
      return untrusted(request.sent.value, 'CORS', around.config)
    case 'redirect-not-trusted':
      return untrustedRedirect(request, around.config)
    case 'frame-not-trusted':
      return untrustedFrame(request, around.config)
    case 'unknown-client-id':
      return unknownClient(request, app)
    default:
      return tellOfApp(request, reason, app, around)
  }
}

function tellOfApp(request: RefusedRequest, reason: ReasonOfApp, app: App | undefined, around: Surroundings): Told {
  const { sent } = request
  if (!app) return { sentence: `The app with the client ID '${request.clientId ?? ''}' has been deleted since.` }
  switch (reason) {
    case 'unknown-redirect-uri':
      return unknownRedirectUri(request, app)
    case 'unknown-post-logout-redirect-uri':
      return unknownPostLogoutRedirectUri(request, app)
    case 'origin-not-registered':
      return unregisteredOrigin(request, app, around.config)
    case 'grant-not-allowed':
      return refusedGrant(sent.value, app)
    case 'grant-not-served':
      return {
        sentence: `${named(app)} asked for tokens by the grant type '${sent.value}', which Keystead does not serve.`,
      }
    case 'pkce-missing':
      return missingPkce(request, app)
    case 'user-not-assigned':
      return notAssigned(request, app, around)
    case 'wrong-client-type':
      return wrongClientType(request, app)
    case 'wrong-client-authentication':
      return {
        sentence: `${named(app)} is registered with the client authentication '${app.clientAuthentication}', and the request used '${sent.value}'. Use the registered way, or change the app's.`,
        resolved: app.clientAuthentication === sent.value,
        registered: [app.clientAuthentication],
      }
  }
}

const named = (app: App): string => `The app '${app.label}'`

function unknownClient({ sent }: RefusedRequest, app: App | undefined): Told {
  if (app?.status === 'ACTIVE') return { sentence: `${named(app)} is active again.`, resolved: true }
  if (app) return { sentence: `${named(app)} is inactive: nobody can sign in to it.`, fix: activateApp(app) }
  const value = sent.value === '' ? 'no client ID' : `the client ID '${sent.value}'`
  return {
    sentence: `The request named ${value}, and no app of this org has it. Compare it with the client ID on the app's page, and the address of the org.`,
  }
}

function unknownRedirectUri(request: RefusedRequest, app: App): Told {
  const { sent, whole } = request
  const registered = app.redirectUris
  if (sent.value === '')
    return {
      sentence: `The request for ${app.label} named no redirect_uri. It must name one of the app's.`,
      registered,
    }
  if (whole && matchesRedirectUri(registered, app.wildcardRedirect, sent.value))
    return {
      sentence: `${sent.value} is one of the redirect URIs of '${app.label}' by now.`,
      resolved: true,
      registered,
    }
  return compared(request, registered, {
    what: `a sign-in redirect URI of '${app.label}'`,
    proposal: addRedirectUri(app, sent.value),
  })
}

function unknownPostLogoutRedirectUri(request: RefusedRequest, app: App): Told {
  const { sent, whole } = request
  const registered = app.postLogoutRedirectUris
  if (whole && registered.includes(sent.value))
    return {
      sentence: `${sent.value} is one of the sign-out URIs of '${app.label}' by now.`,
      resolved: true,
      registered,
    }
  return compared(request, registered, {
    what: `a sign-out redirect URI of '${app.label}'`,
    proposal: addPostLogoutRedirectUri(app, sent.value),
  })
}

function unregisteredOrigin(request: RefusedRequest, app: App, { trustedOrigins }: OrgConfig): Told {
  const own = app.redirectUris.flatMap((uri) => originOf(uri) ?? [])
  const registered = [...new Set([...own, ...originsFor(trustedOrigins, 'CORS')])]
  if (registered.includes(request.sent.value))
    return {
      sentence: `Pages of ${request.sent.value} may call the token endpoint by now.`,
      resolved: true,
      registered,
    }
  if (request.sent.value === 'null') return { sentence: NULL_ORIGIN, registered }
  return compared(request, registered, {
    what: `the origin of a redirect URI of '${app.label}', nor a trusted one`,
    proposal: trustOrigin(trustedOrigins, request.sent.value, 'CORS'),
  })
}

const NULL_ORIGIN =
  "The page has the origin 'null', as a file, a sandboxed frame or a redirect from another site has: serve it from an address of its own."

/** An origin that is not trusted with what it would need. */
function untrusted(sent: string, scope: OriginScopeType, { trustedOrigins }: OrgConfig): Told {
  const registered = originsFor(trustedOrigins, scope)
  if (isTrusted(trustedOrigins, scope, sent))
    return { sentence: `${sent} is a trusted origin with the scope ${scope} by now.`, resolved: true, registered }
  if (sent === 'null') return { sentence: NULL_ORIGIN, registered }
  const proposal = trustOrigin(trustedOrigins, sent, scope)
  return compared({ sent: { value: sent }, whole: true }, registered, {
    what: `a trusted origin with the scope ${scope}`,
    proposal,
  })
}

function untrustedRedirect({ sent }: RefusedRequest, config: OrgConfig): Told {
  const origin = returnOriginOf(sent.value)
  if (origin !== undefined) return untrusted(origin, 'REDIRECT', config)
  return {
    sentence: `The '${sent.name}' is '${sent.value}', where nobody is sent: it must be a path of this org, or an address of it or of a trusted origin, without user name and backslash.`,
    registered: originsFor(config.trustedOrigins, 'REDIRECT'),
  }
}

function untrustedFrame({ sent }: RefusedRequest, config: OrgConfig): Told {
  if (config.features.has('iframe_embedding')) return untrusted(sent.value, 'IFRAME_EMBED', config)
  return {
    sentence: `A page of ${sent.value} shows the sign-in page in a frame, which ${needsFeature('iframe_embedding')} Switch it on under Settings > Features first.`,
    registered: originsFor(config.trustedOrigins, 'IFRAME_EMBED'),
  }
}

interface Comparison {
  /** What the value is not. */
  readonly what: string
  readonly proposal: Proposal
}

function compared(
  { sent, whole }: { readonly sent: { readonly value: string }; readonly whole: boolean },
  registered: readonly string[],
  { what, proposal }: Comparison,
): Told {
  const differences = explainRedirectUri(sent.value, registered).slice(0, DIFFERENCES_MAX)
  const [nearest] = differences
  const near =
    nearest && nearest.marks.length <= 2
      ? ` The nearest one, ${nearest.registered}, ${differenceOf(nearest.marks)}.`
      : ''
  const none = registered.length === 0 ? ' There is none.' : near
  const why = proposal.ok || !whole ? '' : ` It can't be added: ${proposal.sentence}`
  const cut = whole ? '' : ' What looked like a secret in it is not kept, so it has to be added by hand.'
  return {
    sentence: `${sent.value} is not ${what}.${none}${why}${cut}`,
    registered,
    differences,
    fix: whole && proposal.ok ? proposal.fix : undefined,
  }
}

function differenceOf(marks: readonly Mark[]): string {
  if (marks.length === 0) return 'differs in its spelling'
  return marks.map(markSentence).join(' and ')
}

function markSentence({ kind, sent, registered }: Mark): string {
  const quoted = (text: string) => (text === '' ? 'none' : `'${text}'`)
  switch (kind) {
    case 'trailing-slash':
      return registered.endsWith('/') ? 'has a slash at the end' : 'has no slash at the end'
    case 'scheme':
      return `begins with ${registered}: and not ${sent === '' ? 'without a scheme' : `${sent}:`}`
    case 'port':
      return registered === ''
        ? `has no port instead of ${sent}`
        : `has the port ${registered} instead of ${sent || 'none'}`
    case 'host':
      return `has the host ${quoted(registered)} instead of ${quoted(sent)}`
    case 'case':
      return `is written ${quoted(registered)} and not ${quoted(sent)}: upper and lower case count`
    case 'path':
      return `has the path ${quoted(registered)} instead of ${quoted(sent)}`
    case 'query':
      return `has the query ${quoted(registered)} instead of ${quoted(sent)}`
    case 'fragment':
      return 'has no fragment, which no redirect URI may have'
  }
}

function refusedGrant(grant: string, app: App): Told {
  const registered = app.grantTypes
  if (registered.includes(grant))
    return { sentence: `${named(app)} may use the grant type '${grant}' by now.`, resolved: true, registered }
  const proposal = allowGrant(app, grant)
  const sentence = `${named(app)} may not use the grant type '${grant}': it has ${registered.join(', ')}.`
  return proposal.ok
    ? { sentence, registered, fix: proposal.fix }
    : { sentence: `${sentence} It can't be allowed: ${proposal.sentence}`, registered }
}

function missingPkce({ sent }: RefusedRequest, app: App): Told {
  const why =
    sent.name === 'code_verifier'
      ? 'exchanged a code without the matching PKCE pair: code_challenge when it asked for the code, code_verifier when it redeemed it'
      : sent.name === 'code_challenge_method'
        ? `sent the PKCE method '${sent.value || 'plain'}', and S256 is the only one`
        : 'began without PKCE, which it has to use: code_challenge is missing'
  return { sentence: `${named(app)} ${why}. Let the client library use PKCE with S256.` }
}

function notAssigned({ person, sent }: RefusedRequest, app: App, { config, person: now }: Surroundings): Told {
  const login = person?.login ?? sent.value
  if (now === 'assigned' || admitsEveryone(app, config.features))
    return { sentence: `${login} is assigned to '${app.label}' by now.`, resolved: true }
  const sentence = `${login} is not assigned to '${app.label}', neither directly nor by a group.`
  if (now === 'not-assigned' && person) return { sentence, fix: assignUser(app, person) }
  return { sentence: `${sentence} The person has been deleted or deactivated since.` }
}

function wrongClientType({ sent, endpoint }: RefusedRequest, app: App): Told {
  const registered = [app.applicationType, app.clientAuthentication]
  if (app.applicationType === 'service')
    return {
      sentence: `${named(app)} is a service, and nobody signs in to one, but it asked ${endpoint} to sign somebody in. The type of an app can't be changed: create a web or single-page app integration and use its client ID.`,
      registered,
    }
  if (sent.value === 'none')
    return {
      sentence: `${named(app)} is registered as ${TYPES[app.applicationType]}, which proves itself with a secret, but the request carried none. A page in a browser can't keep a secret, and the type of an app can't be changed: for one, create a single-page app integration and use its client ID. A server sends the app's secret.`,
      resolved: app.clientAuthentication === 'none',
      registered,
    }
  return {
    sentence: `${named(app)} is a public client without a secret, but the request carried one (${sent.value}). Leave the secret out; if the app runs on a server, create a web app integration and use its client ID.`,
    resolved: app.clientAuthentication !== 'none',
    registered,
  }
}

const TYPES: Readonly<Record<App['applicationType'], string>> = {
  web: 'a web app',
  browser: 'a single-page app',
  native: 'a native app',
  service: 'a service',
}
