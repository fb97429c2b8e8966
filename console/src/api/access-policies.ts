// Access policies of an authorization server and their rules: keys, queries and changes.
import { useQuery } from '@tanstack/react-query'
import { type BodyOf, call } from './client.ts'
import { queryClient } from './query-client.ts'
import type { AccessPolicy } from './types.ts'

export type PolicyBody = BodyOf<'POST /api/v1/authorizationServers/{serverId}/policies'>
export type RuleBody = BodyOf<'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules'>
type Status = AccessPolicy['status']

/** The ids that lead to a policy. */
export interface PolicyPath {
  readonly serverId: string
  readonly policyId: string
}

const keyOf = (serverId: string) => ['access-policies', serverId] as const

/** By priority. */
export const usePolicies = (serverId: string) =>
  useQuery({
    queryKey: keyOf(serverId),
    queryFn: ({ signal }) =>
      call('GET /api/v1/authorizationServers/{serverId}/policies', { params: { serverId }, signal }),
  })

/** By priority. */
export const useRules = ({ serverId, policyId }: PolicyPath) =>
  useQuery({
    queryKey: [...keyOf(serverId), policyId, 'rules'],
    queryFn: ({ signal }) =>
      call('GET /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules', {
        params: { serverId, policyId },
        signal,
      }),
  })

const refresh = (serverId: string) => queryClient.invalidateQueries({ queryKey: keyOf(serverId) })

export async function createPolicy(serverId: string, body: PolicyBody): Promise<void> {
  await call('POST /api/v1/authorizationServers/{serverId}/policies', { params: { serverId }, body })
  await refresh(serverId)
}

export async function replacePolicy({ serverId, policyId }: PolicyPath, body: PolicyBody): Promise<void> {
  const params = { serverId, policyId }
  await call('PUT /api/v1/authorizationServers/{serverId}/policies/{policyId}', { params, body })
  await refresh(serverId)
}

export async function setPolicyStatus({ serverId, policyId }: PolicyPath, status: Status): Promise<void> {
  const params = { serverId, policyId }
  if (status === 'ACTIVE')
    await call('POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/lifecycle/activate', { params })
  else await call('POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/lifecycle/deactivate', { params })
  await refresh(serverId)
}

export async function deletePolicy({ serverId, policyId }: PolicyPath): Promise<void> {
  await call('DELETE /api/v1/authorizationServers/{serverId}/policies/{policyId}', { params: { serverId, policyId } })
  await refresh(serverId)
}

export async function createRule({ serverId, policyId }: PolicyPath, body: RuleBody): Promise<void> {
  const params = { serverId, policyId }
  await call('POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules', { params, body })
  await refresh(serverId)
}

export async function replaceRule({ serverId, policyId }: PolicyPath, ruleId: string, body: RuleBody): Promise<void> {
  const params = { serverId, policyId, ruleId }
  await call('PUT /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}', { params, body })
  await refresh(serverId)
}

const RULE_LIFECYCLE = 'POST /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}/lifecycle'

export async function setRuleStatus({ serverId, policyId }: PolicyPath, ruleId: string, status: Status): Promise<void> {
  const params = { serverId, policyId, ruleId }
  if (status === 'ACTIVE') await call(`${RULE_LIFECYCLE}/activate`, { params })
  else await call(`${RULE_LIFECYCLE}/deactivate`, { params })
  await refresh(serverId)
}

export async function deleteRule({ serverId, policyId }: PolicyPath, ruleId: string): Promise<void> {
  const params = { serverId, policyId, ruleId }
  await call('DELETE /api/v1/authorizationServers/{serverId}/policies/{policyId}/rules/{ruleId}', { params })
  await refresh(serverId)
}
