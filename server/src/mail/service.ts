// The mail room as other rooms see it: seal a mail before the unit that makes what it carries, queue it inside, and it will be sent. Whoever
// has queued one says so to `deps.outbox` once the unit has committed, and it is sent at once and not with the next round.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { newId } from '#kernel/id.ts'
import { seal } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'
import type { Deps } from '../deps.ts'
import { MAIL_FACTS, type MailDraft, type MailMode, mailPlace, type QueuedMail } from './mail.ts'
import { insertMail } from './store.ts'

/**
 * Makes a mail ready to be queued, where there is one to be: sealing is work. Costs the same for a decoy (`to` undefined).
 * @throws Error for a draft without a fact that its kind can't do without
 */
export function sealMail(deps: Pick<Deps, 'now' | 'random'>, org: Org, draft: MailDraft): QueuedMail {
  const missing = MAIL_FACTS[draft.kind].required.find((name) => !draft.facts[name])
  if (missing !== undefined) throw new Error(`a mail of the kind ${draft.kind} needs the fact ${missing}`)
  const { facts, ...rest } = draft
  const created = deps.now()
  const id = newId('mail', created, deps.random)
  const sealedFacts = seal(org.dataKey, mailPlace(org.id, 'facts', id), JSON.stringify({ v: 1, ...facts }), deps.random)
  return { ...rest, id, created, sealedFacts }
}

/** Where mail goes; `none` is told to administrators, since what people ask for never comes. */
export const mailModeOf = ({ mail, settings }: Pick<Deps, 'mail' | 'settings'>): MailMode =>
  mail ? 'smtp' : settings.mail.mailbox ? 'mailbox' : 'none'

/** Part of the unit that makes what the mail carries: both are there, or none. */
export const queueMail = (tx: OrgDb, mail: QueuedMail): Unit<void> => insertMail(tx, mail)
