import { Fieldset, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createPolicy, replacePolicy } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import { DemandRow } from './demand-row.tsx'
import {
  ENROLLABLE,
  type EnrollmentValues,
  enrollmentToForm,
  enrollmentToRequest,
  newEnrollmentPolicy,
} from './enrollment-values.ts'
import { enrollmentWords } from './enrollment-words.ts'
import type { PolicyFormProps } from './policy-kind.ts'
import { PolicyNameFields } from './policy-name-fields.tsx'
import { groupsProblem } from './policy-values.ts'
import { Preview } from './preview.tsx'

export function EnrollmentPolicyForm({ policy, onDone }: PolicyFormProps) {
  const isSystem = policy?.system ?? false
  const form = useForm<EnrollmentValues>({
    initialValues: policy ? enrollmentToForm(policy) : newEnrollmentPolicy(),
    validate: { name: blankProblem, groups: (groups) => groupsProblem(groups, isSystem) },
  })

  async function save(values: EnrollmentValues): Promise<void> {
    const body = enrollmentToRequest(values, policy)
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
      <Stack gap="md">
        <PolicyNameFields form={form} isSystem={isSystem} />
        <Fieldset legend="Beside the password" p={{ base: 'xs', sm: 'md' }}>
          <Stack gap="md">
            {ENROLLABLE.map((one) => (
              <DemandRow key={one.key} label={one.label} about={one.about} {...form.getInputProps(one.field)} />
            ))}
            <Text size="xs" c="dimmed">
              What somebody has set up already stays theirs.
            </Text>
          </Stack>
        </Fieldset>
        <Preview>{enrollmentWords('Whoever this policy is for', form.getValues())}</Preview>
      </Stack>
    </ApiForm>
  )
}
