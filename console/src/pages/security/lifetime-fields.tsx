import { Fieldset, NumberInput, SimpleGrid } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { minutesInWords } from './minutes.ts'
import type { RuleFormValues } from './rule-values.ts'

/** How long the tokens of a rule live, in minutes as the API has them and in words. */
export function LifetimeFields({ form }: { readonly form: UseFormReturnType<RuleFormValues> }) {
  const { accessMinutes, refreshMinutes, windowMinutes } = form.getValues()
  return (
    <Fieldset legend="THEN tokens live, in minutes">
      <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
        <NumberInput
          label="Access token lifetime"
          description={inWords(accessMinutes)}
          required
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('accessMinutes')}
        />
        <NumberInput
          label="Refresh token lifetime"
          description={Number(refreshMinutes) === 0 ? 'Unlimited' : inWords(refreshMinutes)}
          required
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('refreshMinutes')}
        />
        <NumberInput
          label="Expires if not used every"
          description={inWords(windowMinutes)}
          required
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('windowMinutes')}
        />
      </SimpleGrid>
    </Fieldset>
  )
}

const inWords = (minutes: number | string): string => (minutes === '' ? '–' : minutesInWords(Number(minutes)))
