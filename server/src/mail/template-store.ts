// The only SQL on `mail_template`.
import type { OrgDb } from '#db/org-db.ts'
import type { MailTemplateRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { MailKind } from './mail.ts'
import type { MailTemplate } from './template.ts'

export interface StoredTemplate {
  readonly kind: MailKind
  readonly language: string
  readonly template: MailTemplate
  readonly lastUpdated: Instant
}

/** All that the org wrote, or what it wrote for one kind. */
export function* selectTemplates(tx: OrgDb, kind?: MailKind): Unit<readonly StoredTemplate[]> {
  const query = tx.from('mail_template').selectAll().orderBy('kind').orderBy('language')
  return (yield* all(kind === undefined ? query : query.where('kind', '=', kind))).map(toTemplate)
}

export function* putTemplate(tx: OrgDb, { kind, language, template, lastUpdated }: StoredTemplate): Unit<void> {
  const { subject, html, text } = template
  const content = { subject, html, text, last_updated: lastUpdated }
  yield* run(
    tx
      .insert('mail_template', { kind, language, ...content })
      .onConflict((conflict) => conflict.columns(['org_id', 'kind', 'language']).doUpdateSet(content)),
  )
}

export function* deleteTemplate(tx: OrgDb, kind: MailKind, language: string): Unit<boolean> {
  const gone = yield* first(
    tx.deleteFrom('mail_template').where('kind', '=', kind).where('language', '=', language).returning('language'),
  )
  return gone !== undefined
}

const toTemplate = (row: MailTemplateRow): StoredTemplate => ({
  kind: row.kind as MailKind,
  language: row.language,
  template: { subject: row.subject, html: row.html, text: row.text },
  lastUpdated: instant(row.last_updated),
})
