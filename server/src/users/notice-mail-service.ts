// The mail that tells people what became of their account, so that whoever did not do it themselves hears of it. Sealed before the unit
// of the change, which queues it.
import type { Caller } from '#kernel/caller.ts'
import { DAY, later } from '#kernel/instant.ts'
import type { MailFacts, MailKind, QueuedMail } from '#mail/mail.ts'
import { mailModeOf, sealMail } from '#mail/service.ts'
import type { Deps } from '../deps.ts'
import { textOf, type User } from './user.ts'

/** With the outbox, which is told once the notice has been queued. */
export type NoticeDoors = Pick<Deps, 'now' | 'random' | 'config' | 'outbox' | 'mail' | 'settings'>

export type NoticeKind = Extract<MailKind, 'password-changed' | 'account-locked' | 'factor-enrolled' | 'factor-reset'>

/** To the address that the person had before the change. Undefined where nothing would reach them. */
export async function sealNotice(
  deps: NoticeDoors,
  caller: Pick<Caller, 'org'>,
  kind: NoticeKind,
  user: Pick<User, 'id' | 'login' | 'profile'>,
  facts: Pick<MailFacts, 'factorName'> = {},
): Promise<QueuedMail | undefined> {
  const to = textOf(user, 'email')
  if (to === undefined || mailModeOf(deps) === 'none') return undefined
  const { org } = await deps.config.get(caller.org)
  return sealMail(deps, org, {
    kind,
    to,
    userId: user.id,
    locale: textOf(user, 'locale'),
    facts: { ...facts, login: user.login, firstName: textOf(user, 'firstName') },
    expires: later(deps.now(), DAY),
  })
}
