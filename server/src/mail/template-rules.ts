// What an org may write into a template of its own. A variable stands in text or is the whole address of a link: anywhere else, such as
// in the address of a picture, opening the mail would tell a third party what only its reader may know.
import { invalid } from '#kernel/refusal.ts'
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
  if (member === 'html' && /<[^>]*\$\{/.test(text.replaceAll(/\bhref="\$\{(link|orgUrl)\}"/g, '')))
    return 'Within a tag, a variable can only be a whole address: href="${link}" or href="${orgUrl}"'
  return undefined
}
