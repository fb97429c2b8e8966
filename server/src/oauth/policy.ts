// Which rule of a custom server's policies lets this client have these scopes by this grant for this person (spec: 6.4). Pure. Nothing
// matches by default: a server without policies issues nothing, not even for `openid`.
import type { AccessPolicy, AccessRule, AuthorizationServer } from '#authorization-servers/authorization-server.ts'

/** Always allowed by a rule that matches otherwise. */
export const OPENID_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'device_sso',
]

/** Names the built-in group, which everybody is in. */
const EVERYONE = 'EVERYONE'

export interface PolicyQuestion {
  readonly clientId: string
  readonly grantType: string
  readonly scopes: readonly string[]
  /** Absent for client credentials: people do not count there. */
  readonly person?: { readonly userId: string; readonly groups: readonly string[] }
}

/** What the rule that matched allows; minutes, 0 is unlimited. */
export type Lifetimes = Pick<AccessRule, 'accessTokenMinutes' | 'refreshTokenMinutes' | 'refreshTokenWindowMinutes'>

/** The org's own server has no policies: an hour, and 90 days for refresh tokens. */
export const ORG_LIFETIMES: Lifetimes = {
  accessTokenMinutes: 60,
  refreshTokenMinutes: 90 * 24 * 60,
  refreshTokenWindowMinutes: 90 * 24 * 60,
}

export const findRule = (server: AuthorizationServer, question: PolicyQuestion): AccessRule | undefined =>
  findMatch(server, question)?.rule

/** The first rule that matches, with its policy. */
export function findMatch(
  server: AuthorizationServer,
  question: PolicyQuestion,
): { readonly policy: AccessPolicy; readonly rule: AccessRule } | undefined {
  for (const policy of server.policies) {
    if (!appliesTo(policy, question.clientId)) continue
    const rule = policy.rules.find((candidate) => candidate.status === 'ACTIVE' && matches(candidate, question))
    if (rule) return { policy, rule }
  }
  return undefined
}

const appliesTo = (policy: AccessPolicy, clientId: string): boolean =>
  policy.status === 'ACTIVE' && (policy.clients.includes('ALL_CLIENTS') || policy.clients.includes(clientId))

function matches(rule: AccessRule, { grantType, scopes, person }: PolicyQuestion): boolean {
  if (!rule.grantTypes.includes(grantType)) return false
  if (person && !concerns(rule, person)) return false
  if (rule.scopes.includes('*')) return true
  return scopes.every((scope) => OPENID_SCOPES.includes(scope) || rule.scopes.includes(scope))
}

function concerns({ users, groups }: AccessRule, person: NonNullable<PolicyQuestion['person']>): boolean {
  const isIn = (list: readonly string[]) => list.some((group) => group === EVERYONE || person.groups.includes(group))
  if (users.exclude.includes(person.userId) || isIn(groups.exclude)) return false
  return users.include.includes(person.userId) || isIn(groups.include)
}
