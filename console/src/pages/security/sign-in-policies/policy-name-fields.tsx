import { Text, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { NamePicker } from '../name-picker.tsx'
import type { PolicyFormValues } from './policy-values.ts'

interface PolicyNameFieldsProps<Values extends PolicyFormValues> {
  readonly form: UseFormReturnType<Values>
  /** The default policy is for everybody, and that can't be changed. */
  readonly isSystem: boolean
}

export function PolicyNameFields<Values extends PolicyFormValues>({ form, isSystem }: PolicyNameFieldsProps<Values>) {
  return (
    <>
      <TextInput label="Name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={5}
        maxLength={1024}
        {...form.getInputProps('description')}
      />
      {isSystem ? (
        <Text size="sm" c="dimmed">
          The default policy is for everybody whom no other policy catches.
        </Text>
      ) : (
        <NamePicker kind="group" label="Assign to groups" required {...form.getInputProps('groups')} />
      )}
    </>
  )
}
