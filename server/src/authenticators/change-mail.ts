// Tells people by mail that their factors have changed: whoever did it with a session of theirs can't keep it from them.
import { DAY, later } from '#kernel/instant.ts'
import type { QueuedMail } from '#mail/mail.ts'
import { sealMail } from '#mail/service.ts'
import type { Org } from '#orgs/org.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import type { FactorKey } from './factor.ts'
import { FACTOR_NAMES } from './factor-names.ts'

/** Older news is none. */
const LIFETIME = 2 * DAY

/** To be queued in the unit of the change; undefined for people without an address. */
export function sealChangeMail(
  deps: Pick<Deps, 'now' | 'random' | 'outbox'>,
  org: Org,
  user: User,
  kind: 'factor-enrolled' | 'factor-reset',
  keys: readonly FactorKey[],
): QueuedMail | undefined {
  const { email, firstName, locale } = user.profile
  if (typeof email !== 'string' || email === '') return undefined
  return sealMail(deps, org, {
    kind,
    to: email,
    userId: user.id,
    locale: typeof locale === 'string' ? locale : undefined,
    facts: {
      factorName: [...new Set(keys.map((key) => FACTOR_NAMES[key].name))].join(', '),
      login: user.login,
      firstName: typeof firstName === 'string' ? firstName : undefined,
    },
    expires: later(deps.now(), LIFETIME),
  })
}
