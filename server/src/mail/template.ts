// A template: text with variables such as `${link}`, ours and an org's alike. Filling it escapes whatever it is given. A line with a
// variable that has no value is left out (`${?link}` shows nothing and does only that); a missing first name only takes the blank
// before it along.
import { type FactName, MAIL_FACTS, type MailFacts, type MailKind, oneLine, type RenderedMail } from './mail.ts'

export type MailTemplate = RenderedMail

const ALWAYS = ['orgName', 'orgUrl', 'validFor'] as const
type Variable = FactName | (typeof ALWAYS)[number]
type Values = Readonly<Partial<Record<string, string | undefined>>>

/** What a template of the kind may name. `validFor` is `minutes` in words. */
export const variablesOf = (kind: MailKind): readonly Variable[] => [
  'firstName',
  'login',
  'appLabel',
  ...MAIL_FACTS[kind].required,
  ...MAIL_FACTS[kind].optional,
  ...ALWAYS,
]

export interface Sender {
  readonly name: string
  readonly url: string
}

export function renderMail(template: MailTemplate, facts: MailFacts, org: Sender, language: string): RenderedMail {
  const values: Values = {
    ...facts,
    firstName: shownName(facts.firstName),
    link: /^https?:\/\//.test(facts.link ?? '') ? facts.link : undefined,
    validFor: facts.minutes === undefined ? undefined : inWords(Number(facts.minutes), language),
    orgName: org.name,
    orgUrl: org.url,
  }
  return {
    subject: oneLine(fill(template.subject, values, oneLine)),
    html: fill(template.html, values, escapeHtml),
    text: fill(template.text, values, oneLine),
  }
}

export const VARIABLE = /\$\{(\??)([^}]*)\}/g

function fill(text: string, values: Values, encode: (value: string) => string): string {
  return text
    .split('\n')
    .filter((line) => [...line.matchAll(VARIABLE)].every(([, , name = '']) => name === 'firstName' || values[name]))
    .map((line) =>
      line
        .replaceAll(/ ?\$\{firstName\}/g, (found) => (values.firstName ? found : ''))
        .replaceAll(VARIABLE, (_, condition: string, name: string) => (condition ? '' : encode(values[name] ?? ''))),
    )
    .join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string =>
  oneLine(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

/** People write their names themselves, and strangers might write an advertisement with a link that our mail then carries. */
const shownName = (name: string | undefined): string | undefined =>
  name !== undefined && /^[\p{L}\p{M}\p{N} .,'’·-]{1,50}$/u.test(name) && !/[^\s.]\.[^\s.]/.test(name)
    ? name
    : undefined

/** `90` → "90 minutes", `1440` → "1 day", in the language's own words. */
export function inWords(minutes: number, language: string): string | undefined {
  if (!Number.isSafeInteger(minutes) || minutes <= 0) return undefined
  const [amount, unit] =
    minutes % 1_440 === 0 ? [minutes / 1_440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
}

/** The tag in the spelling of BCP 47 (`de_at` → `de-AT`); undefined for what is none. */
export function languageOf(locale: string): string | undefined {
  if (!/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/.test(locale)) return undefined
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

const DEFAULT_LANGUAGE = 'en'

/** Which languages will do for a person, best first; the org's own is the last. */
export function languagesFor(locale: string | undefined): readonly string[] {
  const language = languageOf(locale ?? '')
  const wanted = language === undefined ? [] : [language, language.split('-', 1)[0] ?? language]
  return [...new Set([...wanted, DEFAULT_LANGUAGE])]
}
