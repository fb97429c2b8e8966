import { Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { createApiToken } from '../../api/api-tokens.ts'
import type { CreatedApiToken } from '../../api/types.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { OneTimeValue } from '../../ui/one-time-value.tsx'
import { blankProblem } from './blank.ts'

interface NewTokenFormProps {
  /** While the value is shown, closing takes the person's word that it is kept elsewhere. */
  readonly onCreated: () => void
  readonly onDone: () => void
}

export function NewTokenForm({ onCreated, onDone }: NewTokenFormProps) {
  const [created, setCreated] = useState<CreatedApiToken>()
  const form = useForm({ initialValues: { name: '' }, validate: { name: blankProblem } })
  if (created)
    return (
      <OneTimeValue
        value={created.token}
        label="token value"
        assurance="I have copied the token"
        done="OK, got it"
        onDone={onDone}
      >
        Copy the value of {created.name} now, to where secrets are kept. Only a fingerprint of it stays here. Who has it
        acts with your roles.
      </OneTimeValue>
    )
  return (
    <ApiForm
      form={form}
      submit="Create token"
      onCancel={onDone}
      onSubmit={async ({ name }) => {
        setCreated(await createApiToken(name.trim()))
        onCreated()
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          The token may do what your own roles allow at the time, from any network. It lives 30 days, and each use
          renews it. It dies when you revoke it, or when your account is deactivated.
        </Text>
        <TextInput
          label="What do you want your token to be named?"
          description="Name the script or the service that will use it, so that you can tell it apart later."
          required
          maxLength={255}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('name')}
        />
      </Stack>
    </ApiForm>
  )
}
