// Templates of mail: an org's own for a kind and a language, where it wrote one, else ours.
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import { notFound } from '#kernel/refusal.ts'
import type { Org } from '#orgs/org.ts'
import { changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { MAIL_FACTS, MAIL_KINDS, type MailFacts, type MailKind, type RenderedMail } from './mail.ts'
import { languageOf, languagesFor, type MailTemplate, renderMail, variablesOf } from './template.ts'
import { checkTemplate } from './template-rules.ts'
import { deleteTemplate, putTemplate, type StoredTemplate, selectTemplates } from './template-store.ts'
import { BUILT_IN_LANGUAGES, builtInTemplate, factorNameIn } from './templates/built-in.ts'

/** Fills the template that is best for the person: of each language that will do, the org's own before ours. */
export async function renderFor(
  deps: Pick<Deps, 'db'>,
  org: Org,
  { kind, locale }: { readonly kind: MailKind; readonly locale: string | undefined },
  facts: MailFacts,
): Promise<RenderedMail> {
  const own = await deps.db.read(selectTemplates(deps.db.for(org.id), kind))
  for (const language of languagesFor(locale)) {
    const template = own.find((one) => one.language === language)?.template ?? builtInTemplate(kind, language)
    if (template) return renderMail(template, spokenFacts(facts, language), org, language)
  }
  throw new Error(`there is no template of the kind ${kind}`)
}

const spokenFacts = ({ factorName, ...facts }: MailFacts, language: string): MailFacts =>
  factorName === undefined ? facts : { ...facts, factorName: factorNameIn(factorName, language) }

export interface ShownTemplate {
  readonly kind: MailKind
  readonly language: string
  readonly template: MailTemplate
  /** What it may name, and what it has to. */
  readonly variables: readonly string[]
  readonly required: readonly string[]
  /** Undefined for one of ours. */
  readonly lastUpdated: Instant | undefined
}

/** Each kind in each language that there is. */
export async function listTemplates(deps: Deps, caller: Caller): Promise<readonly ShownTemplate[]> {
  const own = await deps.db.scan(selectTemplates(deps.db.for(caller.org)))
  return MAIL_KINDS.flatMap((kind) => {
    const ofKind = own.filter((one) => one.kind === kind)
    const languages = new Set([...BUILT_IN_LANGUAGES, ...ofKind.map(({ language }) => language)])
    return [...languages].flatMap((language) => shown(ofKind, kind, language) ?? [])
  })
}

/** @throws {Refusal} not_found */
export async function getTemplate(deps: Deps, caller: Caller, name: TemplateName): Promise<ShownTemplate> {
  const { kind, language } = parseName(name)
  const found = shown(await deps.db.read(selectTemplates(deps.db.for(caller.org), kind)), kind, language)
  if (!found) throw unknown(name)
  return found
}

function shown(own: readonly StoredTemplate[], kind: MailKind, language: string): ShownTemplate | undefined {
  const stored = own.find((one) => one.language === language)
  const template = stored?.template ?? builtInTemplate(kind, language)
  return template && describe(kind, language, template, stored?.lastUpdated)
}

const describe = (
  kind: MailKind,
  language: string,
  template: MailTemplate,
  lastUpdated: Instant | undefined,
): ShownTemplate => ({
  kind,
  language,
  template,
  variables: variablesOf(kind),
  required: MAIL_FACTS[kind].required,
  lastUpdated,
})

/** @throws {Refusal} not_found, validation_failed */
export async function replaceTemplate(
  deps: Deps,
  caller: Caller,
  name: TemplateName,
  template: MailTemplate,
): Promise<ShownTemplate> {
  const { kind, language } = parseName(name)
  checkTemplate(kind, template)
  const lastUpdated = deps.now()
  await changeConfig(deps, caller, function* (tx) {
    yield* putTemplate(tx, { kind, language, template, lastUpdated })
    yield* logChange(tx, deps, caller, eventOf('update', kind, language))
  })
  return describe(kind, language, template, lastUpdated)
}

/** Goes back to ours, or to none. @throws {Refusal} not_found where the org wrote none */
export async function removeTemplate(deps: Deps, caller: Caller, name: TemplateName): Promise<void> {
  const { kind, language } = parseName(name)
  const isGone = await changeConfig(deps, caller, function* (tx) {
    const gone = yield* deleteTemplate(tx, kind, language)
    if (gone) yield* logChange(tx, deps, caller, eventOf('delete', kind, language))
    return gone
  })
  if (!isGone) throw unknown(name)
}

/** As it stands in a path. */
export interface TemplateName {
  readonly kind: string
  readonly language: string
}

function parseName(name: TemplateName): { readonly kind: MailKind; readonly language: string } {
  const kind = MAIL_KINDS.find((one) => one === name.kind)
  const language = languageOf(name.language)
  if (!kind || language === undefined) throw unknown(name)
  return { kind, language }
}

const unknown = ({ kind, language }: TemplateName) => notFound(`${kind}/${language}`, 'MailTemplate')

function eventOf(action: 'update' | 'delete', kind: MailKind, language: string) {
  const name = `${kind}/${language}`
  return {
    eventType: `system.email.template.${action}`,
    targets: [{ id: name, type: 'MailTemplate', alternateId: name, displayName: name }],
  }
}
