// The mailbox: mails that were kept instead of being sent, for development. They hold links and codes that open accounts, so they are
// shown to super administrators alone, and reading one stands in the System Log.
import type { Caller } from '#kernel/caller.ts'
import { personOf } from '#kernel/caller.ts'
import { DAY, type Instant, later } from '#kernel/instant.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import { open } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import { logChange } from '#system-log/service.ts'
import { findUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { type MailKind, mailPlace, type RenderedMail } from './mail.ts'
import { linksOf } from './mail-links.ts'
import { queueMail, sealMail } from './service.ts'
import { deleteKept, findKept, type KeptMail, type KeptRange, selectKept } from './store.ts'

export interface MailboxEntry {
  readonly id: string
  readonly kind: MailKind
  readonly to: string
  readonly created: Instant
  readonly subject: string
}

export interface OpenedMail extends MailboxEntry, RenderedMail {
  readonly links: readonly string[]
}

/** Newest first; one more than was asked for where there are more. @throws {Refusal} path_not_found where the mailbox is off */
export async function listMailbox(deps: Deps, caller: Caller, range: KeptRange): Promise<readonly MailboxEntry[]> {
  checkOn(deps)
  const { org } = await deps.config.get(caller.org)
  const kept = await deps.db.scan(selectKept(deps.db.for(caller.org), range))
  return kept.map((mail) => {
    const { id, kind, to, created, subject } = opened(org, mail)
    return { id, kind, to, created, subject }
  })
}

/** @throws {Refusal} not_found; path_not_found where the mailbox is off */
export async function readMailbox(deps: Deps, caller: Caller, id: string): Promise<OpenedMail> {
  checkOn(deps)
  const { org } = await deps.config.get(caller.org)
  const tx = deps.db.for(caller.org)
  const kept = await deps.db.write(function* () {
    const mail = id.includes('\0') ? undefined : yield* findKept(tx, id)
    if (mail) yield* logChange(tx, deps, caller, { eventType: 'system.email.mailbox.read', targets: [targetOf(mail)] })
    return mail
  })
  if (!kept) throw notFound(id, 'Mail')
  return opened(org, kept)
}

/** @throws {Refusal} path_not_found where the mailbox is off */
export async function emptyMailbox(deps: Deps, caller: Caller): Promise<void> {
  checkOn(deps)
  const tx = deps.db.for(caller.org)
  await deps.db.write(function* () {
    const gone = yield* deleteKept(tx)
    yield* logChange(tx, deps, caller, { eventType: 'system.email.mailbox.clear', detail: { count: String(gone) } })
  })
}

/** Queues a mail that says that mail arrives, to the caller's own address. @throws {Refusal} operation_not_allowed without one */
export async function sendTestMail(deps: Deps, caller: Caller): Promise<string> {
  const person = personOf(caller)
  const tx = deps.db.for(caller.org)
  const user = person && (await deps.db.read(findUser(tx, person.userId)))
  const { email, firstName, locale } = user?.profile ?? {}
  if (!user || typeof email !== 'string' || email === '') throw new Refusal('operation_not_allowed')
  const { org } = await deps.config.get(caller.org)
  const mail = sealMail(deps, org, {
    kind: 'test',
    to: email,
    userId: user.id,
    locale: typeof locale === 'string' ? locale : undefined,
    facts: { firstName: typeof firstName === 'string' ? firstName : undefined },
    expires: later(deps.now(), DAY),
  })
  await deps.db.write(() => queueMail(tx, mail))
  deps.outbox.expect(caller.org)
  return email
}

function checkOn({ mail, settings }: Deps): void {
  if (mail || !settings.mail.mailbox) throw new Refusal('path_not_found')
}

function opened(org: Org, { id, kind, to, created, sealedRendered }: KeptMail): OpenedMail {
  const text = open([org.dataKey], mailPlace(org.id, 'rendered', id), sealedRendered)
  const rendered: RenderedMail =
    text === undefined ? { subject: '', html: '', text: '' } : (JSON.parse(text) as RenderedMail)
  const { subject, html } = rendered
  return { id, kind, to, created, subject, html, text: rendered.text, links: linksOf(rendered) }
}

const targetOf = ({ id, to, kind }: KeptMail) => ({ id, type: 'Email', alternateId: to, displayName: kind })
