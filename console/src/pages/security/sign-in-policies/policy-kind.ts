// What differs between the pages of sign-in, password and enrolment policies.
import type { ComponentType, ReactNode } from 'react'
import type { Policy, PolicyRule } from '../../../api/types.ts'

export interface PolicyFormProps {
  /** Undefined for a new one. */
  readonly policy: Policy | undefined
  readonly onDone: () => void
}

export interface RuleFormProps {
  /** Whose rule it is. */
  readonly policy: Policy
  /** Undefined for a new one. */
  readonly rule: PolicyRule | undefined
  readonly onDone: () => void
}

export interface PolicyKind {
  readonly type: Policy['type']
  /** How a person is matched, above the list. */
  readonly intro: string
  /** "Add global session policy" */
  readonly addLabel: string
  readonly PolicyForm: ComponentType<PolicyFormProps>
  readonly RuleForm: ComponentType<RuleFormProps>
  /** What a policy says before its rules, where it says something. */
  readonly about?: (policy: Policy) => ReactNode
  /** @param who such as "Whoever is in Staff" */
  readonly ruleWords: (who: string, rule: PolicyRule) => string
}
