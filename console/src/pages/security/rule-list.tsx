import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { deleteRule, type PolicyPath, replaceRule, setRuleStatus, useRules } from '../../api/access-policies.ts'
import type { AccessRule } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'
import { MoveButtons } from '../../ui/move-buttons.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { grantLabel } from './grant-types.ts'
import { minutesInWords } from './minutes.ts'
import { RuleForm } from './rule-form.tsx'
import { RulePeople } from './rule-people.tsx'
import { toForm, toRequest } from './rule-values.ts'

interface RuleListProps {
  readonly path: PolicyPath
  readonly mayManage: boolean
}

export function RuleList({ path, mayManage }: RuleListProps) {
  const pages = wholeList(useRules(path))
  const [open, setOpen] = useState<AccessRule | 'new'>()
  const close = () => setOpen(undefined)

  async function move(rule: AccessRule, by: -1 | 1): Promise<void> {
    const priority = rule.priority + by
    await replaceRule(path, rule.id, { ...toRequest(toForm(rule)), priority })
    notifyDone(`${rule.name} is number ${priority} now.`)
  }

  const actions: Column<AccessRule> = {
    key: 'actions',
    width: 110,
    align: 'right',
    cell: (rule) => (
      <Group gap={0} wrap="nowrap" justify="flex-end">
        <MoveButtons
          of={rule.name}
          isFirst={rule.priority === 1}
          isLast={rule.priority === pages.rows.length}
          onMove={(by) => void move(rule, by).catch(notifyFailed)}
        />
        <LifecycleMenu
          of={rule.name}
          kind="rule"
          status={rule.status}
          onEdit={() => setOpen(rule)}
          setStatus={(status) => setRuleStatus(path, rule.id, status)}
          remove={() => deleteRule(path, rule.id)}
          whatIsLost="What this rule alone allows gets no more tokens."
        />
      </Group>
    ),
  }

  return (
    <Stack gap="xs">
      <DataTable
        label="Rules"
        columns={mayManage ? [...COLUMNS, actions] : COLUMNS}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          <Text size="sm" c="dimmed">
            No rules yet: this policy allows nothing, and the apps that it names get no token.
          </Text>
        }
      />
      {mayManage && (
        <Group>
          <Button variant="default" size="xs" leftSection={<Plus size={14} />} onClick={() => setOpen('new')}>
            Add rule
          </Button>
        </Group>
      )}
      <FormDialog
        opened={open !== undefined}
        title={open === 'new' ? 'Add Rule' : 'Edit rule'}
        size={680}
        onClose={close}
      >
        <RuleForm path={path} rule={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}

const COLUMNS: readonly Column<AccessRule>[] = [
  {
    key: 'name',
    header: 'Rule',
    cell: ({ priority, name, status }) => (
      <Text size="sm" {...(status === 'INACTIVE' ? { c: 'dimmed' } : {})}>
        {priority}. {name}
      </Text>
    ),
  },
  {
    key: 'grants',
    header: 'Grant types',
    visibleFrom: 'md',
    cell: ({ conditions }) => grantsInWords(conditions.grantTypes.include),
  },
  { key: 'people', header: 'People', width: 110, visibleFrom: 'md', cell: (rule) => <RulePeople rule={rule} /> },
  {
    key: 'scopes',
    header: 'Scopes',
    width: 150,
    visibleFrom: 'lg',
    cell: ({ conditions }) =>
      conditions.scopes.include.includes('*') ? 'Any' : conditions.scopes.include.join(', ') || 'OpenID Connect only',
  },
  {
    key: 'access',
    header: 'Access token',
    visibleFrom: 'sm',
    cell: ({ actions }) => minutesInWords(actions.token.accessTokenLifetimeMinutes),
  },
  { key: 'status', header: 'Status', width: 110, cell: ({ status }) => <StatusBadge status={status} /> },
]

const SHOWN_GRANTS = 3

function grantsInWords(grants: readonly string[]): string {
  const rest = grants.length - SHOWN_GRANTS
  const words = grants.slice(0, SHOWN_GRANTS).map(grantLabel).join(', ')
  return rest > 0 ? `${words} and ${rest} more` : words
}
