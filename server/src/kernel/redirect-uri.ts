// Where an answer may be sent: redirect, sign-out and initiate-login URIs. What is registered passes `parseRedirectUri` on every
// way in; what a request presents is compared as a string, character by character, and nothing is decoded, folded or normalised
// first. The one exception is the sub-domain wildcard, which is off by default and here reduced to the same comparison.
import { type Origin, originOf, parseOrigin } from './origin.ts'
import { isPublicSuffix } from './public-suffix.ts'

/** An absolute URI without fragment whose scheme executes nothing, exactly as it was written. */
export type RedirectUri = string & { readonly __brand: 'RedirectUri' }

export type WildcardRedirect = 'DISABLED' | 'SUBDOMAIN'

export interface RedirectRules {
  readonly applicationType: 'web' | 'browser' | 'native' | 'service'
  /** Whether the app allows `https://*.example.com/…`; DISABLED when unsaid. */
  readonly wildcard?: WildcardRedirect
}

export type ParsedRedirectUri =
  | { readonly ok: true; readonly uri: RedirectUri }
  | { readonly ok: false; readonly sentence: string }

const MAX_LENGTH = 1024
/** With a whole label in the place of an asterisk. */
const MATCHED_MAX = MAX_LENGTH + 62
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
// RFC 3986 §2: nothing else can stand in a URI, so quotes, brackets and backslashes never reach a page or a header.
const URI_CHARACTERS = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9a-f]{2})*$/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for; URL parsers drop some of them silently
const SPACE_OR_CONTROL = /[\s\u0000-\u0020\u007f-\u009f]/
const HTTP_AUTHORITY = /^https?:\/\/([^/?#]*)/i
const WILDCARD_AUTHORITY = /^https:\/\/[a-z0-9-]*\*[a-z0-9-]*\.([a-z0-9.-]+?)(?::\d{1,5})?(?:[/?]|$)/
const DNS_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

const REFUSED_SCHEMES = new Set([
  // run code
  ...['javascript', 'vbscript', 'livescript', 'mocha', 'data'],
  // open content of the browser or the machine
  ...['about', 'blob', 'chrome', 'file', 'filesystem', 'jar', 'mhtml', 'res', 'resource', 'view-source'],
  // hand the answer to something else than the app
  ...['ftp', 'intent', 'mailto', 'ws', 'wss'],
])

const WILDCARD_SENTENCE =
  "An asterisk may only stand, once, in the lowest-level label of an https host ('https://*.example.com/callback') " +
  'with a registered domain of its own, and only in an app that allows wildcards.'

const refuse = (sentence: string): ParsedRedirectUri => ({ ok: false, sentence })

/** Judges a URI that an app wants to register; the sentence is for the person who typed it. */
export function parseRedirectUri(text: string, rules: RedirectRules): ParsedRedirectUri {
  if (rules.applicationType === 'service') return refuse('A service app signs nobody in and has no redirect URIs.')
  if (text === '') return refuse('The URI is empty.')
  if (text.length > MAX_LENGTH) return refuse(`The URI is longer than ${MAX_LENGTH} characters.`)
  if (SPACE_OR_CONTROL.test(text)) return refuse('The URI contains white space or control characters.')
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return refuse("The URI must be absolute: it begins with a scheme such as 'https://'.")
  if (REFUSED_SCHEMES.has(scheme)) return refuse(`The scheme '${scheme}:' is not allowed.`)
  if (text.includes('#')) return refuse("The URI must not have a fragment ('#').")
  if (!URI_CHARACTERS.test(text)) return refuse(charactersSentence(text))
  if (text.includes('*') && !(rules.wildcard === 'SUBDOMAIN' && validWildcard(text))) return refuse(WILDCARD_SENTENCE)
  const sentence =
    scheme === 'http' || scheme === 'https' ? webSentence(text) : customSentence(text, scheme, rules.applicationType)
  return sentence === undefined ? { ok: true, uri: text as RedirectUri } : refuse(sentence)
}

/**
 * Whether a request's `redirect_uri` is one of the registered ones. No leniency: case, trailing slash, port and the order of the
 * query count, loopback hosts are no exception, and an empty list allows nobody.
 */
export function matchesRedirectUri(
  registered: readonly string[],
  wildcard: WildcardRedirect,
  presented: string,
): boolean {
  if (presented.length > MATCHED_MAX) return false
  const host = URL.parse(presented)?.hostname ?? ''
  return registered.some((entry) =>
    entry.includes('*') ? wildcard === 'SUBDOMAIN' && withoutWildcard(entry, host) === presented : entry === presented,
  )
}

/** Whether a page of this origin may read the app's answers at the token endpoint: the origin is one of its redirect URIs'. */
export function matchesRedirectOrigin(
  registered: readonly string[],
  wildcard: WildcardRedirect,
  origin: Origin,
): boolean {
  const host = URL.parse(origin)?.hostname ?? ''
  return registered.some((entry) => {
    const exact = !entry.includes('*') ? entry : wildcard === 'SUBDOMAIN' ? withoutWildcard(entry, host) : undefined
    return exact !== undefined && originOf(exact) === origin
  })
}

/**
 * Whether a URI with an asterisk is one that may be registered: https, one asterisk, in the lowest-level label and maybe a part
 * of it, and below it a host that has one owner (at least two labels, and no public suffix as far as we know them).
 */
export function validWildcard(uri: string): boolean {
  const parent = WILDCARD_AUTHORITY.exec(uri)?.[1]
  if (parent === undefined || uri.includes('#') || uri.indexOf('*') !== uri.lastIndexOf('*') || isPublicSuffix(parent))
    return false
  return originOf(uri.replace('*', 'a')) !== undefined && parent.split('.').every((label) => label !== '')
}

// Puts into the pattern what the host's lowest-level label has in the asterisk's place, so that exact comparison decides.
function withoutWildcard(pattern: string, host: string): string | undefined {
  if (!validWildcard(pattern)) return undefined
  const [before = '', after = ''] = pattern.slice('https://'.length).split('.', 1).join('').split('*')
  const [label = ''] = host.split('.')
  const standIn = label.slice(before.length, label.length - after.length)
  const fits = standIn !== '' && label === before + standIn + after && DNS_LABEL.test(label)
  return fits ? pattern.replace('*', standIn) : undefined
}

function webSentence(text: string): string | undefined {
  const authority = HTTP_AUTHORITY.exec(text)?.[1]?.replace('*', 'a')
  if (authority === undefined || authority === '') return "The URI names no host: write it as 'https://host/path'."
  if (authority.includes('@')) return 'The URI must not carry a user name or password.'
  if (authority.includes('%')) return 'The host must not contain percent-encoded characters.'
  if (parseOrigin(`https://${authority}`) !== undefined) return undefined
  const [, host, port] = /^(.*?[^:]):([^\]]*)$/.exec(authority) ?? []
  return host === undefined
    ? `'${authority}' is not a host name.`
    : `'${authority}' is not a host with a port: after the colon stands '${port}', and a port is a number from 1 to 65535.`
}

function customSentence(text: string, scheme: string, type: RedirectRules['applicationType']): string | undefined {
  const rest = text.slice(scheme.length + 1)
  if (/^\d{1,5}(?:[/?]|$)/.test(rest)) return `The URI has no scheme: write 'http://${text}' or 'https://${text}'.`
  if (type === 'browser') return 'A single-page app needs a URI with http or https.'
  return rest === '' ? `Nothing follows the scheme '${scheme}:'.` : undefined
}

function charactersSentence(text: string): string {
  const href = HTTP_AUTHORITY.test(text) ? URL.parse(text)?.href : undefined
  const hint = href !== undefined && URI_CHARACTERS.test(href) ? ` Write it as '${href}'.` : ''
  return `The URI contains characters that must be percent-encoded, or an incomplete percent-encoding.${hint}`
}
