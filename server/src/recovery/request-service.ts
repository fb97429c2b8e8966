// Somebody asks for a way back in: a link is mailed to whoever it is, if it is anybody who may have one. What is answered, and what it costs,
// is the same for everybody: the same reads, one unit that keeps a link and queues a mail, and for a stranger both are for nobody.
import type { Caller } from '#kernel/caller.ts'
import { later, MINUTE, SECOND } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { Refusal } from '#kernel/refusal.ts'
import { deriveKey, keyedHash } from '#kernel/secret.ts'
import { queueMail } from '#mail/service.ts'
import { passwordPolicyFor } from '#policies/password-policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { readIdentifier } from '#sign-in/identifier.ts'
import { hasLinkSince, type InterruptedWay, keepLink, newLinkToken } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import { sealLinkMail } from '#users/link-mail-service.ts'
import { findUserByName } from '#users/service.ts'
import { actorOf, targetOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { mayRecover, type RecoveryPurpose } from './eligibility.ts'

export interface RecoveryRequest {
  readonly purpose: RecoveryPurpose
  /** The login, or its unambiguous part before the `@`. */
  readonly identifier: string
  readonly way: InterruptedWay
  /** Of the app that they were on the way to. */
  readonly appLabel?: string | undefined
}

/** Somebody who asks again and again is mailed once in this time; the link of the last mail stays good. */
const PAUSE = 30 * SECOND
/** 18 bits of the name's hash: rows for strangers can't fill the database. */
const SLOT_CHARACTERS = 3

/** @throws {Refusal} rate_limited for more than four a second with one name */
export async function requestRecovery(deps: Deps, caller: Caller, request: RecoveryRequest): Promise<void> {
  const name = readIdentifier(request.identifier)
  const now = deps.now()
  if (!deps.passwordPace.take(caller.org, loginKey(name), now)) throw new Refusal('rate_limited')
  const { org, policies } = await deps.config.fresh(caller.org)
  const tx = deps.db.for(caller.org)
  const slot = `nobody-${keyedHash(deriveKey(org.dataKey, 'unknown login'), loginKey(name)).slice(0, SLOT_CHARACTERS)}`
  const found = await deps.db.read(
    (function* () {
      const user = yield* findUserByName(tx, name)
      const person = yield* readPolicyPerson(tx, user?.id ?? '')
      const isRecent = yield* hasLinkSince(tx, user?.id ?? slot, later(now, -PAUSE))
      return { user, person, isRecent }
    })(),
  )
  const policy = passwordPolicyFor(policies, found.person)
  const user = found.user && mayRecover(request.purpose, found.user, policy) ? found.user : undefined
  if (found.isRecent) return
  const token = newLinkToken(deps)
  const mail = sealLinkMail(deps, caller, org, {
    kind: request.purpose,
    user,
    token,
    minutes: policy.recovery.email.tokenLifetimeMinutes,
    appLabel: request.appLabel,
  })
  const userId = user?.id ?? slot
  await deps.db.write(function* () {
    const lifetime = policy.recovery.email.tokenLifetimeMinutes * MINUTE
    yield* keepLink(tx, token, { kind: request.purpose, userId, way: request.way }, now, lifetime)
    yield* queueMail(tx, mail)
    yield* logChange(tx, deps, caller, eventOf(request.purpose, name, found.user, user !== undefined))
  })
}

const EVENTS = { recovery: 'user.account.reset_password', unlock: 'user.account.unlock_token' } as const

/** In the log stands what was asked in vain, too: an administrator sees who is looked for. */
function eventOf(purpose: RecoveryPurpose, typed: string, user: User | undefined, isMailed: boolean) {
  const eventType = EVENTS[purpose]
  if (user && isMailed) return { eventType, targets: [targetOf(user)] }
  const actor = user
    ? actorOf(user)
    : ({ id: 'unknown', type: 'User', alternateId: typed, displayName: 'unknown' } as const)
  return { eventType, outcome: 'FAILURE', reason: user ? 'NOT_ALLOWED' : 'UNKNOWN_USER', actor } as const
}
