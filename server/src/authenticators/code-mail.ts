// A one-time code on its way to somebody's address, made ready before the unit that keeps the code's hash queues it.
import { type Instant, MINUTE } from '#kernel/instant.ts'
import type { MailKind, QueuedMail } from '#mail/mail.ts'
import { sealMail } from '#mail/service.ts'
import type { Org } from '#orgs/org.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { EmailFactor } from './factor.ts'

export interface CodeMail {
  readonly kind: Extract<MailKind, 'email-code' | 'email-enroll-code'>
  readonly user: User
  readonly factor: EmailFactor
  readonly code: string
  readonly expires: Instant
}

export function sealCode(
  deps: Pick<Deps, 'now' | 'random'>,
  org: Org,
  { kind, user, factor, code, expires }: CodeMail,
): QueuedMail {
  const { firstName, locale } = user.profile
  const minutes = String(Math.max(1, Math.round((expires - deps.now()) / MINUTE)))
  return sealMail(deps, org, {
    kind,
    to: factor.profile.email,
    userId: user.id,
    locale: typeof locale === 'string' ? locale : undefined,
    facts: { code, minutes, login: user.login, firstName: typeof firstName === 'string' ? firstName : undefined },
    expires,
  })
}
