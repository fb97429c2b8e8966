import { Group, Paper, Text } from '@mantine/core'
import { deleteRule, setRuleStatus } from '../../../api/policies.ts'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import { LifecycleMenu } from '../../../ui/lifecycle-menu.tsx'
import { MoveButtons } from '../../../ui/move-buttons.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import type { PolicyKind } from './policy-kind.ts'
import { peopleToForm } from './rule-people.ts'
import { useWho } from './use-who.ts'

interface RuleItemProps {
  readonly kind: PolicyKind
  readonly policy: Policy
  readonly rule: PolicyRule
  /** Among those whose order can be changed. */
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly mayManage: boolean
  readonly onEdit: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** A rule's place and name, what can be done with it, and below it what it means. */
export function RuleItem({ kind, policy, rule, isFirst, isLast, mayManage, onEdit, onMove }: RuleItemProps) {
  const { id, name, priority, status, system } = rule
  const who = useWho(policy, peopleToForm(rule))
  const ownLife = {
    setStatus: (wished: PolicyRule['status']) => setRuleStatus(policy.id, id, wished),
    remove: () => deleteRule(policy.id, id),
    whatIsLost: 'Whoever it caught is caught by the next rule that fits, or by the next policy.',
  }
  return (
    <Paper role="listitem" bg="var(--mantine-color-default-hover)" px="sm" py={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {priority}. {name}
        </Text>
        <Group gap={4} wrap="nowrap" mih={28}>
          {system ? null : <StatusBadge status={status} />}
          {mayManage && !system && !(isFirst && isLast) && (
            <MoveButtons of={name} isFirst={isFirst} isLast={isLast} onMove={onMove} />
          )}
          {mayManage && (
            <LifecycleMenu of={name} kind="rule" status={status} onEdit={onEdit} {...(system ? {} : ownLife)} />
          )}
        </Group>
      </Group>
      <Text size="sm" c={status === 'INACTIVE' ? 'dimmed' : undefined}>
        {kind.ruleWords(who, rule)}
      </Text>
    </Paper>
  )
}
