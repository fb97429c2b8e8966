import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { deleteRule, replaceRule, setRuleStatus } from '../../../api/policies.ts'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { LifecycleMenu } from '../../../ui/lifecycle-menu.tsx'
import { MoveButtons } from '../../../ui/move-buttons.tsx'
import { notifyDone, notifyFailed } from '../../../ui/notify.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { listed } from '../../../ui/use-pages.ts'
import type { PolicyKind } from './policy-kind.ts'
import { RuleCell } from './rule-cell.tsx'
import { ruleAsItIs } from './rule-people.ts'

interface RuleListProps {
  readonly kind: PolicyKind
  readonly policy: Policy
  readonly mayManage: boolean
}

/** The rules of a policy by priority, each with what it means for a person. */
export function RuleList({ kind, policy, mayManage }: RuleListProps) {
  const rules = policy._embedded?.rules ?? []
  const [open, setOpen] = useState<PolicyRule | 'new'>()
  const close = () => setOpen(undefined)
  const free = rules.filter(({ system }) => !system)

  const place = (rule: PolicyRule, priority: number) =>
    replaceRule(policy.id, rule.id, { ...ruleAsItIs(rule), priority })
  async function move(rule: PolicyRule, by: -1 | 1): Promise<void> {
    await place(rule, rule.priority + by)
    notifyDone(`${rule.name} is number ${rule.priority + by} now.`, () => place(rule, rule.priority))
  }

  const columns: readonly Column<PolicyRule>[] = [
    {
      key: 'name',
      header: 'Rule',
      cell: (rule) => <RuleCell kind={kind} policy={policy} rule={rule} />,
    },
    {
      key: 'status',
      header: 'Status',
      width: 110,
      visibleFrom: 'xs',
      cell: ({ status }) => <StatusBadge status={status} />,
    },
  ]
  const actions: Column<PolicyRule> = {
    key: 'actions',
    width: 110,
    align: 'right',
    cell: (rule) => (
      <Group gap={0} wrap="nowrap" justify="flex-end">
        {!rule.system && free.length > 1 && (
          <MoveButtons
            of={rule.name}
            isFirst={rule.id === free[0]?.id}
            isLast={rule.id === free.at(-1)?.id}
            onMove={(by) => void move(rule, by).catch(notifyFailed)}
          />
        )}
        <LifecycleMenu
          of={rule.name}
          kind="rule"
          status={rule.status}
          onEdit={() => setOpen(rule)}
          {...(!rule.system && {
            setStatus: (status) => setRuleStatus(policy.id, rule.id, status),
            remove: () => deleteRule(policy.id, rule.id),
            whatIsLost: 'Whoever it caught is caught by the next rule that fits, or by the next policy.',
          })}
        />
      </Group>
    ),
  }

  return (
    <Stack gap="xs">
      <DataTable
        label={`Rules of ${policy.name}`}
        columns={mayManage ? [...columns, actions] : columns}
        pages={listed(rules)}
        rowKey={({ id }) => id}
        empty={
          <Text size="sm" c="dimmed">
            No rules yet: this policy is passed over until it has an active one.
          </Text>
        }
      />
      {mayManage && (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} />}
            aria-label={`Add rule to ${policy.name}`}
            onClick={() => setOpen('new')}
          >
            Add rule
          </Button>
        </Group>
      )}
      <FormDialog
        opened={open !== undefined}
        title={open === 'new' ? `Add rule to ${policy.name}` : 'Edit rule'}
        size={640}
        onClose={close}
      >
        <kind.RuleForm policy={policy} rule={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}
