import { Checkbox, Fieldset, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createRule, replaceRule } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import {
  newPasswordRule,
  type PasswordRuleValues,
  passwordActionsOf,
  passwordRuleToForm,
  passwordRuleToRequest,
} from './password-rule-values.ts'
import { passwordRuleWords } from './password-words.ts'
import { PeopleFields } from './people-fields.tsx'
import type { RuleFormProps } from './policy-kind.ts'
import { Preview } from './preview.tsx'
import { PEOPLE_FIELDS, peopleProblem } from './rule-people.ts'
import { useWho } from './use-who.ts'

export function PasswordRuleForm({ policy, rule, onDone }: RuleFormProps) {
  const form = useForm<PasswordRuleValues>({
    initialValues: rule ? passwordRuleToForm(rule) : newPasswordRule(),
    validate: { name: blankProblem, users: (_, values) => peopleProblem(values) },
  })
  const values = form.getValues()
  const who = useWho(policy, values)
  const flag = (name: keyof PasswordRuleValues) => form.getInputProps(name, { type: 'checkbox' })

  async function save(sent: PasswordRuleValues): Promise<void> {
    const body = passwordRuleToRequest(sent, rule)
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
        <Fieldset legend="THEN they may by themselves">
          <Stack gap="sm">
            <Checkbox label="Change the password" description="Whoever knows the old one." {...flag('mayChange')} />
            <Checkbox
              label="Reset a forgotten password"
              description="By a link in an e-mail, where the policy has that on."
              {...flag('mayReset')}
            />
            {values.mayReset && (
              <Checkbox
                ml="lg"
                label="And answer the security question, too"
                description="Whoever has set none can't reset the password alone."
                {...flag('asksQuestion')}
              />
            )}
            <Checkbox label="Unlock the account" description="After too many wrong passwords." {...flag('mayUnlock')} />
          </Stack>
        </Fieldset>
        <Preview>{passwordRuleWords(who, { actions: passwordActionsOf(values, rule) })}</Preview>
      </Stack>
    </ApiForm>
  )
}
