import { Fieldset, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { createRule, replaceRule } from '../../../api/policies.ts'
import { ApiForm } from '../../../ui/api-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'
import { blankProblem } from '../blank.ts'
import { FIVE_YEARS_OF_MINUTES, numberProblem } from './numbers.ts'
import { PeopleFields } from './people-fields.tsx'
import type { RuleFormProps } from './policy-kind.ts'
import { Preview } from './preview.tsx'
import { PEOPLE_FIELDS, peopleProblem } from './rule-people.ts'
import { SecondFactorFields } from './second-factor-fields.tsx'
import { SessionFields } from './session-fields.tsx'
import { newSignOnRule, type SignOnValues, signOnOf, signOnToForm, signOnToRequest } from './sign-on-values.ts'
import { signOnWords } from './sign-on-words.ts'
import { useWho } from './use-who.ts'

const FIELDS = {
  ...PEOPLE_FIELDS,
  factorLifetime: 'factorMinutes',
  maxSessionIdleMinutes: 'idleMinutes',
  maxSessionLifetimeMinutes: 'lifetimeMinutes',
}

export function SignOnRuleForm({ policy, rule, onDone }: RuleFormProps) {
  const form = useForm<SignOnValues>({
    initialValues: rule ? signOnToForm(rule) : newSignOnRule(),
    validate: {
      name: blankProblem,
      users: (_, values) => peopleProblem(values),
      factorMinutes: (minutes, { access, secondFactor }) =>
        access === 'ALLOW' && secondFactor === 'SESSION' ? numberProblem(minutes, 0, FIVE_YEARS_OF_MINUTES) : undefined,
      idleMinutes: (minutes) => numberProblem(minutes, 1, FIVE_YEARS_OF_MINUTES),
      lifetimeMinutes: (minutes, { hasLifetime }) =>
        hasLifetime ? numberProblem(minutes, 1, FIVE_YEARS_OF_MINUTES) : undefined,
    },
  })
  const values = form.getValues()
  const who = useWho(policy, values)
  const mayEnter = values.access === 'ALLOW'

  async function save(sent: SignOnValues): Promise<void> {
    const body = signOnToRequest(sent, rule)
    await (rule ? replaceRule(policy.id, rule.id, body) : createRule(policy.id, body))
    notifyDone(`The rule ${body.name} is saved.`)
    onDone()
  }

  return (
    <ApiForm form={form} fieldOf={FIELDS} submit={rule ? 'Save' : 'Create rule'} onCancel={onDone} onSubmit={save}>
      <Stack gap="md">
        <TextInput label="Rule name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
        {!rule?.system && <PeopleFields form={form} />}
        <Fieldset legend="THEN access is">
          <Radio.Group aria-label="Access is" {...form.getInputProps('access')}>
            <Stack gap="xs">
              <Radio value="ALLOW" label="Allowed" />
              <Radio value="DENY" label="Denied" description="Nobody whom the rule catches can sign in, to any app." />
            </Stack>
          </Radio.Group>
        </Fieldset>
        {mayEnter && (
          <>
            <Fieldset legend="AND the session begins with">
              <Radio.Group aria-label="Establish the user session with" {...form.getInputProps('primaryFactor')}>
                <Stack gap="xs">
                  <Radio
                    value="PASSWORD_IDP"
                    label="A password"
                    description="Username and password on one page, as long as every rule says so."
                  />
                  <Radio
                    value="PASSWORD_IDP_ANY_FACTOR"
                    label="Any factor"
                    description="The page asks for the username first: everybody, as soon as one rule says so. The password is asked for on the next page."
                  />
                </Stack>
              </Radio.Group>
            </Fieldset>
            <SecondFactorFields form={form} />
            <SessionFields form={form} />
          </>
        )}
        <Preview>{signOnWords(who, signOnOf(values))}</Preview>
      </Stack>
    </ApiForm>
  )
}
