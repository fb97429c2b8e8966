// The housekeeping of a running node: what has outlived its use goes, org by org, in chunks that hold nobody up. Every node may do it;
// two at once find each other's work done.
import { sweepConsoleSessions } from './console/service.ts'
import type { Deps } from './deps.ts'
import type { OrgId } from './kernel/id.ts'
import { DAY, later } from './kernel/instant.ts'
import { sweepMails } from './mail/delivery.ts'
import { sweepGrants, sweepTokens } from './oauth/tokens/sweep.ts'
import { allOrgIds } from './orgs/service.ts'
import { sweepRefused } from './refused-requests/service.ts'
import { sweepSignIns } from './sign-in/engine-service.ts'
import { sweepOneTimeTokens } from './sign-in/session-token.ts'
import { sweepLog } from './system-log/service.ts'

const CHUNK = 500
/** The System Log's retention (spec of sign-in: 8.1). */
const LOG_DAYS = 90
const REFUSED_DAYS = 7

type Doors = Pick<Deps, 'db' | 'now' | 'random'>

/** Sweeps every org once. */
export async function sweep(deps: Doors): Promise<void> {
  for (const org of await allOrgIds(deps.db)) await sweepOrg(deps, org)
}

async function sweepOrg(deps: Doors, org: OrgId): Promise<void> {
  const tx = deps.db.for(org)
  const now = deps.now()
  await untilDone(() => deps.db.write(() => sweepTokens(tx, now, CHUNK)).then(({ more }) => more))
  await untilDone(() => deps.db.write(() => sweepConsoleSessions(tx, now, CHUNK)).then((gone) => gone === CHUNK))
  await untilDone(() => deps.db.write(() => sweepOneTimeTokens(tx, now, CHUNK)).then((gone) => gone === CHUNK))
  await untilDone(() => deps.db.write(() => sweepSignIns(tx, now, CHUNK)).then((gone) => gone === CHUNK))
  await untilDone(() =>
    deps.db.write(() => sweepLog(tx, later(now, -LOG_DAYS * DAY), CHUNK)).then((gone) => gone === CHUNK),
  )
  await untilDone(() =>
    deps.db.write(() => sweepRefused(tx, later(now, -REFUSED_DAYS * DAY), CHUNK)).then((gone) => gone === CHUNK),
  )
  await untilDone(() => sweepMails(deps, org, CHUNK))
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after
    after = await deps.db.write(() => sweepGrants(tx, now, from, CHUNK))
  }
}

async function untilDone(step: () => Promise<boolean>): Promise<void> {
  while (await step());
}
