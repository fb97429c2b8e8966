// Refused requests that wait in memory for the next write, counted by what they have in common: a flood of one kind costs one row, a
// flood of many kinds as many as fit, and never more memory than that.
import { createHash } from 'node:crypto'
import type { Caller } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import type { Instant } from '#kernel/instant.ts'
import { KEPT_OF_ONE, keptRequest, type RefusedFact, type RefusedRequest } from './refused-request.ts'

const WAITING_MAX = 2_000
const ID_LENGTH = 17

export type RefusedByOrg = ReadonlyMap<OrgId, readonly RefusedRequest[]>

export interface PendingRefusals {
  /** Counts it with others like it, or notes that one was lost where there is no room. */
  add(caller: Caller, endpoint: string, fact: RefusedFact, now: Instant): void
  /** Empties the list. */
  drain(): { readonly refused: RefusedByOrg; readonly lost: number }
  /** Takes back what could not be written. */
  putBack(refused: RefusedByOrg): void
  readonly isEmpty: boolean
}

interface Waiting {
  readonly org: OrgId
  request: RefusedRequest
}

export function pendingRefusals(max = WAITING_MAX): PendingRefusals {
  let waiting = new Map<string, Waiting>()
  /** How many kinds wait, by org, app and reason. */
  let kinds = new Map<string, number>()
  let lost = 0

  function keep(key: string, org: OrgId, request: RefusedRequest): void {
    const known = waiting.get(key)
    const group = `${org} ${request.reason} ${request.clientId ?? ''}`
    const ofGroup = kinds.get(group) ?? 0
    if (known) known.request = together(known.request, request)
    // What the store would drop at once is not kept until then.
    else if (waiting.size >= max || ofGroup >= KEPT_OF_ONE) lost += request.count
    else {
      waiting.set(key, { org, request })
      kinds.set(group, ofGroup + 1)
    }
  }

  return {
    add(caller, endpoint, fact, now) {
      const request = keptRequest(caller, endpoint, fact, now)
      keep(keyOf(caller.org, request), caller.org, request)
    },
    drain() {
      const refused = Map.groupBy(
        [...waiting].map(([key, { org, request }]) => ({ org, request: { ...request, id: idOf(key) } })),
        ({ org }) => org,
      )
      const drained = {
        refused: new Map([...refused].map(([org, list]) => [org, list.map((one) => one.request)])),
        lost,
      }
      waiting = new Map()
      kinds = new Map()
      lost = 0
      return drained
    },
    putBack(refused) {
      for (const [org, list] of refused) for (const request of list) keep(keyOf(org, request), org, request)
    },
    get isEmpty() {
      return waiting.size === 0
    },
  }
}

/** What requests of one row have in common. */
const keyOf = (org: OrgId, request: Omit<RefusedRequest, 'id'>): string =>
  JSON.stringify([
    org,
    request.reason,
    request.clientId ?? '',
    request.endpoint,
    request.sent.name,
    request.sent.value,
    request.person?.id ?? '',
  ])

/** Follows from the key, so that nodes that know nothing of each other count into one row. */
const idOf = (key: string): string =>
  `rfr${createHash('sha256').update(key).digest('base64url').replaceAll(/[-_]/g, '').slice(0, ID_LENGTH)}`

/** One row of two that are alike. */
function together(a: RefusedRequest, b: RefusedRequest): RefusedRequest {
  const last = a.lastSeen > b.lastSeen ? a : b
  return { ...last, count: a.count + b.count, firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen }
}
