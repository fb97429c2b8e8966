import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../../api/me.ts'
import { replacePolicy, usePolicies } from '../../../api/policies.ts'
import type { Policy } from '../../../api/types.ts'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { notifyDone, notifyFailed } from '../../../ui/notify.tsx'
import { Failed, Loading } from '../../../ui/states.tsx'
import { PolicyCard } from './policy-card.tsx'
import type { PolicyKind } from './policy-kind.ts'
import { toForm, toRequest } from './policy-values.ts'

/** The policies of one kind, in the order in which they are tried. */
export function PolicyList({ kind }: { readonly kind: PolicyKind }) {
  const { data: policies, error, refetch } = usePolicies(kind.type)
  const mayManage = useMay('okta.policies.manage')
  const [open, setOpen] = useState<Policy | 'new'>()
  const close = () => setOpen(undefined)
  if (!policies) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />
  const free = policies.filter(({ system }) => !system)

  const place = (policy: Policy, priority: number) =>
    replacePolicy(policy.id, { ...toRequest(toForm(policy), policy), priority })
  async function move(policy: Policy, by: -1 | 1): Promise<void> {
    await place(policy, policy.priority + by)
    notifyDone(`${policy.name} is number ${policy.priority + by} now.`, () => place(policy, policy.priority))
  }

  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          {kind.intro}
        </Text>
        {mayManage && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
            {kind.addLabel}
          </Button>
        )}
      </Group>
      {policies.map((policy) => (
        <PolicyCard
          key={policy.id}
          kind={kind}
          policy={policy}
          isFirst={policy.id === free[0]?.id}
          isLast={policy.id === free.at(-1)?.id}
          mayManage={mayManage}
          onEdit={() => setOpen(policy)}
          onMove={(by) => void move(policy, by).catch(notifyFailed)}
        />
      ))}
      <FormDialog
        opened={open !== undefined}
        title={open === 'new' ? kind.addLabel : 'Edit policy'}
        size={640}
        onClose={close}
      >
        <kind.PolicyForm policy={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}
