// What an org may write into a template of its own. A variable stands in text or is the whole address of a link: anywhere else, such as
// in the address of a picture, opening the mail would tell a third party what only its reader may know. So would styles that read it.
import { invalid } from '#kernel/refusal.ts'
import { type HtmlPart, partsOf, UNREADABLE } from './html-parts.ts'
import { MAIL_FACTS, type MailKind, oneLine } from './mail.ts'
import { type MailTemplate, VARIABLE, variablesOf } from './template.ts'

export const SUBJECT_MAX = 200
export const HTML_MAX = 100_000
const TEXT_MAX = 20_000

const MEMBERS = [
  ['subject', SUBJECT_MAX],
  ['html', HTML_MAX],
  ['text', TEXT_MAX],
] as const

/** @throws {Refusal} validation_failed */
export function checkTemplate(kind: MailKind, template: MailTemplate): void {
  const faults = MEMBERS.flatMap(([member, max]) => {
    const fault = faultOf(kind, member, template[member], max)
    return fault === undefined ? [] : [`${member}: ${fault}`]
  })
  if (faults.length > 0) throw invalid(faults[0]?.split(':', 1)[0] ?? 'template', ...faults)
}

function faultOf(kind: MailKind, member: keyof MailTemplate, text: string, max: number): string | undefined {
  if (text.trim() === '') return 'The field cannot be left blank'
  if (text.length > max) return `The field cannot exceed ${max} characters`
  if (member === 'subject' && oneLine(text) !== text) return 'The subject is one line, without blanks around it'
  const known: readonly string[] = variablesOf(kind).filter((name) => member !== 'subject' || name !== 'link')
  const named = [...text.matchAll(VARIABLE)].map(([, condition = '', name = '']) => ({
    name,
    isShown: condition === '',
  }))
  const unknown = named.find(({ name }) => !known.includes(name))?.name
  if (unknown !== undefined)
    return `\${${unknown}} is not a variable here; there are ${known.map((name) => `\${${name}}`).join(', ')}`
  if (member === 'subject') return undefined
  const missing = MAIL_FACTS[kind].required.find((name) => !named.some((one) => one.isShown && one.name === name))
  if (missing !== undefined) return `The variable \${${missing}} is required`
  return member === 'html' ? placeFault(text) : undefined
}

const IN_TAG =
  'Within a tag, a variable can only be the whole address of a link: <a href="${link}"> or <a href="${orgUrl}">'
const READING = 'A style cannot select by attributes, load others, or hold a backslash'
const HIDDEN = 'A variable cannot stand in a style, a comment or a tag that does not end'
const ACROSS = 'What begins on a line with a variable, such as a tag, ends on it: the line may be left out'

/** Why a variable may tell others what only the reader may know; undefined where none can. */
function placeFault(html: string): string | undefined {
  const hasVariable = html.split('\n').map((line) => line.includes('${'))
  let line = 0
  for (const part of partsOf(html)) {
    const lines = part.source.split('\n').length
    const fault =
      partFault(part) ??
      (part.kind !== 'text' && lines > 1 && hasVariable.slice(line, line + lines).includes(true) ? ACROSS : undefined)
    if (fault !== undefined) return fault
    line += lines - 1
  }
  return undefined
}

function partFault(part: HtmlPart): string | undefined {
  if (part.kind === 'tag') {
    if (UNREADABLE.has(part.name)) return `The element ${part.name} cannot be in a mail`
    const strange = part.attributes.find((attribute) => isStrange(part.name, attribute))
    if (strange) return `The attribute ${strange.name} cannot be there in a mail`
  }
  // By the attribute's selector a style would learn an address sign by sign, and a style sheet from elsewhere may hold one.
  if (part.kind === 'hidden' && /^<style/i.test(part.source) && /[[\\]|@import|attr\s*\(/i.test(part.source))
    return READING
  if (!part.source.includes('${')) return undefined
  switch (part.kind) {
    case 'tag':
      return isLink(part) ? undefined : IN_TAG
    case 'hidden':
      return HIDDEN
    case 'title':
      return part.content.includes('<') ? HIDDEN : undefined
    case 'text':
      // Whatever is filled in would be the name of a tag; a blank goes with a missing name.
      return /< *\$\{/.test(part.source) ? IN_TAG : undefined
  }
}

/** What runs something, or leads elsewhere than an address does. */
function isStrange(element: string, { name, written }: { readonly name: string; readonly written: string }): boolean {
  const value = written.replace(/^["']|["']$/g, '')
  if (name.startsWith('on')) return true
  // A browser passes over blanks and controls within.
  const address = Array.from(value, (sign) => (sign > ' ' ? sign : '')).join('')
  if (name === 'href') return /^(?:javascript|vbscript|data):/i.test(address)
  if (name === 'src') return /^(?:javascript|vbscript):/i.test(address)
  if (element !== 'meta') return false
  return (name === 'http-equiv' && !/^content-type$/i.test(value)) || (name === 'name' && /referrer/i.test(value))
}

/** The one attribute that names a variable is the address; `ping` would tell another. */
function isLink({ name, isOpening, attributes, source }: Extract<HtmlPart, { kind: 'tag' }>): boolean {
  const address = attributes.find((attribute) => attribute.name === 'href')?.written
  return (
    name === 'a' &&
    isOpening &&
    (address === '"${link}"' || address === '"${orgUrl}"') &&
    source.split('${').length === 2 &&
    attributes.every((attribute) => attribute.name !== 'ping')
  )
}
