import { Fieldset, Radio, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { NamePicker } from '../name-picker.tsx'
import type { RulePeopleValues } from './rule-people.ts'

interface PeopleFieldsProps<Values extends RulePeopleValues> {
  readonly form: UseFormReturnType<Values>
}

/** For whom a rule counts, among those whom its policy is for. */
export function PeopleFields<Values extends RulePeopleValues>({ form }: PeopleFieldsProps<Values>) {
  return (
    <Fieldset legend="IF the person is">
      <Stack gap="sm">
        <Radio.Group aria-label="The person is" {...form.getInputProps('people')}>
          <Stack gap="xs">
            <Radio value="everyone" label="Anyone whom the policy is for" />
            <Radio value="named" label="One of the following" />
          </Stack>
        </Radio.Group>
        {form.getValues().people === 'named' && (
          <>
            <NamePicker kind="person" label="Users" {...form.getInputProps('users')} />
            <NamePicker kind="group" label="Members of groups" {...form.getInputProps('groups')} />
          </>
        )}
        <NamePicker kind="person" label="Except users" {...form.getInputProps('exceptUsers')} />
        <NamePicker kind="group" label="Except members of groups" {...form.getInputProps('exceptGroups')} />
        <Text size="xs" c="dimmed">
          From any network: zones are not known here.
        </Text>
      </Stack>
    </Fieldset>
  )
}
