import { Checkbox, Fieldset, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { CORE_GRANTS, UNSERVED_GRANTS } from './grant-types.ts'
import type { RuleFormValues } from './rule-values.ts'

const boxes = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => <Checkbox key={value} value={value} label={label} />)

/** By which grants the rule lets tokens be got. */
export function GrantFields({ form }: { readonly form: UseFormReturnType<RuleFormValues> }) {
  return (
    <Fieldset legend="IF grant type is">
      <Checkbox.Group aria-label="Grant type is" {...form.getInputProps('grantTypes')}>
        <Stack gap="xs">
          {boxes(CORE_GRANTS)}
          <details>
            <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
              More grant types
            </Text>
            <Stack gap="xs" mt="xs">
              <Text size="xs" c="dimmed">
                A rule may name these, but Keystead issues no tokens by them yet.
              </Text>
              {boxes(UNSERVED_GRANTS)}
            </Stack>
          </details>
        </Stack>
      </Checkbox.Group>
    </Fieldset>
  )
}
