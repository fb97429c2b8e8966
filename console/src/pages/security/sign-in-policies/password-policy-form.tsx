import { Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createPolicy, replacePolicy } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import { AgeFields } from './age-fields.tsx'
import { ComplexityFields } from './complexity-fields.tsx'
import { LockoutFields } from './lockout-fields.tsx'
import { PASSWORD_PROBLEMS } from './password-problems.ts'
import { newPasswordPolicy, type PasswordValues, passwordToForm, passwordToRequest } from './password-values.ts'
import { passwordWords } from './password-words.ts'
import type { PolicyFormProps } from './policy-kind.ts'
import { PolicyNameFields } from './policy-name-fields.tsx'
import { groupsProblem } from './policy-values.ts'
import { Preview } from './preview.tsx'
import { RecoveryFields } from './recovery-fields.tsx'

const FIELDS = { people: 'groups', 'conditions.people.groups.include': 'groups' }

export function PasswordPolicyForm({ policy, onDone }: PolicyFormProps) {
  const isSystem = policy?.system ?? false
  const form = useForm<PasswordValues>({
    initialValues: policy ? passwordToForm(policy) : newPasswordPolicy(),
    validate: { ...PASSWORD_PROBLEMS, name: blankProblem, groups: (groups) => groupsProblem(groups, isSystem) },
  })

  async function save(values: PasswordValues): Promise<void> {
    const body = passwordToRequest(values, policy)
    await (policy ? replacePolicy(policy.id, body) : createPolicy(body))
    notifyDone(policy ? `${body.name} is saved.` : `${body.name} is made. It counts once it has a rule.`)
    onDone()
  }

  return (
    <ApiForm form={form} fieldOf={FIELDS} submit={policy ? 'Save' : 'Create policy'} onCancel={onDone} onSubmit={save}>
      <Stack gap="md">
        <PolicyNameFields form={form} isSystem={isSystem} />
        <ComplexityFields form={form} />
        <AgeFields form={form} />
        <LockoutFields form={form} />
        <RecoveryFields form={form} />
        <Preview>{passwordWords(form.getValues())}</Preview>
      </Stack>
    </ApiForm>
  )
}
