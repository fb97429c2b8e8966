import { Checkbox, Fieldset, Radio, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { MinutesInput } from './minutes-input.tsx'
import type { SignOnValues } from './sign-on-values.ts'

/** How long somebody stays signed in to the org. */
export function SessionFields({ form }: { readonly form: UseFormReturnType<SignOnValues> }) {
  const { hasLifetime } = form.getValues()
  return (
    <Fieldset legend="AND the session lasts">
      <Stack gap="sm">
        <MinutesInput label="Ends when unused for" {...form.getInputProps('idleMinutes')} />
        <Radio.Group
          label="Ends at the latest"
          value={hasLifetime ? 'limited' : 'unlimited'}
          onChange={(value) => form.setFieldValue('hasLifetime', value === 'limited')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="unlimited" label="Without a limit, as long as it is used" />
            <Radio value="limited" label="After a time, used or not" />
          </Stack>
        </Radio.Group>
        {hasLifetime && <MinutesInput label="Longest session" {...form.getInputProps('lifetimeMinutes')} />}
        <Checkbox
          label="The cookie outlives the browser"
          description="Whoever closes the browser and comes back within these times is still signed in."
          {...form.getInputProps('persistent', { type: 'checkbox' })}
        />
      </Stack>
    </Fieldset>
  )
}
