import { Fieldset, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createRule, replaceRule } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import {
  type EnrollmentRuleValues,
  enrollmentRuleToForm,
  enrollmentRuleToRequest,
  newEnrollmentRule,
} from './enrollment-values.ts'
import { promptWords } from './enrollment-words.ts'
import { PeopleFields } from './people-fields.tsx'
import type { RuleFormProps } from './policy-kind.ts'
import { Preview } from './preview.tsx'
import { PEOPLE_FIELDS, peopleProblem } from './rule-people.ts'
import { useWho } from './use-who.ts'

export function EnrollmentRuleForm({ policy, rule, onDone }: RuleFormProps) {
  const form = useForm<EnrollmentRuleValues>({
    initialValues: rule ? enrollmentRuleToForm(rule) : newEnrollmentRule(),
    validate: { name: blankProblem, users: (_, values) => peopleProblem(values) },
  })
  const values = form.getValues()
  const who = useWho(policy, values)

  async function save(sent: EnrollmentRuleValues): Promise<void> {
    const body = enrollmentRuleToRequest(sent, rule)
    await (rule ? replaceRule(policy.id, rule.id, body) : createRule(policy.id, body))
    notifyDone(`The rule ${body.name} is saved.`)
    onDone()
  }

  return (
    <ApiForm
      form={form}
      fieldOf={PEOPLE_FIELDS}
      submit={rule ? 'Save' : 'Create rule'}
      onCancel={onDone}
      onSubmit={save}
    >
      <Stack gap="md">
        <TextInput label="Rule name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
        {!rule?.system && <PeopleFields form={form} />}
        <Fieldset legend="THEN they are asked to set up what is required">
          <Radio.Group aria-label="They are asked to set up what is required" {...form.getInputProps('prompt')}>
            <Stack gap="xs">
              <Radio value="LOGIN" label="At the next sign-in" />
              <Radio value="CHALLENGE" label="When a second factor is asked for the first time" />
              <Radio
                value="NEVER"
                label="Never at a sign-in"
                description="Whoever has no second factor when one is asked for can't come in."
              />
            </Stack>
          </Radio.Group>
        </Fieldset>
        <Preview>{promptWords(who, values.prompt)}</Preview>
      </Stack>
    </ApiForm>
  )
}
