// What the list of policies may be asked: a type always, and a status, a beginning of the name, an order and a page. Pages follow policies
// and not numbers, which change with every policy that is moved or deleted.
import { parsePage } from '#http/paging.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { POLICY_STATUSES, POLICY_TYPES, type Policy, type PolicyType } from './policy.ts'

export interface PolicyQuery {
  readonly type: PolicyType
  readonly status: Policy['status'] | undefined
  /** A beginning of the name. */
  readonly q: string
  readonly sort: 'priority' | 'name'
  readonly withRules: boolean
  readonly limit: number
  /** Undefined for the first page. */
  readonly after: Position | undefined
}

/** Between two policies: the one that ended a page, and the one that was to begin the next, which had that index. */
export interface Position {
  readonly last: string
  readonly next: string
  readonly index: number
}

const PAGE = { normal: 100, max: 200 }

/** @throws {Refusal} validation_failed, invalid_paging */
export function parsePolicyQuery(query: URLSearchParams): PolicyQuery {
  const text = query.get('type') ?? ''
  if (text === '') throw invalid('type', 'type: The field cannot be left blank')
  const type = POLICY_TYPES.find((known) => known === text)
  if (type === undefined) throw invalid('type', `type: '${text}' is not a policy type`)
  const asked = query.get('status') ?? ''
  const status = POLICY_STATUSES.find((known) => known === asked)
  if (asked !== '' && status === undefined) throw invalid('status', `status: '${asked}' is not a status of a policy`)
  const { limit, after } = parsePage(query, PAGE)
  return {
    type,
    status,
    q: query.get('q') ?? '',
    sort: query.get('sortBy') === 'name' ? 'name' : 'priority',
    withRules: query.get('expand') === 'rules',
    limit,
    after: after === undefined ? undefined : parseCursor(after),
  }
}

function parseCursor(cursor: string): Position {
  const [, last, next, index] = /^(\w{1,100}):(\w{1,100}):(\d{1,6})$/.exec(cursor) ?? []
  if (last === undefined || next === undefined) throw new Refusal('invalid_paging')
  return { last, next, index: Number(index) }
}

export interface PolicyPage<T> {
  readonly rows: readonly T[]
  /** The cursor of the next page, where there is one. */
  readonly next: string | undefined
}

/** A page of a sorted list. It begins behind the policy that ended the one before it, wherever that stands by now. */
export function pageOf<T extends { readonly id: string }>(
  sorted: readonly T[],
  { after, limit }: Pick<PolicyQuery, 'after' | 'limit'>,
): PolicyPage<T> {
  const start = after === undefined ? 0 : startOf(sorted, after)
  const rows = sorted.slice(start, start + limit)
  const index = start + limit
  const [last, next] = [rows.at(-1), sorted[index]]
  return { rows, next: last && next && `${last.id}:${next.id}:${index}` }
}

function startOf(sorted: readonly { readonly id: string }[], { last, next, index }: Position): number {
  const behind = sorted.findIndex(({ id }) => id === last) + 1
  if (behind > 0) return behind
  const at = sorted.findIndex(({ id }) => id === next)
  // Both are gone: whatever stood behind them has moved up by the one that stood before that place.
  return at < 0 ? Math.max(0, index - 1) : at
}
