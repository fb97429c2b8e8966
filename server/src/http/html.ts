import { appHref } from './pages/href.ts'
import { iconHref, styleSheet } from './pages/look.ts'

/**
 * The only way to HTML: `html` escapes whatever it is given, in text and in quoted attributes alike, and lets nothing
 * pass but markup that it made itself. The symbol never leaves this file, so no value from the wire can pose as markup.
 */
const markup = Symbol('markup')
export type Html = { readonly [markup]: string }
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined | null | false

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Template tag. Attributes must be quoted; undefined, null and false render nothing; no value stands in a script. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return made(literals.reduce((text, literal, at) => text + fill(values[at - 1]) + literal))
}

export function toMarkup(value: Html): string {
  return value[markup]
}

/** Data for a page's script: `JSON.parse(document.getElementById(id).textContent)`. A data block is never run. */
export function jsonBlock(id: string, data: object): Html {
  // '</script>' and '<!--' would end or change the element; U+2028 and U+2029 were line ends to older engines.
  const text = JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return html`<script type="application/json" id="${id}">${made(text)}</script>`
}

export type Page = {
  title: string
  body: Html
  nonce: string
  bodyClass?: string
  /** Elements of the head beside the page's own. */
  head?: Html
  /** Under `no-referrer` browsers send `Origin: null` with a form, so pages whose form we check take `same-origin`. */
  referrer?: 'no-referrer' | 'same-origin'
}

/** The whole document. It asks for nothing: style and icon are inside. */
export function renderPage(page: Page): string {
  return toMarkup(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="${page.referrer ?? 'no-referrer'}">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<link rel="icon" href="${iconHref}">
<style nonce="${page.nonce}">${made(styleSheet)}</style>
${page.head}</head>
<body${page.bodyClass && html` class="${page.bodyClass}"`}>
${page.body}
</body>
</html>
`)
}

export type PageCsp = {
  nonce: string
  /** Where this page's forms may lead besides our own origin, redirects included: origins, redirect URIs, `com.example.app:`. */
  formActionOrigins: readonly string[]
  /** Origins that may frame the page; an empty list means nobody. */
  frameAncestors: readonly string[]
  script: boolean
}

/** The Content-Security-Policy header of a page made by `renderPage` with the same nonce. */
export function pageCsp({ nonce, formActionOrigins, frameAncestors, script }: PageCsp): string {
  if (!/^[\w+/-]{16,}={0,2}$/.test(nonce)) throw new Error('A nonce is at least 16 characters of base64')
  const framers = frameAncestors.map((origin) => new URL(origin).origin).filter(isCspSource)
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script ? [`script-src 'nonce-${nonce}'`] : []),
    "img-src 'self' data:",
    ['form-action', ...new Set(["'self'", ...formActionOrigins.map(formActionSource)])].join(' '),
    `frame-ancestors ${framers.length === 0 ? "'none'" : [...new Set(framers)].join(' ')}`,
    "base-uri 'none'",
  ].join('; ')
}

/** An origin where the policy's grammar can say it, else its scheme: without either, Chromium blocks the redirect. */
function formActionSource(address: string): string {
  const url = new URL(appHref(address))
  return isCspSource(url.origin) ? url.origin : url.protocol
}

/** CSP knows hosts of letters, digits, hyphens and dots: an IPv6 address or an underscore is ignored by the browser. */
function isCspSource(origin: string): boolean {
  return /^https?:\/\/[a-z\d.-]+(:\d+)?$/.test(origin)
}

function fill(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return ''
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
  if (typeof value === 'number') return String(value)
  return isHtml(value) ? value[markup] : value.map(fill).join('')
}

function isHtml(value: Html | readonly HtmlValue[]): value is Html {
  return markup in value
}

function made(text: string): Html {
  return { [markup]: text }
}
