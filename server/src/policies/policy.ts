// A policy and its rules: which conditions lead to which sign-in, password or enrolment. Policies of one type are tried by priority; a
// policy whose rules all fail is passed over. The system's default policy of a type is the last one and can't be deleted.
import type { Instant } from '#kernel/instant.ts'

export const POLICY_TYPES = [
  'OKTA_SIGN_ON',
  'PASSWORD',
  'MFA_ENROLL',
  'ACCESS_POLICY',
  'PROFILE_ENROLLMENT',
  'IDP_DISCOVERY',
] as const
export type PolicyType = (typeof POLICY_TYPES)[number]

/** Settings, conditions and actions are kept as Okta writes them: each type has its own, and most are for clients to read. */
export type Document = Readonly<Record<string, unknown>>

export interface Policy {
  readonly id: string
  readonly type: PolicyType
  readonly name: string
  readonly description: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly priority: number
  readonly system: boolean
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly conditions: Document | undefined
  readonly settings: Document | undefined
}

export interface PolicyRule {
  readonly id: string
  readonly policyId: string
  readonly policyType: PolicyType
  readonly name: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly priority: number
  readonly system: boolean
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly conditions: Document | undefined
  readonly actions: Document
}

/** How long a session lasts, as the global session policy says. */
export interface SessionRule {
  readonly idleMinutes: number
  /** 0 is without end. */
  readonly lifetimeMinutes: number
  /** The cookie outlives the browser. */
  readonly persistent: boolean
}

export const DEFAULT_SESSION_RULE: SessionRule = { idleMinutes: 120, lifetimeMinutes: 0, persistent: false }

/** What the rule of a global session policy says of sessions; the default stands for what it doesn't say. */
export function sessionRuleOf(actions: Document): SessionRule {
  const session = memberOf(memberOf(actions, 'signon'), 'session')
  const minutes = (name: string, otherwise: number): number => {
    const value = session[name]
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise
  }
  const idleMinutes = minutes('maxSessionIdleMinutes', DEFAULT_SESSION_RULE.idleMinutes)
  return {
    // A session that is idle at once would be none.
    idleMinutes: idleMinutes === 0 ? DEFAULT_SESSION_RULE.idleMinutes : idleMinutes,
    lifetimeMinutes: minutes('maxSessionLifetimeMinutes', DEFAULT_SESSION_RULE.lifetimeMinutes),
    persistent: session.usePersistentCookie === true,
  }
}

function memberOf(document: Document, name: string): Document {
  const value = document[name]
  return typeof value === 'object' && value !== null ? (value as Document) : {}
}
