import { Checkbox, Fieldset, SimpleGrid, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { CountInput } from './count-input.tsx'
import type { PasswordValues } from './password-values.ts'

/** What a password must be made of. */
export function ComplexityFields({ form }: { readonly form: UseFormReturnType<PasswordValues> }) {
  const flag = (name: keyof PasswordValues) => form.getInputProps(name, { type: 'checkbox' })
  return (
    <Fieldset legend="What a password must be">
      <Stack gap="sm">
        <CountInput label="Minimum length" maw={200} {...form.getInputProps('minLength')} />
        <Text size="xs" c="dimmed">
          At least so many of each:
        </Text>
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
          <CountInput label="Lower case" {...form.getInputProps('minLowerCase')} />
          <CountInput label="Upper case" {...form.getInputProps('minUpperCase')} />
          <CountInput label="Digits" {...form.getInputProps('minNumber')} />
          <CountInput label="Symbols" {...form.getInputProps('minSymbol')} />
        </SimpleGrid>
        <Checkbox label="Holds no part of the username" {...flag('excludeUsername')} />
        <Checkbox label="Does not hold the first name" {...flag('excludeFirstName')} />
        <Checkbox label="Does not hold the last name" {...flag('excludeLastName')} />
        <Checkbox
          label="Is no common password"
          description="Refuses those that many people have and that are tried first."
          {...flag('excludeCommon')}
        />
      </Stack>
    </Fieldset>
  )
}
