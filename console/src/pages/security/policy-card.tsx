import { Group, Stack, Text } from '@mantine/core'
import { deletePolicy, setPolicyStatus } from '../../api/access-policies.ts'
import type { AccessPolicy } from '../../api/types.ts'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'
import { MoveButtons } from '../../ui/move-buttons.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { NamesOf } from './names-of.tsx'
import { clientsOf, isForAll } from './policy-values.ts'
import { RuleList } from './rule-list.tsx'

interface PolicyCardProps {
  readonly serverId: string
  readonly policy: AccessPolicy
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly mayManage: boolean
  readonly onEdit: () => void
  readonly onMove: (by: -1 | 1) => void
}

/** A policy with its rules. */
export function PolicyCard(props: PolicyCardProps) {
  const { serverId, policy, isFirst, isLast, mayManage, onEdit, onMove } = props
  const path = { serverId, policyId: policy.id }
  return (
    <Section
      title={policy.name}
      description={
        <Stack gap={2}>
          {policy.description && <Text size="sm">{policy.description}</Text>}
          <Text size="sm">Assigned to {isForAll(policy) ? 'all clients' : <Clients policy={policy} />}</Text>
        </Stack>
      }
      actions={
        <Group gap={4} wrap="nowrap">
          <StatusBadge status={policy.status} />
          {mayManage && (
            <>
              <MoveButtons of={policy.name} isFirst={isFirst} isLast={isLast} onMove={onMove} />
              <LifecycleMenu
                of={policy.name}
                kind="access policy"
                status={policy.status}
                onEdit={onEdit}
                setStatus={(status) => setPolicyStatus(path, status)}
                remove={() => deletePolicy(path)}
                whatIsLost="Its rules go with it. Apps that no other policy allows get no more tokens here."
              />
            </>
          )}
        </Group>
      }
    >
      <RuleList path={path} mayManage={mayManage} />
    </Section>
  )
}

function Clients({ policy }: { readonly policy: AccessPolicy }) {
  const ids = clientsOf(policy)
  return ids.length === 0 ? 'no client' : <NamesOf kind="client" ids={ids} />
}
