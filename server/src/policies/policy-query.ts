// What the list of policies may be asked: a type always, and a status, a beginning of the name, an order and a page.
import { type Page, parsePage } from '#http/paging.ts'
import { invalid } from '#kernel/refusal.ts'
import { POLICY_STATUSES, POLICY_TYPES, type Policy, type PolicyType } from './policy.ts'

export interface PolicyQuery {
  readonly type: PolicyType
  readonly status: Policy['status'] | undefined
  /** A beginning of the name. */
  readonly q: string
  readonly sort: 'priority' | 'name'
  readonly withRules: boolean
  readonly page: Page
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
  return {
    type,
    status,
    q: query.get('q') ?? '',
    sort: query.get('sortBy') === 'name' ? 'name' : 'priority',
    withRules: query.get('expand') === 'rules',
    page: parsePage(query, PAGE),
  }
}
