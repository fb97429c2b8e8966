// The mail that carries a link to a person, sealed before the unit that keeps the link queues it.
import type { Caller } from '#kernel/caller.ts'
import { later, MINUTE } from '#kernel/instant.ts'
import { invalid } from '#kernel/refusal.ts'
import type { MailKind, QueuedMail } from '#mail/mail.ts'
import { mailModeOf, sealMail } from '#mail/service.ts'
import type { Org } from '#orgs/org.ts'
import { LINK_PATHS, type LinkKind } from '#sign-in/link-path.ts'
import type { Deps } from '../deps.ts'
import { textOf, type User } from './user.ts'

const KINDS: Readonly<Record<LinkKind, MailKind>> = {
  recovery: 'forgot-password',
  activation: 'activation',
  unlock: 'unlock-account',
}

export interface LinkMail {
  readonly kind: LinkKind
  /** Undefined makes a decoy, which costs the same and goes nowhere. */
  readonly user: Pick<User, 'id' | 'login' | 'profile'> | undefined
  /** Which of their addresses; the primary one when left out. A decoy again where they have none, or the primary one once more. */
  readonly address?: 'email' | 'secondEmail'
  readonly token: string
  /** For how long the link is good. */
  readonly minutes: number
  readonly appLabel?: string | undefined
}

export function sealLinkMail(
  deps: Pick<Deps, 'now' | 'random'>,
  { orgUrl }: Pick<Caller, 'orgUrl'>,
  org: Org,
  { kind, user: person, address = 'email', token, minutes, appLabel }: LinkMail,
): QueuedMail {
  const user = person && hasAddress(person, address) ? person : undefined
  const text = (name: string): string | undefined => user && textOf(user, name)
  const facts = { login: user?.login, firstName: text('firstName'), minutes: String(minutes), appLabel }
  return sealMail(deps, org, {
    kind: KINDS[kind],
    to: text(address),
    userId: user?.id,
    locale: text('locale'),
    facts: { ...facts, link: `${orgUrl}${LINK_PATHS[kind]}/${token}` },
    expires: later(deps.now(), minutes * MINUTE),
  })
}

/** One that is not the primary one over again. */
function hasAddress(person: Pick<User, 'profile'>, address: 'email' | 'secondEmail'): boolean {
  const text = textOf(person, address)
  return address === 'email' || (text !== undefined && text !== textOf(person, 'email'))
}

/** Whether anything that is queued goes anywhere. */
export const canMail = (deps: Pick<Deps, 'mail' | 'settings'>): boolean => mailModeOf(deps) !== 'none'

/** @throws {Refusal} validation_failed where a link would have to be mailed and nothing is */
export function assertCanMail(deps: Pick<Deps, 'mail' | 'settings'>): void {
  if (!canMail(deps))
    throw invalid(
      'sendEmail',
      'sendEmail: Mail is not configured. Ask with sendEmail=false for a link that you hand over yourself.',
    )
}
