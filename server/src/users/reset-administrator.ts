// The way back in from the host: a new password for the org's first administrator, whatever state they are in.

import type { Caller } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { newId } from '#kernel/id.ts'
import { loadOrg } from '#orgs/service.ts'
import { firstSuperAdministrator } from '#roles/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import { findUser, setPasswordHash, unlockUser } from './service.ts'
import { targetOf } from './user.ts'

/** @returns the administrator's login; undefined where there is none */
export async function resetAdministrator(deps: Deps, orgId: OrgId, password: string): Promise<string | undefined> {
  const { org } = await loadOrg(deps, orgId)
  const tx = deps.db.for(orgId)
  const userId = await deps.db.read(firstSuperAdministrator(tx))
  const user = userId === undefined ? undefined : await deps.db.read(findUser(tx, userId))
  if (!user) return undefined
  const hash = await deps.hasher.hash(password)
  const now = deps.now()
  const requestId = newId('request', now, deps.random)
  const client = { ip: '127.0.0.1', userAgent: 'keystead admin reset', requestId, path: 'admin reset' }
  const caller: Caller = { org: orgId, orgUrl: org.url, actor: { kind: 'system' }, client }
  await deps.db.write(function* () {
    yield* unlockUser(tx, user.id, now)
    yield* setPasswordHash(tx, user.id, hash, now)
    yield* deps.revocation.ofUser(tx, user.id, now)
    yield* logChange(tx, deps, caller, { eventType: 'user.account.reset_password', targets: [targetOf(user)] })
  })
  return user.login
}
