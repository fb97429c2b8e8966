import { Checkbox, Fieldset, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { CountInput } from './count-input.tsx'
import { MinutesInput } from './minutes-input.tsx'
import type { PasswordValues } from './password-values.ts'

/** With what a forgotten password is reset and an account unlocked, where the policy's rule allows it. */
export function RecoveryFields({ form }: { readonly form: UseFormReturnType<PasswordValues> }) {
  const { byEmail, byQuestion } = form.getValues()
  return (
    <Fieldset legend="Recovery">
      <Stack gap="sm">
        <Checkbox
          label="By e-mail"
          description="A link is mailed with which a new password is chosen."
          {...form.getInputProps('byEmail', { type: 'checkbox' })}
        />
        {byEmail && <MinutesInput label="The link is good for" {...form.getInputProps('tokenLifetimeMinutes')} />}
        <Checkbox
          label="By a security question"
          description="People may set one; a rule can ask for its answer beside the e-mail."
          {...form.getInputProps('byQuestion', { type: 'checkbox' })}
        />
        {byQuestion && (
          <CountInput label="Shortest answer, in characters" maw={280} {...form.getInputProps('answerMinLength')} />
        )}
      </Stack>
    </Fieldset>
  )
}
