// The mailbox and templates of mail on the wire.
import Type, { type Static } from 'typebox'
import { nullable } from '#http/wire.ts'
import { isoText } from '#kernel/instant.ts'
import { MAIL_KINDS } from './mail.ts'
import type { MailboxEntry, OpenedMail } from './mailbox-service.ts'
import type { ShownTemplate } from './template-service.ts'

const entry = {
  id: Type.String(),
  kind: Type.Enum(MAIL_KINDS),
  to: Type.String(),
  subject: Type.String(),
  created: Type.String(),
}

export const MailboxAnswer = Type.Array(Type.Object(entry, { title: 'MailboxEntry' }))

export const KeptMailAnswer = Type.Object(
  { ...entry, html: Type.String(), text: Type.String(), links: Type.Array(Type.String()) },
  { title: 'KeptMail' },
)

export const TestMailAnswer = Type.Object({ to: Type.String() }, { title: 'TestMail' })

const content = { subject: Type.String(), html: Type.String(), text: Type.String() }

export const MailTemplateBody = Type.Object(content)

export const MailTemplateAnswer = Type.Object(
  {
    kind: Type.Enum(MAIL_KINDS),
    language: Type.String(),
    custom: Type.Boolean(),
    ...content,
    variables: Type.Array(Type.String()),
    required: Type.Array(Type.String()),
    lastUpdated: nullable(Type.String()),
  },
  { title: 'MailTemplate' },
)

export const MailTemplateListAnswer = Type.Array(MailTemplateAnswer)

export const templateFromWire = ({ subject, html, text }: Static<typeof MailTemplateBody>) => ({ subject, html, text })

export const entryToWire = ({ id, kind, to, subject, created }: MailboxEntry) => ({
  id,
  kind,
  to,
  subject,
  created: isoText(created),
})

export const mailToWire = (mail: OpenedMail) => ({
  ...entryToWire(mail),
  html: mail.html,
  text: mail.text,
  links: mail.links,
})

export const templateToWire = ({ kind, language, template, variables, required, lastUpdated }: ShownTemplate) => ({
  kind,
  language,
  custom: lastUpdated !== undefined,
  subject: template.subject,
  html: template.html,
  text: template.text,
  variables,
  required,
  lastUpdated: lastUpdated === undefined ? null : isoText(lastUpdated),
})
