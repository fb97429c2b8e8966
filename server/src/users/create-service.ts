// Making people. Everything is checked and hashed first; then one unit holds the person, the memberships and the events.

import { refuseConflict } from '#db/refuse-conflict.ts'
import { addToEveryone, getEveryoneId, joinGroup } from '#groups/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { Refusal, taken } from '#kernel/refusal.ts'
import { queueMail } from '#mail/service.ts'
import { ACTIVATION_MINUTES, keepLink, newLinkToken } from '#sign-in/password-link.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { type DraftCredentials, hashCredentials } from './draft-credentials.ts'
import { canMail, sealLinkMail } from './link-mail-service.ts'
import { firstPasswordPolicy } from './new-password-service.ts'
import { checkProfile } from './profile.ts'
import { insertUser } from './store.ts'
import { LOCAL_PROVIDER, type Profile, targetOf, type User } from './user.ts'
import { initialStatus } from './user-status.ts'

export interface UserDraft {
  readonly profile: Profile
  readonly credentials: DraftCredentials
  readonly groupIds: readonly string[]
  readonly activate: boolean
  readonly mustChangePassword: boolean
}

const GROUPS_MAX = 20

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'hasher' | 'config' | 'mail' | 'outbox' | 'settings'>

/** @throws {Refusal} validation_failed, password_needed, activation_needed, too_many_groups, not_found for a group */
export async function createUser(deps: Doors, caller: Caller, draft: UserDraft): Promise<User> {
  const { login, profile } = checkProfile(draft.profile)
  if (draft.groupIds.length > GROUPS_MAX) throw new Refusal('too_many_groups')
  const hasPassword = draft.credentials.password !== undefined
  const status = initialStatus({ ...draft, hasPassword })
  const tx = deps.db.for(caller.org)
  const groupIds = [...draft.groupIds, await deps.db.read(getEveryoneId(tx))]
  const policy = await firstPasswordPolicy(deps, caller, groupIds)
  const hashed = await hashCredentials(deps, policy, { login, profile }, draft.credentials)
  const now = deps.now()
  const user: User = {
    id: newId('user', now, deps.random),
    status,
    login,
    created: now,
    activated: draft.activate ? now : undefined,
    statusChanged: draft.activate || hasPassword ? now : undefined,
    lastLogin: undefined,
    lastUpdated: now,
    passwordChanged: hasPassword ? now : undefined,
    profile,
    hasPassword,
    recoveryQuestion: hashed.recoveryQuestion?.question,
    provider: LOCAL_PROVIDER,
  }
  const credentials = {
    provider: LOCAL_PROVIDER,
    ...(hashed.recoveryQuestion ? { recoveryQuestion: hashed.recoveryQuestion } : {}),
  }
  const target = targetOf(user)
  // Who is active and has no password is mailed a link to choose one.
  const welcome = status === 'PROVISIONED' && canMail(deps) ? await newWelcome(deps, caller, user) : undefined
  const creation = deps.db.write(function* () {
    yield* insertUser(tx, { user, passwordHash: hashed.password?.hash, credentials })
    yield* logChange(tx, deps, caller, { eventType: 'user.lifecycle.create', targets: [target] })
    if (draft.activate) yield* logChange(tx, deps, caller, { eventType: 'user.lifecycle.activate', targets: [target] })
    yield* addToEveryone(tx, user.id, now)
    for (const groupId of new Set(draft.groupIds)) yield* joinGroup(tx, deps, caller, { groupId, user: target, now })
    if (welcome) {
      yield* keepLink(tx, welcome.token, { kind: 'activation', userId: user.id }, now)
      yield* queueMail(tx, welcome.mail)
    }
    return user
  })
  const created = await refuseConflict(creation, loginTaken)
  if (welcome) deps.outbox.expect(caller.org)
  return created
}

async function newWelcome(deps: Doors, caller: Caller, user: User) {
  const { org } = await deps.config.get(caller.org)
  const token = newLinkToken(deps)
  return {
    token,
    mail: sealLinkMail(deps, caller, org, { kind: 'activation', user, token, minutes: ACTIVATION_MINUTES }),
  }
}

/** The refusal for a key of people that others may hold: the login. */
export const loginTaken = (columns: readonly string[]): Refusal | undefined =>
  columns.includes('login_key') ? taken('login') : undefined
