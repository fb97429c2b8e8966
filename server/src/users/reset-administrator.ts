// The way back in from the host: a password for the org's first administrator that is good for one sign-in, at which it is changed. What
// the old password opened ends, since nobody knows who else had it; so do their second factors, and where the org's policies would not let
// them in, one that does comes first.
import { forgetFactors } from '#authenticators/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId, type OrgId } from '#kernel/id.ts'
import { changeConfig, loadOrg } from '#orgs/service.ts'
import { passwordPolicyFor } from '#policies/password-policy.ts'
import { loadPolicies, readPolicyPerson } from '#policies/service.ts'
import { openWayIn } from '#policies/way-in-service.ts'
import { firstSuperAdministrator } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { endAccess } from './access.ts'
import { keptOf } from './new-password-service.ts'
import { getUser } from './service.ts'
import { updatePassword, updateStatus } from './store.ts'
import { targetOf } from './user.ts'
import { ENDED_BY_RESET } from './user-status.ts'

type Doors = Pick<Deps, 'db' | 'now' | 'random' | 'rootKeys' | 'hasher' | 'revocation' | 'config'>

/** @returns the administrator's login; undefined where there is none */
export async function resetAdministrator(deps: Doors, orgId: OrgId, password: string): Promise<string | undefined> {
  const { org } = await loadOrg(deps, orgId)
  const hash = await deps.hasher.hash(password)
  const now = deps.now()
  const requestId = newId('request', now, deps.random)
  const client = { ip: '127.0.0.1', userAgent: 'keystead admin reset', requestId, path: 'admin reset' }
  const caller: Caller = { org: orgId, orgUrl: org.url, actor: { kind: 'system' }, client }
  return changeConfig(deps, caller, function* (tx) {
    const userId = yield* firstSuperAdministrator(tx)
    if (userId === undefined) return undefined
    const user = yield* getUser(tx, userId)
    const activates = user.activated === undefined
    yield* updateStatus(tx, { id: userId, from: ENDED_BY_RESET, to: 'PASSWORD_EXPIRED', now, activates })
    const policy = passwordPolicyFor(yield* loadPolicies(tx), yield* readPolicyPerson(tx, userId))
    yield* updatePassword(tx, userId, { hash, kept: keptOf(policy) }, now)
    yield* endAccess(tx, deps, userId, now)
    yield* forgetFactors(tx, userId)
    yield* openWayIn(tx, deps.random, userId, now)
    yield* logChange(tx, deps, caller, { eventType: 'user.account.reset_password', targets: [targetOf(user)] })
    return user.login
  })
}
