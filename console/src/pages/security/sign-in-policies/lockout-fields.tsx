import { Checkbox, Fieldset, SimpleGrid, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { CountInput } from './count-input.tsx'
import { MinutesInput } from './minutes-input.tsx'
import type { PasswordValues } from './password-values.ts'

/** What wrong passwords lead to. */
export function LockoutFields({ form }: { readonly form: UseFormReturnType<PasswordValues> }) {
  const isOn = Number(form.getValues().maxAttempts) > 0
  return (
    <Fieldset legend="Lockout">
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <CountInput
            label="Wrong passwords in a row"
            description="0: nobody is locked out."
            {...form.getInputProps('maxAttempts')}
          />
          {isOn && (
            <MinutesInput
              label="Unlocks by itself after"
              zero="Never: an administrator does it"
              {...form.getInputProps('autoUnlockMinutes')}
            />
          )}
        </SimpleGrid>
        {isOn && (
          <>
            <Checkbox
              label="Show lockout failures"
              description="Says on the page that the account is locked. Whoever tries names learns by it that there is such an account."
              {...form.getInputProps('showLockoutFailures', { type: 'checkbox' })}
            />
            <Checkbox label="Tell the person by e-mail" {...form.getInputProps('mailLockouts', { type: 'checkbox' })} />
          </>
        )}
      </Stack>
    </Fieldset>
  )
}
