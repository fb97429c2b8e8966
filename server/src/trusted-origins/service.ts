// The use cases of trusted origins.
import type { OrgDb } from '#db/org-db.ts'
import { refuseConflict } from '#db/refuse-conflict.ts'
import type { Unit } from '#db/unit.ts'
import { loadFeatures } from '#features/service.ts'
import type { Caller } from '#kernel/caller.ts'
import { newId } from '#kernel/id.ts'
import { notFound, type Refusal, taken } from '#kernel/refusal.ts'
import { authorOf, changeConfig } from '#orgs/service.ts'
import { logChange } from '#system-log/service.ts'
import type { Deps } from '../deps.ts'
import type { OriginTest } from './origin-query.ts'
import {
  deleteTrustedOriginRow,
  findTrustedOrigin,
  findTrustedOrigins,
  insertTrustedOrigin,
  replaceTrustedOriginRow,
  type Stamp,
  setStatus,
} from './store.ts'
import { checkDraft, checkFeatures, type TrustedOrigin, type TrustedOriginDraft } from './trusted-origin.ts'

/** Every trusted origin of the org, for the snapshot. */
export function* loadTrustedOrigins(tx: OrgDb): Unit<readonly TrustedOrigin[]> {
  return yield* findTrustedOrigins(tx)
}

export async function listTrustedOrigins(
  deps: Deps,
  caller: Caller,
  passes: OriginTest,
): Promise<readonly TrustedOrigin[]> {
  const origins = await deps.db.scan(findTrustedOrigins(deps.db.for(caller.org)))
  return origins.filter(passes)
}

/** @throws {Refusal} not_found */
export async function getTrustedOrigin(deps: Deps, caller: Caller, id: string): Promise<TrustedOrigin> {
  const origin = await deps.db.read(findTrustedOrigin(deps.db.for(caller.org), clean(id)))
  if (!origin) throw unknown(id)
  return origin
}

/** @throws {Refusal} validation_failed, also for a name or an origin that the org has already */
export async function createTrustedOrigin(
  deps: Deps,
  caller: Caller,
  draft: TrustedOriginDraft,
): Promise<TrustedOrigin> {
  const keys = checkDraft(draft)
  const { by, at } = stamp(deps, caller)
  const origin: TrustedOrigin = {
    ...draft,
    id: newId('trustedOrigin', at, deps.random),
    status: 'ACTIVE',
    created: at,
    createdBy: by,
    lastUpdated: at,
    lastUpdatedBy: by,
  }
  await change(deps, caller, 'create', function* (tx) {
    checkFeatures(draft, yield* loadFeatures(tx))
    yield* insertTrustedOrigin(tx, origin, keys)
    return origin
  })
  return origin
}

/** @throws {Refusal} not_found, validation_failed */
export async function replaceTrustedOrigin(
  deps: Deps,
  caller: Caller,
  id: string,
  draft: TrustedOriginDraft,
): Promise<TrustedOrigin> {
  const keys = checkDraft(draft)
  const mark = stamp(deps, caller)
  return known(
    id,
    await change(deps, caller, 'update', function* (tx) {
      const replaced = yield* replaceTrustedOriginRow(tx, clean(id), draft, keys, mark)
      if (replaced) checkFeatures(draft, yield* loadFeatures(tx))
      return replaced
    }),
  )
}

/** @throws {Refusal} not_found */
export async function setTrustedOriginStatus(
  deps: Deps,
  caller: Caller,
  id: string,
  status: TrustedOrigin['status'],
): Promise<TrustedOrigin> {
  const mark = stamp(deps, caller)
  const action = status === 'ACTIVE' ? 'activate' : 'deactivate'
  return known(id, await change(deps, caller, action, (tx) => setStatus(tx, clean(id), status, mark)))
}

/** @throws {Refusal} not_found */
export async function deleteTrustedOrigin(deps: Deps, caller: Caller, id: string): Promise<void> {
  known(id, await change(deps, caller, 'delete', (tx) => deleteTrustedOriginRow(tx, clean(id))))
}

type Action = 'create' | 'update' | 'activate' | 'deactivate' | 'delete'

/** Changes the snapshot's part, with its event; undefined where there is no such origin. */
function change(
  deps: Deps,
  caller: Caller,
  action: Action,
  make: (tx: OrgDb) => Unit<TrustedOrigin | undefined>,
): Promise<TrustedOrigin | undefined> {
  const changed = changeConfig(deps, caller, function* (tx) {
    const origin = yield* make(tx)
    if (!origin) return undefined
    const target = { id: origin.id, type: 'TrustedOrigin', alternateId: origin.origin, displayName: origin.name }
    yield* logChange(tx, deps, caller, { eventType: `security.trusted_origin.${action}`, targets: [target] })
    return origin
  })
  return refuseConflict(changed, (columns) => taken(columns.includes('origin_key') ? 'origin' : 'name'))
}

const stamp = (deps: Deps, caller: Caller): Stamp => ({ by: authorOf(caller), at: deps.now() })

// PostgreSQL refuses text with U+0000 in it, and no id has one.
const clean = (id: string): string => id.replaceAll('\0', '')

const unknown = (id: string): Refusal => notFound(id, 'TrustedOrigin')

function known(id: string, origin: TrustedOrigin | undefined): TrustedOrigin {
  if (!origin) throw unknown(id)
  return origin
}
