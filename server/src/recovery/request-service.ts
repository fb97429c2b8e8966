// Somebody asks for a way back in: a link is mailed to whoever it is, if it is anybody who may have one. What is answered, and what it costs,
// is the same for everybody: the same reads, one unit that keeps a link and queues a mail to either address, and for a stranger all are for
// nobody. The mail waits for the sender's next round, and the outbox is not told of it: work that followed at once would
// tell a clock whom it went to.
import type { OrgDb } from '#db/org-db.ts'
import type { Caller } from '#kernel/caller.ts'
import { HOUR, type Instant, later, MINUTE, SECOND } from '#kernel/instant.ts'
import { loginKey } from '#kernel/login-key.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { QueuedMail } from '#mail/mail.ts'
import { mailModeOf, queueMail } from '#mail/service.ts'
import { passwordPolicyFor } from '#policies/password-policy.ts'
import { readPolicyPerson } from '#policies/service.ts'
import { readIdentifier, slotOf } from '#sign-in/identifier.ts'
import {
  hasLinkSince,
  type InterruptedWay,
  keepAskedLink,
  mayAskForLink,
  newLinkToken,
} from '#sign-in/password-link.ts'
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

/** Whoever asks again and again is mailed once in this time, and so is each person, by whatever names they are asked for. */
const PAUSE = 30 * SECOND
/** What is made for nobody is kept no longer, however long links are good. */
const DECOY_LIFETIME_MAX = HOUR
/** Whoever can't read the one may read the other; administrators alone say which a person has. */
const ADDRESSES = ['email', 'secondEmail'] as const

/** @throws {Refusal} rate_limited for more than four a second with one name */
export async function requestRecovery(deps: Deps, caller: Caller, request: RecoveryRequest): Promise<void> {
  const name = readIdentifier(request.identifier)
  const now = deps.now()
  if (!deps.passwordPace.take(caller.org, loginKey(name), now)) throw new Refusal('rate_limited')
  // A link that nobody could be sent would only be one more that is good.
  if (mailModeOf(deps) === 'none') return
  const { org, policies } = await deps.config.fresh(caller.org)
  const tx = deps.db.for(caller.org)
  const found = await deps.db.read(readAsker(tx, name))
  const policy = passwordPolicyFor(policies, found.person)
  const user = found.user && mayRecover(request.purpose, found.user, policy) ? found.user : undefined
  const token = newLinkToken(deps)
  const minutes = policy.recovery.email.tokenLifetimeMinutes
  const mails = ADDRESSES.map((address) =>
    sealLinkMail(deps, caller, org, {
      kind: request.purpose,
      user,
      address,
      token,
      minutes,
      appLabel: request.appLabel,
    }),
  )
  const slot = slotOf(org, name)
  const nobody = `nobody-${slot}`
  const paused = later(now, -PAUSE)
  const isTaken = await deps.db.write(function* () {
    if (!(yield* mayAskForLink(tx, `${request.purpose}-${slot}`, now, paused))) return false
    const isRecent = yield* hasLinkSince(tx, user?.id ?? nobody, paused)
    const owner = isRecent ? undefined : user
    const link = { kind: request.purpose, userId: owner?.id ?? nobody, way: request.way }
    const lifetime = owner ? minutes * MINUTE : Math.min(minutes * MINUTE, DECOY_LIFETIME_MAX)
    yield* keepAskedLink(tx, token, link, now, lifetime)
    for (const mail of mails) yield* queueMail(tx, owner ? mail : decoyOf(mail, later(now, lifetime)))
    yield* logChange(tx, deps, caller, eventOf(request.purpose, name, { found: found.user, user, isRecent }))
    return true
  })
  if (!isTaken) deps.events.record(caller, dropped(request.purpose, name, found.user))
}

const decoyOf = (mail: QueuedMail, expires: Instant): QueuedMail => ({
  ...mail,
  to: undefined,
  userId: undefined,
  expires,
})

function* readAsker(tx: OrgDb, name: string) {
  const user = yield* findUserByName(tx, name)
  return { user, person: yield* readPolicyPerson(tx, user?.id ?? '') }
}

export const EVENTS = { recovery: 'user.account.reset_password', unlock: 'user.account.unlock_token' } as const

/** In the log stands what was asked in vain, too: an administrator sees who is looked for. */
function eventOf(purpose: RecoveryPurpose, typed: string, { found, user, isRecent }: Asked) {
  const eventType = EVENTS[purpose]
  if (user && !isRecent) return { eventType, targets: [targetOf(user)] }
  const actor = askerOf(typed, found)
  return { eventType, outcome: 'FAILURE', reason: reasonOf({ found, user, isRecent }), actor } as const
}

const dropped = (purpose: RecoveryPurpose, typed: string, found: User | undefined) =>
  ({
    eventType: EVENTS[purpose],
    outcome: 'FAILURE',
    reason: 'ASKED_AGAIN',
    actor: askerOf(typed, found),
  }) as const

const askerOf = (typed: string, found: User | undefined) =>
  found ? actorOf(found) : ({ id: 'unknown', type: 'User', alternateId: typed, displayName: 'unknown' } as const)

interface Asked {
  readonly found: User | undefined
  /** The same, where they may have a link. */
  readonly user: User | undefined
  readonly isRecent: boolean
}

function reasonOf({ found, user }: Asked): string {
  if (user) return 'ASKED_AGAIN'
  return found ? 'NOT_ALLOWED' : 'UNKNOWN_USER'
}
