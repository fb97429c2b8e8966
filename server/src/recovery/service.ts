// Choosing a password by a link: the person has proved nothing but that they hold it. Looking at a link uses nothing up; the new password,
// the end of the link and the end of what the old password had opened are one unit.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import type { Instant } from '#kernel/instant.ts'
import type { PasswordPolicy } from '#policies/password-policy.ts'
import type { LinkKind } from '#sign-in/link-path.ts'
import { claimLink, findLink } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import {
  hashPassword,
  type NewPassword,
  passwordPolicyOfUser,
  repeatedFault,
  reuseFault,
} from '#users/new-password-service.ts'
import { acceptChosenPassword } from '#users/recovery-service.ts'
import { findUser } from '#users/service.ts'
import { actorOf, targetOf, type User } from '#users/user.ts'
import { mayResetPassword } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'revocation' | 'config'>

export interface LiveLink {
  readonly kind: LinkKind
  readonly user: User
  readonly policy: PasswordPolicy
}

/** What a link is for; undefined where it opens nothing. */
export async function readLink(deps: Doors, caller: Caller, token: string): Promise<LiveLink | undefined> {
  const found = await deps.db.read(holderOf(deps.db.for(caller.org), token, deps.now()))
  return found && { ...found, policy: await passwordPolicyOfUser(deps, caller, found.user.id) }
}

function* holderOf(
  tx: OrgDb,
  token: string,
  now: Instant,
): Unit<{ readonly kind: LinkKind; readonly user: User } | undefined> {
  const link = yield* findLink(tx, token, now)
  const user = link && (yield* findUser(tx, link.userId))
  return link && user && mayResetPassword(user.status) ? { kind: link.kind, user } : undefined
}

export type Choice =
  | { readonly kind: 'set' }
  /** The link is still good. */
  | { readonly kind: 'refused'; readonly fault: string; readonly link: LiveLink }
  | { readonly kind: 'dead' }

/** @throws {Refusal} rate_limited where too many hashes wait */
export async function choosePassword(deps: Doors, caller: Caller, token: string, chosen: NewPassword): Promise<Choice> {
  const link = await readLink(deps, caller, token)
  if (!link) return { kind: 'dead' }
  const { policy } = link
  const fault =
    (await repeatedFault(policy, chosen, link.user)) ??
    (await reuseFault(deps, caller, policy, link.user.id, chosen.password))
  if (fault !== undefined) return { kind: 'refused', fault, link }
  const hashed = await hashPassword(deps, policy, chosen.password)
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const isSet = await deps.db.write(function* () {
    const claimed = yield* claimLink(tx, token, now)
    const user = claimed && (yield* findUser(tx, claimed.userId))
    if (!user || !mayResetPassword(user.status)) return false
    const event = { eventType: 'user.account.use_token', actor: actorOf(user), targets: [targetOf(user)] }
    yield* logChange(tx, deps, caller, event)
    return yield* acceptChosenPassword(tx, deps, caller, user, hashed, now)
  })
  return isSet ? { kind: 'set' } : { kind: 'dead' }
}
