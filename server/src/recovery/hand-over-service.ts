// An app with an API token asks for a way back in for somebody: it is handed the token that a mail would carry, and brings it to the person
// in a way of its own. It may do so for whom its token may administer, and nobody else.
import { type Caller, personOf } from '#kernel/caller.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { permits } from '#kernel/permission.ts'
import { Refusal } from '#kernel/refusal.ts'
import { passwordPolicyFor } from '#policies/password-policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { assertMayChange } from '#roles/service.ts'
import { readIdentifier } from '#sign-in/identifier.ts'
import { keepLink, newLinkToken } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import { findUserByName } from '#users/service.ts'
import { targetOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { mayRecoverByApp } from './eligibility.ts'
import { EVENTS, type RecoveryRequest } from './request-service.ts'

export interface HandedOver {
  readonly user: User
  /** Good once, as long as a mailed link. */
  readonly token: string
  readonly expires: Instant
}

const REFUSALS = { recovery: 'forgot_password_not_allowed', unlock: 'user_not_locked' } as const

/** @throws {Refusal} forbidden, recovery_unknown_user, forgot_password_not_allowed, user_not_locked */
export async function handOverRecovery(
  deps: Deps,
  caller: Caller,
  { purpose, identifier, way }: RecoveryRequest,
): Promise<HandedOver> {
  if (!permits(personOf(caller)?.roles ?? [], 'okta.users.manage')) throw new Refusal('forbidden')
  const { policies } = await deps.config.fresh(caller.org)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const token = newLinkToken(deps)
  return deps.db.write(function* () {
    const user = yield* findUserByName(tx, readIdentifier(identifier))
    if (!user) throw new Refusal('recovery_unknown_user')
    yield* assertMayChange(tx, caller, user.id)
    const policy = passwordPolicyFor(policies, yield* readPolicyPerson(tx, user.id))
    if (!mayRecoverByApp(purpose, user, policy)) throw new Refusal(REFUSALS[purpose])
    const lifetime = policy.recovery.email.tokenLifetimeMinutes * MINUTE
    yield* keepLink(tx, token, { kind: purpose, userId: user.id, way }, now, lifetime)
    yield* logChange(tx, deps, caller, { eventType: EVENTS[purpose], targets: [targetOf(user)] })
    return { user, token, expires: later(now, lifetime) }
  })
}
