import { Checkbox, Fieldset, Radio, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { MinutesInput } from './minutes-input.tsx'
import type { SignOnValues } from './sign-on-values.ts'

/** Whether and how often a second factor is asked for. */
export function SecondFactorFields({ form }: { readonly form: UseFormReturnType<SignOnValues> }) {
  const { secondFactor } = form.getValues()
  return (
    <Fieldset legend="AND a second factor is asked for">
      <Stack gap="sm">
        <Radio.Group aria-label="A second factor is asked for" {...form.getInputProps('secondFactor')}>
          <Stack gap="xs">
            <Radio value="NEVER" label="Never" description="Apps can still ask for one." />
            <Radio value="ALWAYS" label="At every sign-in" />
            <Radio
              value="SESSION"
              label="After a time"
              description="Whoever ticks the box on the page is asked again when that time is over."
            />
            <Radio
              value="DEVICE"
              label="On each new device"
              description="Whoever ticks the box on the page is not asked again in that browser."
            />
          </Stack>
        </Radio.Group>
        {secondFactor === 'SESSION' && (
          <MinutesInput
            label="Asked again after"
            zero="Asked at every sign-in"
            {...form.getInputProps('factorMinutes')}
          />
        )}
        {(secondFactor === 'SESSION' || secondFactor === 'DEVICE') && (
          <Checkbox
            label="The box “Do not ask again” is ticked beforehand"
            {...form.getInputProps('rememberByDefault', { type: 'checkbox' })}
          />
        )}
      </Stack>
    </Fieldset>
  )
}
