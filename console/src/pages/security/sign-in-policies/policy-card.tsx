import { Badge, Group, Stack, Text } from '@mantine/core'
import { deletePolicy, setPolicyStatus } from '../../../api/policies.ts'
import type { Policy } from '../../../api/types.ts'
import { LifecycleMenu } from '../../../ui/lifecycle-menu.tsx'
import { MoveButtons } from '../../../ui/move-buttons.tsx'
import { Section } from '../../../ui/section.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { NamesOf } from '../names-of.tsx'
import type { PolicyKind } from './policy-kind.ts'
import { groupsOf } from './policy-values.ts'
import { RuleList } from './rule-list.tsx'

interface PolicyCardProps {
  readonly kind: PolicyKind
  readonly policy: Policy
  /** Among those whose order can be changed. */
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly mayManage: boolean
  readonly onEdit: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** A policy with its rules. */
export function PolicyCard({ kind, policy, isFirst, isLast, mayManage, onEdit, onMove }: PolicyCardProps) {
  const { id, name, description, status, system } = policy
  const ownLife = {
    setStatus: (wished: Policy['status']) => setPolicyStatus(id, wished),
    remove: () => deletePolicy(id),
    whatIsLost: 'Its rules go with it. Whoever it caught is caught by the next policy that fits.',
  }
  return (
    <Section
      title={`${policy.priority}. ${name}`}
      description={
        <Stack gap={2}>
          {description && !system && <Text size="sm">{description}</Text>}
          <Text size="sm">{system ? 'For everybody whom no other policy catches' : <For policy={policy} />}</Text>
        </Stack>
      }
      actions={
        <Group gap={4} wrap="nowrap">
          {system ? (
            <Badge variant="default" tt="none" radius="sm">
              Default
            </Badge>
          ) : (
            <StatusBadge status={status} />
          )}
          {mayManage && !system && !(isFirst && isLast) && (
            <MoveButtons of={name} isFirst={isFirst} isLast={isLast} onMove={onMove} />
          )}
          {mayManage && (
            <LifecycleMenu of={name} kind="policy" status={status} onEdit={onEdit} {...(system ? {} : ownLife)} />
          )}
        </Group>
      }
    >
      {kind.about?.(policy)}
      <RuleList kind={kind} policy={policy} mayManage={mayManage} />
    </Section>
  )
}

function For({ policy }: { readonly policy: Policy }) {
  return (
    <>
      For members of <NamesOf kind="group" ids={groupsOf(policy)} />
    </>
  )
}
