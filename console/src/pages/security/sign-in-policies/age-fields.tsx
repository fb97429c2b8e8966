import { Fieldset, SimpleGrid } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { CountInput } from './count-input.tsx'
import { MinutesInput } from './minutes-input.tsx'
import type { PasswordValues } from './password-values.ts'

/** How old a password may become, and how soon an old one may come back. */
export function AgeFields({ form }: { readonly form: UseFormReturnType<PasswordValues> }) {
  return (
    <Fieldset legend="How long it lasts">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <CountInput label="Expires after, in days" description="0: never." {...form.getInputProps('maxAgeDays')} />
        {Number(form.getValues().maxAgeDays) > 0 && (
          <CountInput
            label="Warns before, in days"
            description="0: no warning at sign-in."
            {...form.getInputProps('expireWarnDays')}
          />
        )}
        <CountInput
          label="Former ones refused"
          description="0: an old one may be taken again."
          {...form.getInputProps('historyCount')}
        />
        <MinutesInput label="Can be changed again after" zero="At once" {...form.getInputProps('minAgeMinutes')} />
      </SimpleGrid>
    </Fieldset>
  )
}
