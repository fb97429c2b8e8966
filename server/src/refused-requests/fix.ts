// The change that would let a refused request through, as the one call of the API that makes it, computed on the configuration of this
// moment. It is offered only where the same rules that judge the call would let it pass; what a stranger could have sent to be let in
// carries a warning, since the address of a request proves nothing about who sent it.
import type { App } from '#apps/app.ts'
import { checkApp } from '#apps/app-rules.ts'
import { isLoopback, parseOrigin } from '#kernel/origin.ts'
import { Refusal } from '#kernel/refusal.ts'
import { allows, checkDraft, type OriginScopeType, type TrustedOrigin } from '#trusted-origins/trusted-origin.ts'

export const FIX_KINDS = [
  'add-redirect-uri',
  'add-post-logout-redirect-uri',
  'trust-origin',
  'allow-grant',
  'assign-user',
  'activate-app',
] as const
export type FixKind = (typeof FIX_KINDS)[number]

export interface Fix {
  readonly kind: FixKind
  /** What a button says. */
  readonly title: string
  /** Where the console has what it changes. */
  readonly place: string
  readonly warning: string | undefined
  readonly method: 'POST' | 'PUT'
  readonly path: string
  /** An app is sent as it would be answered. */
  readonly body: { readonly app: App } | { readonly json: object } | undefined
  /** What the change is about, before it and after. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** A fix, or in one sentence why there is none. */
export type Proposal = { readonly ok: true; readonly fix: Fix } | { readonly ok: false; readonly sentence: string }

const none = (sentence: string): Proposal => ({ ok: false, sentence })

export function addRedirectUri(app: App, uri: string): Proposal {
  if (uri.includes('*')) return none('A URI with an asterisk is registered by hand only.')
  const next = { ...app, redirectUris: [...app.redirectUris, uri] }
  return replaceApp(next, {
    kind: 'add-redirect-uri',
    title: 'Add this sign-in redirect URI',
    warning: warningOf(uri, app.redirectUris),
    before: app.redirectUris,
    after: next.redirectUris,
  })
}

export function addPostLogoutRedirectUri(app: App, uri: string): Proposal {
  if (uri.includes('*')) return none('A URI with an asterisk is registered by hand only.')
  const next = { ...app, postLogoutRedirectUris: [...app.postLogoutRedirectUris, uri] }
  return replaceApp(next, {
    kind: 'add-post-logout-redirect-uri',
    title: 'Add this sign-out redirect URI',
    warning: warningOf(uri, [...app.redirectUris, ...app.postLogoutRedirectUris]),
    before: app.postLogoutRedirectUris,
    after: next.postLogoutRedirectUris,
  })
}

export function allowGrant(app: App, grant: string): Proposal {
  const needsCode = grant === 'authorization_code' && !app.responseTypes.includes('code')
  const next = {
    ...app,
    grantTypes: [...app.grantTypes, grant],
    responseTypes: needsCode ? [...app.responseTypes, 'code'] : app.responseTypes,
  }
  return replaceApp(next, {
    kind: 'allow-grant',
    title: `Allow the grant type ${grant}`,
    warning: `Anybody could have sent this request. Allow it only if the app is meant to use ${grant}.`,
    before: app.grantTypes,
    after: next.grantTypes,
  })
}

type AppFix = Pick<Fix, 'kind' | 'title' | 'warning' | 'before' | 'after'>

const placeOf = (app: App, tab: string): string => `Applications > ${app.label} > ${tab}`

function replaceApp(next: App, fix: AppFix): Proposal {
  const fault = faultOf(() => checkApp(next))
  if (fault !== undefined) return none(fault)
  const place = placeOf(next, 'General')
  return { ok: true, fix: { ...fix, place, method: 'PUT', path: `/api/v1/apps/${next.id}`, body: { app: next } } }
}

export function assignUser(app: App, person: { readonly id: string; readonly login: string }): Fix {
  return {
    kind: 'assign-user',
    title: `Assign ${person.login} to ${app.label}`,
    place: placeOf(app, 'Assignments'),
    warning: undefined,
    method: 'POST',
    path: `/api/v1/apps/${app.id}/users`,
    body: { json: { id: person.id, scope: 'USER' } },
    before: [],
    after: [person.login],
  }
}

export const activateApp = (app: App): Fix => ({
  kind: 'activate-app',
  title: `Activate ${app.label}`,
  place: `Applications > ${app.label}`,
  warning:
    'Somebody has switched this app off, and anybody could have sent this request. Ask why before you switch it on.',
  method: 'POST',
  path: `/api/v1/apps/${app.id}/lifecycle/activate`,
  body: undefined,
  before: [app.status],
  after: ['ACTIVE'],
})

/** What is trusted with each scope, and what that means. */
const TRUST: Readonly<Record<OriginScopeType, { readonly title: string; readonly warning: string }>> = {
  CORS: {
    title: 'for CORS',
    warning:
      'Pages of a trusted origin may call the API with the session of whoever opens them. Trust only what you run yourself.',
  },
  REDIRECT: {
    title: 'for redirects',
    warning:
      'Anybody could have sent this request, and a link to this org may then lead people there. Trust only what you run yourself.',
  },
  IFRAME_EMBED: {
    title: 'for iFrame embed',
    warning:
      'Pages of a trusted origin may show the sign-in pages in a frame, where people can be led to type and click. Trust only what you run yourself.',
  },
}

/** Trusts an origin that nobody knows, and mends one that is known and does not count: inactive, or without the scope. */
export function trustOrigin(known: readonly TrustedOrigin[], text: string, scope: OriginScopeType): Proposal {
  const origin = parseOrigin(text)
  if (origin === undefined) return none(`'${text}' is no origin that can be trusted.`)
  const entry = known.find((one) => parseOrigin(one.origin) === origin)
  const before = originsFor(known, scope)
  const rest = {
    kind: 'trust-origin',
    title: `Trust ${origin} ${TRUST[scope].title}`,
    place: 'Security > API > Trusted Origins',
    warning: TRUST[scope].warning,
    before,
    after: [...before, origin],
  } as const
  if (!entry) {
    const draft = { name: freeName(known, origin), origin, scopes: [{ type: scope }] }
    const fault = faultOf(() => checkDraft(draft))
    if (fault !== undefined) return none(fault)
    return { ok: true, fix: { ...rest, method: 'POST', path: '/api/v1/trustedOrigins', body: { json: draft } } }
  }
  const path = `/api/v1/trustedOrigins/${entry.id}`
  if (entry.scopes.some(({ type }) => type === scope))
    return { ok: true, fix: { ...rest, method: 'POST', path: `${path}/lifecycle/activate`, body: undefined } }
  if (entry.status !== 'ACTIVE')
    return none(`The trusted origin '${entry.name}' is inactive and has no scope ${scope}.`)
  const json = { name: entry.name, origin: entry.origin, scopes: [...entry.scopes, { type: scope }] }
  return { ok: true, fix: { ...rest, method: 'PUT', path, body: { json } } }
}

/** As they are registered. */
export const originsFor = (known: readonly TrustedOrigin[], scope: OriginScopeType): readonly string[] =>
  known.filter((one) => allows(one, scope)).map(({ origin }) => origin)

/** No two origins of an org have one name. */
function freeName(known: readonly TrustedOrigin[], origin: string): string {
  const isTaken = (name: string) => known.some((one) => one.name.toLowerCase() === name.toLowerCase())
  let name = origin
  for (let number = 2; isTaken(name); number++) name = `${origin} (${number})`
  return name
}

function warningOf(uri: string, registered: readonly string[]): string | undefined {
  const url = URL.parse(uri)
  if (url === null || isLoopback(url.hostname)) return undefined
  if (url.protocol === 'http:')
    return 'Over http, whoever is on the way can read the answer. Use https outside your own machine.'
  const isKnown = registered.some(
    (entry) => URL.parse(entry)?.host === url.host && URL.parse(entry)?.protocol === url.protocol,
  )
  if (isKnown) return undefined
  const where = url.host === '' ? `under '${url.protocol}'` : `on ${url.host}`
  return `None of the app's URIs is ${where}: anybody could have sent this request. Add it only if you know whose it is.`
}

/** What the rules say against it. */
function faultOf(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.message.replace(/^[a-z_A-Z]+: /, '')
    throw error
  }
}
