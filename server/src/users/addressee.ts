// Whom a request is about: an id, a login, a login without its domain, or `me`. And whether the caller may ask about
// that person.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { loginKey } from '#kernel/login-key.ts'
import { permits } from '#kernel/permission.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import type { Deps } from '../deps.ts'
import { selectUser, selectUserByLogin } from './store.ts'
import type { User } from './user.ts'
import { selectUserByShortName } from './view.ts'

export const ME = 'me'

/** @throws {Refusal} not_found, also for a short name that several people answer to */
export async function getAddressee(deps: Pick<Deps, 'db'>, caller: Caller, name: string): Promise<User> {
  const user = await deps.db.read(resolve(deps.db.for(caller.org), caller, name))
  if (!user) throw notFound(name, 'User')
  return user
}

function* resolve(tx: OrgDb, caller: Caller, name: string): Unit<User | undefined> {
  // No database key holds the character NUL, and PostgreSQL refuses to be asked for it.
  if (name.includes('\0')) return undefined
  if (name === ME) return yield* selectUser(tx, personOf(caller)?.userId ?? '')
  const found = (yield* selectUser(tx, name)) ?? (yield* selectUserByLogin(tx, name))
  return found || name.includes('@') ? found : yield* selectUserByShortName(tx, name)
}

/**
 * Lets people ask about themselves, and administrators with an API token or in the console about anybody: a browser's session opens the
 * own record only.
 * @throws {Refusal} forbidden
 */
export function assertMayRead(caller: Caller, name: string): void {
  const { actor } = caller
  if (actor.kind === 'system') return
  const person = personOf(caller)
  if (!person) throw new Refusal('forbidden')
  if (name === ME || name === person.userId || loginKey(name) === loginKey(person.login)) return
  if (actor.kind === 'session' || !permits(person.roles, 'okta.users.read')) throw new Refusal('forbidden')
}
