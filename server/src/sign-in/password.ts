// Name and password → a person, or a refusal that tells nothing. An attempt is taken before the hash is compared, unknown names take
// the same path, and every outcome costs one hash: text, time and traces are alike whoever was named.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { loginKey } from '#kernel/login-key.ts'
import { deriveKey, keyedHash } from '#kernel/secret.ts'
import { logChange } from '#system-log/service.ts'
import type { LogEntry } from '#system-log/event.ts'
import { findUserByLogin, lockUser, readPasswordHash, reserveAttempt } from '#users/service.ts'
import { displayNameOf, type User } from '#users/user.ts'
import type { Deps } from '../deps.ts'
import { takeUnknownAttempt } from './unknown-login-store.ts'

/** Consecutive wrong passwords after which a person is locked out (the default password policy). */
export const ATTEMPTS_MAX = 10
const PASSWORD_MAX = 1_024
const NAME_MAX = 255

export interface PresentedCredentials {
  readonly identifier: string
  readonly password: string
}

export type CredentialOutcome = { readonly kind: 'verified'; readonly user: User } | { readonly kind: 'refused' }

interface Reserved {
  readonly user: User | undefined
  /** What the password is compared with; undefined where no password can be right. */
  readonly hash: string | undefined
  readonly attempt: number | undefined
}

/** @throws {Refusal} rate_limited when too many passwords are waiting to be compared */
export async function verifyCredentials(deps: Deps, caller: Caller, presented: PresentedCredentials): Promise<CredentialOutcome> {
  const { org } = await deps.config.get(caller.org)
  const name = presented.identifier.slice(0, NAME_MAX)
  const nameHash = keyedHash(deriveKey(org.dataKey, 'unknown-login'), loginKey(name))
  const now = deps.now()
  const tx = deps.db.for(caller.org)
  const reserved = await deps.db.write(() => reserve(tx, name, nameHash, now))
  const { user, hash, attempt } = reserved
  const password = presented.password.length <= PASSWORD_MAX ? presented.password : ''
  const right = await deps.hasher.verify(password, attempt === undefined ? undefined : hash)
  if (right && user && password !== '') return { kind: 'verified', user }
  await deps.db.write(() => fail(tx, deps, caller, reserved, name))
  return { kind: 'refused' }
}

function* reserve(tx: OrgDb, name: string, nameHash: string, now: ReturnType<Deps['now']>): Unit<Reserved> {
  const user = yield* findUserByLogin(tx, name)
  if (!user) return { user, hash: undefined, attempt: yield* takeUnknownAttempt(tx, nameHash, ATTEMPTS_MAX, now) }
  const stored = yield* readPasswordHash(tx, user.id)
  const attempt = yield* reserveAttempt(tx, user.id, ATTEMPTS_MAX)
  return { user, hash: stored?.status === 'ACTIVE' ? stored.hash : undefined, attempt }
}

function* fail(tx: OrgDb, deps: Deps, caller: Caller, { user, attempt }: Reserved, name: string): Unit<void> {
  const locked = user?.status === 'LOCKED_OUT' || attempt === undefined
  const entry: LogEntry = {
    eventType: 'user.session.start',
    outcome: 'FAILURE',
    reason: locked ? 'LOCKED_OUT' : 'INVALID_CREDENTIALS',
    severity: 'WARN',
    actor: actorOf(user, name),
  }
  yield* logChange(tx, deps, caller, entry)
  if (!user || attempt !== ATTEMPTS_MAX) return
  if (yield* lockUser(tx, user.id, deps.now()))
    yield* logChange(tx, deps, caller, { eventType: 'user.account.lock', outcome: 'FAILURE', severity: 'WARN', actor: actorOf(user, name) })
}

function actorOf(user: User | undefined, name: string): NonNullable<LogEntry['actor']> {
  if (user) return { id: user.id, type: 'User', alternateId: user.login, displayName: displayNameOf(user) }
  return { id: 'unknown', type: 'User', alternateId: name, displayName: name }
}
