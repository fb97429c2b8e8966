// The only SQL on `mail`. Which node sends a mail is decided by one UPDATE, which moves `run_at` to the end of a lease: nobody else finds
// it due before. A node that comes back after its lease has ended finds `attempts` changed, and marks nothing.
import type { OrgDb } from '#db/org-db.ts'
import type { MailRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant, later } from '#kernel/instant.ts'
import type { MailKind, MailStatus, QueuedMail } from './mail.ts'

export function* insertMail(tx: OrgDb, mail: QueuedMail): Unit<void> {
  yield* run(
    tx.insert('mail', {
      id: mail.id,
      kind: mail.kind,
      status: 'QUEUED',
      recipient: mail.to ?? null,
      user_id: mail.userId ?? null,
      locale: mail.locale ?? null,
      facts: mail.sealedFacts,
      rendered: null,
      created: mail.created,
      expires: mail.expires,
      // A decoy is never due.
      run_at: mail.to === undefined ? mail.expires : mail.created,
      attempts: 0,
      ended: null,
      fault: null,
    }),
  )
}

export interface ClaimedMail {
  readonly id: string
  readonly kind: MailKind
  readonly to: string
  readonly userId: string | undefined
  readonly locale: string | undefined
  readonly sealedFacts: string
  readonly expires: Instant
  /** This one included; proves the claim. */
  readonly attempts: number
}

const due = (tx: OrgDb, now: Instant) =>
  tx
    .from('mail')
    .select('id')
    .where('status', '=', 'QUEUED')
    .where('run_at', '<=', now)
    .where('expires', '>', now)
    .where('recipient', 'is not', null)
    .orderBy('run_at')

/** Takes the mail that has been due the longest, for `lease` milliseconds. */
export function* claimMail(tx: OrgDb, now: Instant, lease: number): Unit<ClaimedMail | undefined> {
  const row = yield* first(
    tx
      .update('mail')
      .set((eb) => ({ run_at: later(now, lease), attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', due(tx, now).limit(1))
      // Said again: what another node has claimed meanwhile is not due any more.
      .where('status', '=', 'QUEUED')
      .where('run_at', '<=', now)
      .returningAll(),
  )
  return row && toClaimed(row)
}

export function* hasDueMail(tx: OrgDb, now: Instant): Unit<boolean> {
  return (yield* first(due(tx, now).limit(1))) !== undefined
}

const toClaimed = (row: MailRow): ClaimedMail | undefined =>
  row.recipient === null || row.facts === null
    ? undefined
    : {
        id: row.id,
        kind: row.kind as MailKind,
        to: row.recipient,
        userId: row.user_id ?? undefined,
        locale: row.locale ?? undefined,
        sealedFacts: row.facts,
        expires: instant(row.expires),
        attempts: row.attempts,
      }

export interface MailEnd {
  readonly status: Exclude<MailStatus, 'QUEUED'>
  readonly at: Instant
  readonly fault?: string
  readonly sealedRendered?: string
}

/** Ends a claimed mail and erases its facts. @returns whether the claim still held */
export function* endMail(tx: OrgDb, { id, attempts }: ClaimedMail, end: MailEnd): Unit<boolean> {
  const ended = yield* first(
    tx
      .update('mail')
      .set({
        status: end.status,
        ended: end.at,
        fault: end.fault ?? null,
        facts: null,
        rendered: end.sealedRendered ?? null,
      })
      .where('id', '=', id)
      .where('status', '=', 'QUEUED')
      .where('attempts', '=', attempts)
      .returning('id'),
  )
  return ended !== undefined
}

export interface PutBack {
  readonly status: 'QUEUED'
  readonly runAt: Instant
  readonly fault: string
}

/** Puts a claimed mail back, to be tried again from `runAt` on. */
export function* putBackMail(tx: OrgDb, { id, attempts }: ClaimedMail, { runAt, fault }: PutBack): Unit<void> {
  yield* run(
    tx
      .update('mail')
      .set({ run_at: runAt, fault })
      .where('id', '=', id)
      .where('status', '=', 'QUEUED')
      .where('attempts', '=', attempts),
  )
}

export interface ExpiredMail {
  readonly id: string
  readonly kind: MailKind
  readonly to: string | undefined
  readonly userId: string | undefined
  readonly fault: string | undefined
}

/** Ends up to `most` mails whose time has passed, decoys too. What a node is sending under a lease is that node's to end. */
export function* expireMails(tx: OrgDb, now: Instant, most: number): Unit<readonly ExpiredMail[]> {
  const old = tx
    .from('mail')
    .select('id')
    .where('status', '=', 'QUEUED')
    .where('expires', '<=', now)
    .where('run_at', '<=', now)
    .limit(most)
  const rows = yield* all(
    tx
      .update('mail')
      .set({ status: 'EXPIRED', ended: now, facts: null })
      .where('id', 'in', old)
      .where('status', '=', 'QUEUED')
      .where('run_at', '<=', now)
      .returning(['id', 'kind', 'recipient', 'user_id', 'fault']),
  )
  return rows.map(({ id, kind, recipient, user_id, fault }) => ({
    id,
    kind: kind as MailKind,
    to: recipient ?? undefined,
    userId: user_id ?? undefined,
    fault: fault ?? undefined,
  }))
}

/** Forgets up to `most` decoys that have expired: nobody asks after them. @returns how many went */
export function* deleteDecoys(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const old = tx.from('mail').select('id').where('recipient', 'is', null).where('expires', '<=', now).limit(most)
  return (yield* all(tx.deleteFrom('mail').where('id', 'in', old).returning('id'))).length
}

/** Forgets up to `most` mails that expired before. @returns how many went */
export function* deleteOldMails(tx: OrgDb, expiredBefore: Instant, most: number): Unit<number> {
  const old = tx
    .from('mail')
    .select('id')
    .where('status', 'in', ['SENT', 'KEPT', 'FAILED', 'EXPIRED'])
    .where('expires', '<', expiredBefore)
    .limit(most)
  return (yield* all(tx.deleteFrom('mail').where('id', 'in', old).returning('id'))).length
}

export interface KeptMail {
  readonly id: string
  readonly kind: MailKind
  readonly to: string
  readonly created: Instant
  readonly sealedRendered: string
}

export interface KeptRange {
  readonly to: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** What stands in the mailbox, newest first; one more than was asked for where there are more. */
export function* selectKept(tx: OrgDb, { to, after, limit }: KeptRange): Unit<readonly KeptMail[]> {
  let query = tx.from('mail').selectAll().where('status', '=', 'KEPT')
  if (to !== undefined) query = query.where('recipient', '=', to)
  if (after !== undefined) query = query.where('id', '<', after)
  return (yield* all(query.orderBy('id', 'desc').limit(limit + 1))).flatMap(toKept)
}

export function* findKept(tx: OrgDb, id: string): Unit<KeptMail | undefined> {
  const row = yield* first(tx.from('mail').selectAll().where('status', '=', 'KEPT').where('id', '=', id))
  return row && toKept(row)[0]
}

/** Empties the mailbox. @returns how many mails went */
export function* deleteKept(tx: OrgDb): Unit<number> {
  return (yield* all(tx.deleteFrom('mail').where('status', '=', 'KEPT').returning('id'))).length
}

const toKept = (row: MailRow): readonly KeptMail[] =>
  row.recipient === null || row.rendered === null
    ? []
    : [
        {
          id: row.id,
          kind: row.kind as MailKind,
          to: row.recipient,
          created: instant(row.created),
          sealedRendered: row.rendered,
        },
      ]
