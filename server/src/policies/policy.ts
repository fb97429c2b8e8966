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

export const POLICY_STATUSES = ['ACTIVE', 'INACTIVE'] as const
export type PolicyStatus = (typeof POLICY_STATUSES)[number]

/** Settings, conditions and actions are kept as Okta writes them: each type has its own, and most are for clients to read. */
export type Document = Readonly<Record<string, unknown>>

export interface Policy {
  readonly id: string
  readonly type: PolicyType
  readonly name: string
  readonly description: string
  readonly status: PolicyStatus
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
  readonly status: PolicyStatus
  readonly priority: number
  readonly system: boolean
  readonly created: Instant
  readonly lastUpdated: Instant
  readonly conditions: Document | undefined
  readonly actions: Document
}

/** A policy with its rules, both by priority, as the org's configuration holds it. */
export interface OrgPolicy extends Policy {
  readonly rules: readonly PolicyRule[]
}

/** All policies of an org: those of a type by priority, the system's own last. */
export type Policies = ReadonlyMap<PolicyType, readonly OrgPolicy[]>

/** A member of a document that is a document itself; empty where there is none. */
export function memberOf(document: Document | undefined, name: string): Document {
  const value = document?.[name]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {}
}

/** A member that is a list of words; empty where there is none. */
export function wordsOf(document: Document | undefined, name: string): readonly string[] {
  const value = document?.[name]
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : []
}

/** A whole number that is not negative, or what stands for one that is missing. */
export function countOf(document: Document | undefined, name: string, otherwise: number): number {
  const value = document?.[name]
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise
}
