// The org's policies and their rules: keys, queries and changes.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type BodyOf, call, callAll } from './client.ts'
import { queryClient } from './query-client.ts'
import type { Policy, PolicyRule } from './types.ts'

export type PolicyBody = BodyOf<'POST /api/v1/policies'>
export type RuleBody = BodyOf<'POST /api/v1/policies/{policyId}/rules'>
type Status = Policy['status']

const POLICIES = ['policies'] as const
const PAGE_SIZE = 200

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: [...POLICIES, policyId],
    queryFn: ({ signal }) => call('GET /api/v1/policies/{policyId}', { params: { policyId }, signal }),
  })

/** Those of a type by priority, with their rules. */
export const usePolicies = (type: Policy['type']) =>
  useQuery({
    queryKey: [...POLICIES, 'list', type],
    queryFn: ({ signal }) =>
      callAll('GET /api/v1/policies', { query: { type, expand: 'rules', limit: PAGE_SIZE }, signal }),
  })

const refresh = () => queryClient.invalidateQueries({ queryKey: POLICIES })

export async function createPolicy(body: PolicyBody): Promise<void> {
  await call('POST /api/v1/policies', { body })
  await refresh()
}

export async function replacePolicy(policyId: string, body: PolicyBody): Promise<void> {
  await call('PUT /api/v1/policies/{policyId}', { params: { policyId }, body })
  await refresh()
}

const LIFECYCLE = 'POST /api/v1/policies/{policyId}/lifecycle'

export async function setPolicyStatus(policyId: string, status: Status): Promise<void> {
  const params = { policyId }
  if (status === 'ACTIVE') await call(`${LIFECYCLE}/activate`, { params })
  else await call(`${LIFECYCLE}/deactivate`, { params })
  await refresh()
}

export async function deletePolicy(policyId: string): Promise<void> {
  await call('DELETE /api/v1/policies/{policyId}', { params: { policyId } })
  await refresh()
}

export async function createRule(policyId: string, body: RuleBody): Promise<void> {
  await call('POST /api/v1/policies/{policyId}/rules', { params: { policyId }, body })
  await refresh()
}

export async function replaceRule(policyId: string, ruleId: string, body: RuleBody): Promise<void> {
  await call('PUT /api/v1/policies/{policyId}/rules/{ruleId}', { params: { policyId, ruleId }, body })
  await refresh()
}

const RULE_LIFECYCLE = 'POST /api/v1/policies/{policyId}/rules/{ruleId}/lifecycle'

export async function setRuleStatus(policyId: string, ruleId: string, status: PolicyRule['status']): Promise<void> {
  const params = { policyId, ruleId }
  if (status === 'ACTIVE') await call(`${RULE_LIFECYCLE}/activate`, { params })
  else await call(`${RULE_LIFECYCLE}/deactivate`, { params })
  await refresh()
}

export async function deleteRule(policyId: string, ruleId: string): Promise<void> {
  await call('DELETE /api/v1/policies/{policyId}/rules/{ruleId}', { params: { policyId, ruleId } })
  await refresh()
}
