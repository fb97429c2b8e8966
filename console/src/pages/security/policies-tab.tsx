import { Button, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { replacePolicy, usePolicies } from '../../api/access-policies.ts'
import { useMay } from '../../api/me.ts'
import type { AccessPolicy, AuthorizationServer } from '../../api/types.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { PolicyCard } from './policy-card.tsx'
import { PolicyForm } from './policy-form.tsx'
import { toForm, toRequest } from './policy-values.ts'

export function PoliciesTab({ server: { id: serverId } }: { readonly server: AuthorizationServer }) {
  const { data: policies, error, refetch } = usePolicies(serverId)
  const mayManage = useMay('okta.authorizationServers.manage')
  const [open, setOpen] = useState<AccessPolicy | 'new'>()
  const close = () => setOpen(undefined)
  if (!policies) return error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />

  async function move(policy: AccessPolicy, by: -1 | 1): Promise<void> {
    const priority = policy.priority + by
    await replacePolicy({ serverId, policyId: policy.id }, { ...toRequest(toForm(policy)), priority })
    notifyDone(`${policy.name} is number ${priority} now.`)
  }

  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
      Add New Access Policy
    </Button>
  )
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          The first active policy that names the app decides, by its first active rule that fits the grant, the person
          and the scopes. Where none fits, no token is issued.
        </Text>
        {add}
      </Group>
      {policies.length === 0 ? (
        <Empty title="No access policies: this server issues nothing" action={add}>
          A policy says for which apps its rules count; a rule says by which grants, for whom and with which scopes
          tokens are issued, and how long they live.
        </Empty>
      ) : (
        policies.map((policy, at) => (
          <PolicyCard
            key={policy.id}
            serverId={serverId}
            policy={policy}
            isFirst={at === 0}
            isLast={at === policies.length - 1}
            mayManage={mayManage}
            onEdit={() => setOpen(policy)}
            onMove={(by) => void move(policy, by).catch(notifyFailed)}
          />
        ))
      )}
      <FormDialog
        opened={open !== undefined}
        title={open === 'new' ? 'Add Access Policy' : 'Edit access policy'}
        onClose={close}
      >
        <PolicyForm serverId={serverId} policy={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}
