import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createPolicy, replacePolicy } from '../../api/access-policies.ts'
import type { AccessPolicy } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { BLANK, blankProblem } from './blank.ts'
import { NamePicker } from './name-picker.tsx'
import { newPolicy, type PolicyFormValues, toForm, toRequest } from './policy-values.ts'

interface PolicyFormProps {
  readonly serverId: string
  /** Undefined for a new one. */
  readonly policy: AccessPolicy | undefined
  readonly onDone: () => void
}

export function PolicyForm({ serverId, policy, onDone }: PolicyFormProps) {
  const form = useForm<PolicyFormValues>({
    initialValues: policy ? toForm(policy) : newPolicy(),
    validate: {
      name: blankProblem,
      clients: (clients, { assignedTo }) => (assignedTo === 'named' && clients.length === 0 ? BLANK : undefined),
    },
  })

  async function save(values: PolicyFormValues): Promise<void> {
    const body = toRequest(values)
    await (policy ? replacePolicy({ serverId, policyId: policy.id }, body) : createPolicy(serverId, body))
    notifyDone(policy ? `${body.name} is saved.` : `${body.name} is made. It allows something once it has a rule.`)
    onDone()
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ 'conditions.clients.include': 'clients' }}
      submit={policy ? 'Save' : 'Create Policy'}
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="sm">
        <TextInput label="Name" required maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={5}
          maxLength={255}
          {...form.getInputProps('description')}
        />
        <Radio.Group label="Assign to" {...form.getInputProps('assignedTo')}>
          <Stack gap="xs" mt="xs">
            <Radio value="all" label="All clients" />
            <Radio value="named" label="The following clients" />
          </Stack>
        </Radio.Group>
        {form.getValues().assignedTo === 'named' && (
          <NamePicker kind="client" label="Clients" required {...form.getInputProps('clients')} />
        )}
      </Stack>
    </ApiForm>
  )
}
