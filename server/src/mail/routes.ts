// The mailbox, a test mail, and templates of mail, at /api/v1/keystead. Okta has templates under its brands; these endpoints are ours.
import { empty, json } from '#http/answer.ts'
import { cutPage, pageLinks, parsePage } from '#http/paging.ts'
import { type Route, route } from '#http/route.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { emptyMailbox, listMailbox, readMailbox, sendTestMail } from './mailbox-service.ts'
import {
  entryToWire,
  KeptMailAnswer,
  MailboxAnswer,
  MailTemplateAnswer,
  MailTemplateBody,
  MailTemplateListAnswer,
  mailToWire,
  TestMailAnswer,
  templateFromWire,
  templateToWire,
} from './schema.ts'
import { getTemplate, listTemplates, removeTemplate, replaceTemplate } from './template-service.ts'

const MAILBOX = '/api/v1/keystead/mailbox'
const TEMPLATES = '/api/v1/keystead/mail-templates'
const TEMPLATE = `${TEMPLATES}/:kind/:language`
const OPEN = { zone: 'none', bucket: 'api' } as const

/** The text of a mail opens accounts, and who writes a template decides to whom its link goes. */
export const mailRoutes = (deps: Deps): readonly Route[] => [
  route({
    ...OPEN,
    method: 'GET',
    url: MAILBOX,
    permission: 'okta.mailbox.read',
    summary: 'List the mails that were kept instead of sent',
    answer: MailboxAnswer,
    async handler({ caller, path, query }) {
      const page = parsePage(query, { normal: 50, max: 200 })
      const to = query.get('to') ?? undefined
      if (page.after?.includes('\0') || to?.includes('\0')) throw new Refusal('invalid_paging')
      const range = { to: to === '' ? undefined : to, after: page.after, limit: page.limit }
      const { rows, next } = cutPage(await listMailbox(deps, caller, range), page, ({ id }) => id)
      return json(200, rows.map(entryToWire), { headers: { link: pageLinks(caller.orgUrl, path, next) } })
    },
  }),
  route({
    ...OPEN,
    method: 'GET',
    url: `${MAILBOX}/:id`,
    permission: 'okta.mailbox.read',
    summary: 'Read a mail that was kept instead of sent',
    answer: KeptMailAnswer,
    handler: async ({ caller, params }) => json(200, mailToWire(await readMailbox(deps, caller, params.id ?? ''))),
  }),
  route({
    ...OPEN,
    method: 'DELETE',
    url: MAILBOX,
    permission: 'okta.mailbox.manage',
    summary: 'Empty the mailbox',
    async handler({ caller }) {
      await emptyMailbox(deps, caller)
      return empty(204)
    },
  }),
  route({
    ...OPEN,
    method: 'POST',
    url: '/api/v1/keystead/test-mail',
    permission: 'okta.mailbox.manage',
    summary: 'Send a test mail to the caller',
    answer: TestMailAnswer,
    handler: async ({ caller }) => json(202, { to: await sendTestMail(deps, caller) }),
  }),
  route({
    ...OPEN,
    method: 'GET',
    url: TEMPLATES,
    permission: 'okta.templates.read',
    summary: 'List templates of mail',
    answer: MailTemplateListAnswer,
    handler: async ({ caller }) => json(200, (await listTemplates(deps, caller)).map(templateToWire)),
  }),
  route({
    ...OPEN,
    method: 'GET',
    url: TEMPLATE,
    permission: 'okta.templates.read',
    summary: 'Read a template of mail',
    answer: MailTemplateAnswer,
    handler: async ({ caller, params }) => json(200, templateToWire(await getTemplate(deps, caller, nameOf(params)))),
  }),
  route({
    ...OPEN,
    method: 'PUT',
    url: TEMPLATE,
    permission: 'okta.templates.manage',
    body: MailTemplateBody,
    summary: 'Write a template of mail',
    answer: MailTemplateAnswer,
    handler: async ({ caller, params, body }) =>
      json(200, templateToWire(await replaceTemplate(deps, caller, nameOf(params), templateFromWire(body)))),
  }),
  route({
    ...OPEN,
    method: 'DELETE',
    url: TEMPLATE,
    permission: 'okta.templates.manage',
    summary: 'Go back to the built-in template of mail',
    async handler({ caller, params }) {
      await removeTemplate(deps, caller, nameOf(params))
      return empty(204)
    },
  }),
]

const nameOf = ({ kind = '', language = '' }: Readonly<Record<string, string>>) => ({ kind, language })
