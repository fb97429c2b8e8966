// Where in a piece of HTML something stands, as a browser reads it (HTML standard §13.2.5): in text, in a tag, or where nobody sees it. Only
// as much as telling a variable's place takes; what programs read in different ways has no place at all (`UNREADABLE`).

interface Attribute {
  readonly name: string
  /** The value with its quotes. */
  readonly written: string
}

interface Tag {
  readonly kind: 'tag'
  readonly source: string
  readonly name: string
  readonly isOpening: boolean
  readonly attributes: readonly Attribute[]
}

export type HtmlPart =
  | { readonly kind: 'text'; readonly source: string }
  | Tag
  /** A comment, a document type, a style; a tag that never ends. */
  | { readonly kind: 'hidden'; readonly source: string }
  /** With its tags. */
  | { readonly kind: 'title'; readonly source: string; readonly content: string }

/** Elements whose content mail programs read in different ways, or that send what stands in them. */
export const UNREADABLE: ReadonlySet<string> = new Set([
  ...['script', 'noscript', 'template', 'svg', 'math', 'plaintext', 'xmp', 'listing', 'noembed', 'noframes'],
  ...['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'link'],
  ...['form', 'input', 'button', 'select', 'option', 'textarea'],
])

const COMMENT = /<!--(?:-?>|[\s\S]*?--!?>)/y
/** Document types, and what a browser takes for a comment. */
const BOGUS = /<(?:!|\?|\/(?![A-Za-z]))[^>]*>/y
const TAG_NAME = /<\/?([A-Za-z][^\t\n\f\r />]*)/y
const ATTRIBUTE_NAME = /[\t\n\f\r /]*(=?[^\t\n\f\r />=]*)/y
const EQUALS = /[\t\n\f\r ]*=[\t\n\f\r ]*/y
const VALUE = /"[^"]*"|'[^']*'|(?!["'])[^\t\n\f\r >]*/y
const TAG_END = /[\t\n\f\r /]*>/y
/** Elements whose content is no markup, and where it ends. */
const RAW: Readonly<Record<string, RegExp>> = {
  style: /<\/style[\t\n\f\r />]/gi,
  title: /<\/title[\t\n\f\r />]/gi,
}

export function partsOf(html: string): readonly HtmlPart[] {
  const parts: HtmlPart[] = []
  let at = 0
  while (at < html.length) {
    const part = partAt(html, at)
    parts.push(part)
    at += part.source.length
  }
  return parts
}

function partAt(html: string, at: number): HtmlPart {
  if (!/<[A-Za-z/!?]/y.test(html.slice(at, at + 2))) {
    const next = html.slice(at + 1).search(/<[A-Za-z/!?]/)
    return { kind: 'text', source: next < 0 ? html.slice(at) : html.slice(at, at + 1 + next) }
  }
  const rest: HtmlPart = { kind: 'hidden', source: html.slice(at) }
  const hidden = html.startsWith('<!--', at) ? matchAt(COMMENT, html, at) : matchAt(BOGUS, html, at)
  if (hidden) return { kind: 'hidden', source: hidden[0] }
  const tag = tagAt(html, at)
  const closing = tag?.isOpening ? RAW[tag.name] : undefined
  if (!tag || !closing) return tag ?? rest
  const from = at + tag.source.length
  const to = matchAt(closing, html, from)?.index
  const end = to === undefined ? undefined : tagAt(html, to)
  if (to === undefined || !end) return rest
  const content = html.slice(from, to)
  const source = tag.source + content + end.source
  const isPlain = tag.name === 'title' && tag.attributes.length + end.attributes.length === 0
  return isPlain ? { kind: 'title', source, content } : { kind: 'hidden', source }
}

/** Undefined for one that never ends. */
function tagAt(html: string, start: number): Tag | undefined {
  const [opening = '', name = ''] = matchAt(TAG_NAME, html, start) ?? []
  const attributes: Attribute[] = []
  let at = start + opening.length
  while (opening !== '') {
    const end = matchAt(TAG_END, html, at)
    if (end) {
      const source = html.slice(start, at + end[0].length)
      return { kind: 'tag', source, name: name.toLowerCase(), isOpening: !opening.startsWith('</'), attributes }
    }
    const [named = '', attribute = ''] = matchAt(ATTRIBUTE_NAME, html, at) ?? []
    if (attribute === '') return undefined
    at += named.length
    const equals = matchAt(EQUALS, html, at)?.[0] ?? ''
    const written = equals === '' ? '' : matchAt(VALUE, html, at + equals.length)?.[0]
    if (written === undefined) return undefined
    at += equals.length + written.length
    attributes.push({ name: attribute.toLowerCase(), written })
  }
  return undefined
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
