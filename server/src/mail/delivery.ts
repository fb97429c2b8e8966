// Takes what is due, sends it outside of any unit, and writes down what became of it. At least once: a node that dies between the
// server's 250 and the mark leaves a mail that is sent again when its lease has ended, under the same Message-ID.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { DAY, later, MINUTE } from '#kernel/instant.ts'
import { open, seal } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type MailFacts, type MailKind, mailPlace } from './mail.ts'
import { MailRefused } from './outgoing-mail.ts'
import { nextAttempt } from './retry.ts'
import { mailModeOf } from './service.ts'
import {
  type ClaimedMail,
  claimMail,
  deleteDecoys,
  deleteOldMails,
  endMail,
  expireMails,
  hasDueMail,
  type MailEnd,
  type PutBack,
  putBackMail,
} from './store.ts'
import { renderFor } from './template-service.ts'

/** Longer than any attempt can take (`smtp.ts`). */
export const LEASE = 5 * MINUTE
const KEPT_DAYS = 7

export type DeliveryDoors = Pick<Deps, 'db' | 'now' | 'random' | 'config' | 'mail' | 'log' | 'settings'>

/** Sends, or puts into the mailbox, all of an org's mail that is due, one after another. */
export async function deliverDue(deps: DeliveryDoors, org: OrgId): Promise<void> {
  for (let mail = await takeDue(deps, org); mail; mail = await takeDue(deps, org)) await deliver(deps, org, mail)
}

/**
 * Claims the next mail of the org: whoever does so delivers it at once, since its lease has begun. With neither a server nor the mailbox
 * mail stays queued until it expires.
 */
export async function takeDue(deps: DeliveryDoors, org: OrgId): Promise<ClaimedMail | undefined> {
  const tx = deps.db.for(org)
  if (mailModeOf(deps) === 'none' || !(await deps.db.read(hasDueMail(tx, deps.now())))) return undefined
  return deps.db.write(() => claimMail(tx, deps.now(), LEASE), { isolation: 'readCommitted' })
}

/** Sends a claimed mail and writes down what became of it. */
export async function deliver(deps: DeliveryDoors, orgId: OrgId, mail: ClaimedMail): Promise<void> {
  const { org } = await deps.config.get(orgId)
  const { end, entry } = await attempt(deps, org, mail).catch((error: unknown) => failed(deps, org, mail, error))
  const tx = deps.db.for(org.id)
  await deps.db.write(function* () {
    if (end.status === 'QUEUED') return yield* putBackMail(tx, mail, end)
    if (yield* endMail(tx, mail, end)) yield* logMail(tx, deps, mail, entry)
  })
}

interface Attempt {
  readonly end: MailEnd | PutBack
  readonly entry: Entry
}

async function attempt(deps: DeliveryDoors, org: Org, mail: ClaimedMail): Promise<Attempt> {
  const rendered = await renderFor(deps, org, mail, factsOf(org, mail))
  if (!deps.mail) {
    const place = mailPlace(org.id, 'rendered', mail.id)
    const sealedRendered = seal(org.dataKey, place, JSON.stringify({ v: 1, ...rendered }), deps.random)
    return { end: { status: 'KEPT', at: deps.now(), sealedRendered }, entry: KEPT }
  }
  await deps.mail.send({
    from: deps.settings.mail.from,
    to: mail.to,
    messageId: `<${mail.id}@${new URL(org.url).hostname.replaceAll(/[[\]:]/g, '')}>`,
    ...rendered,
  })
  return { end: { status: 'SENT', at: deps.now() }, entry: { eventType: SENT_EVENTS[mail.kind] ?? DELIVERY } }
}

function factsOf(org: Org, { id, sealedFacts }: ClaimedMail): MailFacts {
  const text = open([org.dataKey], mailPlace(org.id, 'facts', id), sealedFacts)
  if (text === undefined) throw new MailRefused('unreadable')
  return JSON.parse(text) as MailFacts
}

/** Back into the queue, or to its end where no attempt can be better or in time. */
function failed(deps: DeliveryDoors, org: Org, mail: ClaimedMail, error: unknown): Attempt {
  const fault = faultOf(error)
  const now = deps.now()
  const runAt = error instanceof MailRefused ? undefined : nextAttempt(mail.attempts, now, mail.expires)
  const facts = { org: org.id, mail: mail.id, kind: mail.kind, attempts: mail.attempts, fault }
  deps.log.warn(facts, `a mail could not be sent, and is ${runAt === undefined ? 'not ' : ''}tried again`)
  return {
    end: runAt === undefined ? { status: 'FAILED', at: now, fault } : { status: 'QUEUED', runAt, fault },
    entry: { eventType: DELIVERY, outcome: 'FAILURE', reason: fault },
  }
}

/** A code, since the message of an error may hold what the mail says. */
function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^[\w.-]{1,40}$/.test(code) ? code : 'error'
}

type Entry = Pick<Parameters<typeof logChange>[3], 'eventType' | 'outcome' | 'reason'>

const logMail = (
  tx: OrgDb,
  deps: Pick<Deps, 'now' | 'random'>,
  { id, kind, to, userId }: Pick<ClaimedMail, 'id' | 'kind' | 'to' | 'userId'>,
  entry: Entry,
): Unit<void> =>
  logChange(tx, deps, systemOf(tx.org), {
    ...entry,
    targets: [{ id: userId ?? id, type: userId === undefined ? 'Email' : 'User', alternateId: to, displayName: to }],
    detail: { mailKind: kind, mailId: id },
  })

const systemOf = (org: OrgId): Caller => ({
  org,
  orgUrl: '',
  actor: { kind: 'system' },
  client: { ip: '', userAgent: '', requestId: '', path: '' },
})

const DELIVERY = 'system.email.delivery'
const KEPT: Entry = { eventType: DELIVERY, outcome: 'SKIPPED', reason: 'Kept in the mailbox' }
const EXPIRED = 'EXPIRED'

/** Okta's names, for kinds that have one. */
const SENT_EVENTS: Readonly<Partial<Record<MailKind, string>>> = {
  'forgot-password': 'system.email.password_reset.sent_message',
  'unlock-account': 'system.email.account_unlock.sent_message',
  'email-code': 'system.email.send_factor_verify_message',
  'email-enroll-code': 'system.email.send_factor_verify_message',
  'factor-enrolled': 'system.email.mfa_enroll_notification.sent_message',
  'factor-reset': 'system.email.mfa_reset_notification.sent_message',
}

type SweepDoors = Pick<Deps, 'db' | 'now' | 'random'>

/** Housekeeping: ends what nobody could send in time, and forgets what expired a week ago. @returns whether there may be more */
export async function sweepMails(deps: SweepDoors, org: OrgId, most: number): Promise<boolean> {
  const tx = deps.db.for(org)
  const now = deps.now()
  const decoys = await deps.db.write(() => deleteDecoys(tx, now, most))
  const expired = await deps.db.write(function* () {
    const mails = yield* expireMails(tx, now, most)
    for (const { to, fault, ...mail } of mails)
      if (to !== undefined)
        yield* logMail(tx, deps, { ...mail, to }, { eventType: DELIVERY, outcome: 'FAILURE', reason: fault ?? EXPIRED })
    return mails.length
  })
  const gone = await deps.db.write(() => deleteOldMails(tx, later(now, -KEPT_DAYS * DAY), most))
  return decoys === most || expired === most || gone === most
}
