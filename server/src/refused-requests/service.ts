// The use cases of refused requests: what the engine and the edge turn away is counted in memory and written a moment later; a reader
// gets it explained on the configuration of now.
import { findAssignment } from '#apps/service.ts'
import { consoleUrlOf } from '#console/console-url.ts'
import type { Db } from '#db/db.ts'
import { delayedWrite } from '#db/delayed-write.ts'
import type { OrgDb } from '#db/org-db.ts'
import { StoreUnavailable, type Unit } from '#db/unit.ts'
import { type Caller, personOf } from '#kernel/caller.ts'
import { DAY, type Instant, later } from '#kernel/instant.ts'
import { permits } from '#kernel/permission.ts'
import { notFound } from '#kernel/refusal.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { logChange } from '#system-log/service.ts'
import { findUser } from '#users/service.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Deps } from '../deps.ts'
import { type Explanation, explain, type PersonNow } from './explain.ts'
import { type Hint, hintOf } from './hint.ts'
import { hintPace } from './hint-pace.ts'
import { pendingRefusals, type RefusedByOrg } from './pending-refusals.ts'
import type { Position, RefusedQuery } from './refused-query.ts'
import {
  keptRequest,
  type Reason,
  type RefusedFact,
  type RefusedRequest,
  type RefusedRequestSink,
} from './refused-request.ts'
import { countRefused, countRefusedSince, deleteOldRefused, deleteRefused, selectRefused } from './store.ts'

type Hinting = Pick<Deps, 'db' | 'config'> & {
  readonly settings: Pick<Deps['settings'], 'development' | 'url' | 'adminUrl'>
}
type SinkDoors = Hinting & Pick<Deps, 'now' | 'log'>

/** In development each kind of refusal is also explained in the operator's log. */
export function refusedRequestSink(deps: SinkDoors): RefusedRequestSink {
  const pending = pendingRefusals()
  const pace = hintPace()

  async function writePending(): Promise<void> {
    const { refused, lost } = pending.drain()
    if (lost > 0) deps.log.warn({ lost }, 'refused requests were not kept: too many came at once')
    if (refused.size === 0) return
    try {
      await deps.db.write(() => countAll(deps.db, refused), { isolation: 'readCommitted' })
    } catch (error) {
      if (error instanceof StoreUnavailable) pending.putBack(refused)
      throw error
    }
    if (deps.settings.development) await tellOperator(refused)
  }

  async function tellOperator(all: RefusedByOrg): Promise<void> {
    for (const [org, list] of all) {
      const config = await deps.config.get(org)
      const { told, passedOver } = pace.pick(list, deps.now())
      for (const { request, explanation } of await explainAll(deps, config, told)) {
        const { reason, endpoint, count } = request
        const { sentence, fix } = hintOf(explanation, consoleUrlOf(deps.settings, config.org.url))
        const others = passedOver > 0 && request === told[0] ? { passedOver } : {}
        deps.log.warn({ reason, endpoint, count, fix, ...others }, sentence)
      }
    }
  }

  const { schedule, flush } = delayedWrite({
    write: writePending,
    isEmpty: () => pending.isEmpty,
    onError: (error) => deps.log.error({ err: error }, 'refused requests could not be written'),
  })
  return {
    record(caller, endpoint, fact) {
      pending.add(caller, endpoint, fact, deps.now())
      schedule()
    },
    flush,
  }
}

function* countAll(db: Db, refused: RefusedByOrg): Unit<void> {
  for (const [org, list] of refused) yield* countRefused(db.for(org), list)
}

/**
 * What a developer on their own machine is told beside a refusal, and nobody anywhere else: there the sentence would show strangers what
 * is registered.
 */
export async function hintFor(
  deps: Hinting & Pick<Deps, 'now'>,
  caller: Caller,
  endpoint: string,
  fact: RefusedFact,
): Promise<Hint | undefined> {
  if (!deps.settings.development) return undefined
  const config = await deps.config.get(caller.org)
  const [told] = await explainAll(deps, config, [keptRequest(caller, endpoint, fact, deps.now())])
  return told && hintOf(told.explanation, consoleUrlOf(deps.settings, config.org.url))
}

export interface ExplainedRequest {
  readonly request: RefusedRequest
  readonly explanation: Explanation
}

export interface RefusedPage {
  readonly items: readonly ExplainedRequest[]
  readonly next: Position | undefined
}

/**
 * What was refused, with the reason; what waits in memory is written first, so that a reader finds what they have just caused. Who may
 * not read apps, or trusted origins where it is about one, is shown neither what is registered nor the fix that would tell it.
 */
export async function listRefused(deps: Deps, caller: Caller, query: RefusedQuery): Promise<RefusedPage> {
  await deps.refusedRequests.flush()
  // A fix is computed on what other nodes may have mended meanwhile.
  const config = await deps.config.fresh(caller.org)
  const clientId = query.appId === undefined ? undefined : config.appsById.get(query.appId)?.clientId
  if (query.appId !== undefined && clientId === undefined) return { items: [], next: undefined }
  const rows = await deps.db.scan(selectRefused(deps.db.for(caller.org), query, clientId))
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const explained = await explainAll(deps, config, shown)
  return {
    items: explained.map((one) => withoutHidden(caller, one)),
    next: rows.length > query.limit && last ? { lastSeen: last.lastSeen, id: last.id } : undefined,
  }
}

async function explainAll(
  deps: Pick<Deps, 'db'>,
  config: OrgConfig,
  requests: readonly RefusedRequest[],
): Promise<readonly ExplainedRequest[]> {
  const people = await deps.db.scan(peopleNow(deps.db.for(config.org.id), config, requests))
  return requests.map((request, at) => ({ request, explanation: explain(request, { config, person: people[at] }) }))
}

function* peopleNow(
  tx: OrgDb,
  { appsByClientId }: OrgConfig,
  requests: readonly RefusedRequest[],
): Unit<readonly (PersonNow | undefined)[]> {
  const people: (PersonNow | undefined)[] = []
  for (const { person, clientId } of requests) {
    const app = appsByClientId.get(clientId ?? '')
    people.push(person && app ? yield* personNow(tx, app.id, person.id) : undefined)
  }
  return people
}

function* personNow(tx: OrgDb, appId: string, userId: string): Unit<PersonNow> {
  const user = yield* findUser(tx, userId)
  if (!user || !keepsAccess(user.status)) return 'gone'
  return (yield* findAssignment(tx, appId, userId)) ? 'assigned' : 'not-assigned'
}

function withoutHidden(caller: Caller, { request, explanation }: ExplainedRequest): ExplainedRequest {
  const roles = personOf(caller)?.roles ?? []
  const isAboutOrigins = ABOUT_ORIGINS_ALONE.has(request.reason)
  const showsOrigins = isAboutOrigins || request.reason === 'origin-not-registered'
  const seesApps = isAboutOrigins || permits(roles, 'okta.apps.read')
  if (seesApps && (!showsOrigins || permits(roles, 'okta.trustedOrigins.read'))) return { request, explanation }
  const { app, resolved } = explanation
  return {
    request,
    explanation: { app, resolved, sentence: HIDDEN, registered: [], differences: [], fix: undefined },
  }
}

const ABOUT_ORIGINS_ALONE: ReadonlySet<Reason> = new Set([
  'origin-not-trusted',
  'redirect-not-trusted',
  'frame-not-trusted',
])

const HIDDEN = 'The request was refused; the reason stands in settings that your roles do not let you read.'

/** @throws {Refusal} not_found */
export async function dismissRefused(deps: Deps, caller: Caller, id: string): Promise<void> {
  await deps.refusedRequests.flush()
  const tx = deps.db.for(caller.org)
  const gone = await deps.db.write(function* () {
    const request = id.includes('\0') ? undefined : yield* deleteRefused(tx, id)
    if (request)
      yield* logChange(tx, deps, caller, {
        eventType: 'keystead.refused_request.dismiss',
        targets: [{ id, type: 'RefusedRequest', alternateId: request.reason, displayName: request.sent.value }],
      })
    return request
  })
  if (!gone) throw notFound(id, 'RefusedRequest')
}

/** Kinds of refused requests that were seen in the last day. */
export async function countRefusedOfDay(deps: Deps, caller: Caller): Promise<number> {
  await deps.refusedRequests.flush()
  return deps.db.scan(countRefusedSince(deps.db.for(caller.org), later(deps.now(), -DAY)))
}

/** Housekeeping: one chunk of what was last seen before that time. @returns how many went */
export const sweepRefused = (tx: OrgDb, seenBefore: Instant, most: number): Unit<number> =>
  deleteOldRefused(tx, seenBefore, most)
