import { Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createPolicy, replacePolicy } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import type { PolicyFormProps } from './policy-kind.ts'
import { PolicyNameFields } from './policy-name-fields.tsx'
import { groupsProblem, newPolicy, type PolicyFormValues, toForm, toRequest } from './policy-values.ts'

export function SignOnPolicyForm({ policy, onDone }: PolicyFormProps) {
  const isSystem = policy?.system ?? false
  const form = useForm<PolicyFormValues>({
    initialValues: policy ? toForm(policy) : newPolicy(),
    validate: { name: blankProblem, groups: (groups) => groupsProblem(groups, isSystem) },
  })

  async function save(values: PolicyFormValues): Promise<void> {
    const body = toRequest(values, policy ?? { type: 'OKTA_SIGN_ON' })
    await (policy ? replacePolicy(policy.id, body) : createPolicy(body))
    notifyDone(policy ? `${body.name} is saved.` : `${body.name} is made. It counts once it has a rule.`)
    onDone()
  }

  return (
    <ApiForm
      form={form}
      fieldOf={{ people: 'groups', 'conditions.people.groups.include': 'groups' }}
      submit={policy ? 'Save' : 'Create policy'}
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="sm">
        <PolicyNameFields form={form} isSystem={isSystem} />
      </Stack>
    </ApiForm>
  )
}
