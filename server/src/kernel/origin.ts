// Web origins: the tuple of scheme, host and port, in the one spelling that a browser sends. An `Origin` is made only here, so two
// of them are the same origin exactly when they are the same string: nobody compares by prefix, suffix or pattern.
// Refused: the opaque origin `null`, wildcards, credentials, anything after the host but a single slash, and every character that
// a URL parser would drop or read as another one before it finds the host.

/** A normalised origin such as `https://app.example.com:8443`: lower case, punycode, no default port, no slash at the end. */
export type Origin = string & { readonly __brand: 'Origin' }

// A host has 253 characters at most, and what URL parsers do with longer ones costs the square of their length.
const SHAPE = /^(https?|ftp|ionic|capacitor):\/\/([^/?#@\\%*]{1,300})\/?$/i
// Controls, invisible format characters and every kind of space: parsers strip some of them and people can't see them.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/u
// Stricter than the URL standard, which lets `a;b` and `a,b` be hosts: an origin also goes into a Content-Security-Policy.
const HOST = /^(\[[0-9a-f:]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)(:\d{1,5})?$/

/**
 * Reads what an administrator typed as a trusted origin, or what a browser sent as `Origin`. Knows http, https and ftp, and the
 * schemes of hybrid apps, ionic and capacitor. A trailing dot of the host stays: browsers hold that for another origin.
 */
export function parseOrigin(text: string): Origin | undefined {
  const [, scheme, authority] = INVISIBLE.test(text) ? [] : (SHAPE.exec(text) ?? [])
  if (scheme === undefined || authority === undefined) return undefined
  const url = URL.parse(`${scheme}://${authority}`)
  // The URL standard folds the case of a host only under the schemes it knows, and ionic and capacitor are not among them.
  const host = url?.host.toLowerCase() ?? ''
  return url !== null && HOST.test(host) && url.port !== '0' ? (`${url.protocol}//${host}` as Origin) : undefined
}

/** Whether a URL's host is the machine itself, where nobody is on the way. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(hostname)

/** The origin of a whole http or https URL, such as a redirect URI; undefined for any other and for one that carries credentials. */
export const originOf = (url: string): Origin | undefined => startOf(url, /^https?:\/\/[^/?#\\]+/i)

/** The same of an address that people may be sent back to: of every scheme that a trusted origin can have. */
export const returnOriginOf = (url: string): Origin | undefined =>
  startOf(url, /^(?:https?|ftp|ionic|capacitor):\/\/[^/?#\\]+/i)

function startOf(url: string, pattern: RegExp): Origin | undefined {
  const [start] = pattern.exec(url) ?? []
  // A backslash anywhere is refused: browsers take it for a slash, most other parsers don't.
  return start === undefined || url.includes('\\') || INVISIBLE.test(url) ? undefined : parseOrigin(start)
}
