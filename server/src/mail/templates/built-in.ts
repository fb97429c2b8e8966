// Our own templates: made of a language's words, in the form that mail programs show (styles in place, nothing to be loaded).
import { MAIL_KINDS, type MailKind } from '../mail.ts'
import { escapeHtml, type MailTemplate } from '../template.ts'
import { ENGLISH } from './english.ts'
import { GERMAN } from './german.ts'
import type { Language, Words } from './words.ts'

const LANGUAGES: Readonly<Record<string, Language>> = { en: ENGLISH, de: GERMAN }

export const BUILT_IN_LANGUAGES: readonly string[] = Object.keys(LANGUAGES)

/** Names that programs which read mail for tests look for, as Okta's mails have them. */
const BUTTON_IDS: Readonly<Partial<Record<MailKind, string>>> = {
  'forgot-password': 'reset-password-link',
  activation: 'email-activation-button',
  'unlock-account': 'unlock-account-link',
  'email-code': 'email-authentication-button',
  'email-enroll-code': 'email-authentication-button',
}

/** Undefined in a language that we don't speak. */
export const builtInTemplate = (kind: MailKind, language: string): MailTemplate | undefined =>
  BUILT_IN.get(`${kind} ${language}`)

/** What a factor is called in a language, also where the org wrote the template: of `de-AT` in German. */
export const factorNameIn = (name: string, language: string): string =>
  (LANGUAGES[language] ?? LANGUAGES[language.split('-', 1)[0] ?? ''])?.factors[name] ?? name

const CARD = 'max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #d5dfde;border-radius:12px'
const PAGE = 'margin:0;padding:24px 12px;background:#edf2f1;color:#12292d;font:16px/1.5 system-ui,sans-serif'
const BUTTON =
  'display:inline-block;padding:12px 24px;background:#0d5c63;color:#ffffff;border-radius:8px;font-weight:600;text-decoration:none'
const QUIET = 'margin:16px 0 0;color:#4a6265;font-size:14px'

function compose(kind: MailKind, tag: string, language: Language): MailTemplate {
  const words = language.mails[kind]
  return { subject: words.subject, html: htmlOf(kind, tag, language, words), text: textOf(language, words) }
}

/** One element a line, since a line is what is left out where a variable has no value. */
function htmlOf(kind: MailKind, tag: string, { greeting, footer }: Language, words: Words): string {
  return [
    '<!doctype html>',
    `<html lang="${tag}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${written(words.subject)}</title></head>`,
    `<body style="${PAGE}">`,
    `<div style="${CARD}">`,
    `<p style="margin:0">${written(greeting)}</p>`,
    ...words.lead.map((line) => `<p style="margin:16px 0 0">${written(line)}</p>`),
    ...(words.code ? [`<p style="margin:24px 0 0">${written(words.code)} <strong>\${code}</strong></p>`] : []),
    ...(words.button
      ? [
          `<p style="margin:24px 0 0"><a id="${BUTTON_IDS[kind] ?? 'link'}" href="\${link}" style="${BUTTON}">${written(words.button)}</a></p>`,
        ]
      : []),
    ...(words.instead ? [`<p style="${QUIET}">\${?link}${written(words.instead)} \${code}</p>`] : []),
    ...words.closing.map((line) => `<p style="${QUIET}">${written(line)}</p>`),
    `<p style="${QUIET}">${written(footer)}</p>`,
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function textOf({ greeting, footer }: Language, words: Words): string {
  return [
    greeting,
    '',
    ...words.lead,
    '',
    ...(words.code ? [`${words.code} \${code}`] : []),
    ...(words.button ? [`${words.button}: \${link}`] : []),
    ...(words.instead ? [`\${?link}${words.instead} \${code}`] : []),
    '',
    ...words.closing,
    '',
    '-- ',
    footer,
    '',
  ].join('\n')
}

/** Words are no markup; their variables stay what they are. */
const written = (words: string): string => escapeHtml(words)

const BUILT_IN: ReadonlyMap<string, MailTemplate> = new Map(
  Object.entries(LANGUAGES).flatMap(([tag, language]) =>
    MAIL_KINDS.map((kind): [string, MailTemplate] => [`${kind} ${tag}`, compose(kind, tag, language)]),
  ),
)
