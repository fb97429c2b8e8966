import { Text } from '@mantine/core'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import type { PolicyKind } from './policy-kind.ts'
import { peopleToForm } from './rule-people.ts'
import { useWho } from './use-who.ts'

interface RuleCellProps {
  readonly kind: PolicyKind
  readonly policy: Policy
  readonly rule: PolicyRule
}

/** A rule's place and name, and below it what it means. */
export function RuleCell({ kind, policy, rule }: RuleCellProps) {
  const who = useWho(policy, peopleToForm(rule))
  return (
    <>
      <Text size="sm" fw={500} {...(rule.status === 'INACTIVE' ? { c: 'dimmed' } : {})}>
        {rule.priority}. {rule.name}
      </Text>
      <Text size="sm" c="dimmed">
        {kind.ruleWords(who, rule)}
      </Text>
    </>
  )
}
