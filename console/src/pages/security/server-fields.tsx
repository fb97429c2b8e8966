import { Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ServerFormValues } from './server-values.ts'

/** What every authorization server is given by hand. */
export function ServerFields({ form }: { readonly form: UseFormReturnType<ServerFormValues> }) {
  return (
    <Stack gap="sm">
      <TextInput label="Name" required maxLength={255} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label="Audience"
        description="The aud of its access tokens: the API that they are for, such as api://orders"
        required
        spellCheck={false}
        autoComplete="off"
        {...form.getInputProps('audience')}
      />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1_000}
        {...form.getInputProps('description')}
      />
    </Stack>
  )
}
