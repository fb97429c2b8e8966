const webSchemes: readonly string[] = ['http:', 'https:']

/** Schemes that a browser carries out or opens by itself, so that none of them can belong to somebody's app. */
const browserSchemes: readonly string[] = [
  'about:',
  'blob:',
  'data:',
  'file:',
  'filesystem:',
  'javascript:',
  'vbscript:',
  'view-source:',
]

/** The address as a link may carry it: http(s) and complete, or undefined (then the text stands without a link). */
export function webHref(value: string | undefined): string | undefined {
  const url = value === undefined ? null : URL.parse(value)
  return url && webSchemes.includes(url.protocol) ? url.href : undefined
}

/**
 * The address of one of our own pages or form targets: a path on this origin, or a complete http(s) URL.
 * Anything else is a fault of ours, so it throws instead of rendering a button that does the wrong thing.
 */
export function ownHref(value: string): string {
  const href = isLocalPath(value) ? value : webHref(value)
  if (href === undefined) throw new Error(`Not an address of a page: ${JSON.stringify(value)}`)
  return href
}

/** A redirect URI as a form may be sent to it: http(s) or an app's own scheme, never one the browser carries out. */
export function appHref(value: string): string {
  if (browserSchemes.includes(new URL(value).protocol))
    throw new Error(`Not an app's address: ${JSON.stringify(value)}`)
  return value
}

/** '//host', '/\host' and '/<tab>/host' lead to other hosts; the URL parser reads them as a browser does. */
function isLocalPath(value: string): boolean {
  return value.startsWith('/') && URL.parse(value, 'https://own.invalid')?.origin === 'https://own.invalid'
}
