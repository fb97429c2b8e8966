import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { replaceRule } from '../../../api/policies.ts'
import type { Policy, PolicyRule } from '../../../api/types.ts'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { notifyDone, notifyFailed } from '../../../ui/notify.tsx'
import type { PolicyKind } from './policy-kind.ts'
import { RuleItem } from './rule-item.tsx'
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

  return (
    <Stack gap="xs">
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          No rules yet: this policy is passed over until it has an active one.
        </Text>
      ) : (
        <Stack gap="sm" role="list" aria-label={`Rules of ${policy.name}`}>
          {rules.map((rule) => (
            <RuleItem
              key={rule.id}
              kind={kind}
              policy={policy}
              rule={rule}
              isFirst={rule.id === free[0]?.id}
              isLast={rule.id === free.at(-1)?.id}
              mayManage={mayManage}
              onEdit={() => setOpen(rule)}
              onMove={(by) => void move(rule, by).catch(notifyFailed)}
            />
          ))}
        </Stack>
      )}
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
