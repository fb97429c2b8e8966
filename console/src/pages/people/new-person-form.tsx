import { Button, Checkbox, Group, PasswordInput, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { User } from '../../api/types.ts'
import { createUser } from '../../api/users.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { Section } from '../../ui/section.tsx'
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx'
import { GroupPicker } from './group-picker.tsx'
import { followed, NEW_PERSON, newPersonProblems, toRequest } from './new-person.ts'

interface NewPersonFormProps {
  readonly onCancel: () => void
  /** @param another whether the next person follows */
  readonly onCreated: (user: User, another: boolean) => Promise<unknown>
}

const ANOTHER = 'another'

export function NewPersonForm({ onCancel, onCreated }: NewPersonFormProps) {
  const form = useForm({ initialValues: NEW_PERSON, validate: newPersonProblems, clearInputErrorOnChange: true })
  const [typed, setTyped] = useState<ReadonlySet<'login' | 'email'>>(new Set())
  const [isSaved, setSaved] = useState(false)
  const { setsPassword, activation, groupIds } = form.values

  function type(name: 'login' | 'email', text: string): void {
    form.setValues(followed(form.getValues(), typed, name, text))
    // Emptied, it follows again.
    setTyped(new Set([...typed].filter((one) => one !== name).concat(text === '' ? [] : [name])))
  }
  const addressProps = (name: 'login' | 'email') => ({
    ...form.getInputProps(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => type(name, event.currentTarget.value),
    autoComplete: 'off',
    spellCheck: false,
    required: true,
  })

  async function save(values: typeof form.values, pressed: string): Promise<void> {
    const user = await createUser(toRequest(values))
    setSaved(true)
    await onCreated(user, pressed === ANOTHER)
  }

  return (
    <ApiForm
      form={form}
      submit="Save"
      width={760}
      onCancel={onCancel}
      onSubmit={save}
      extra={
        <Button type="submit" variant="default" value={ANOTHER}>
          Save and Add Another
        </Button>
      }
    >
      <UnsavedGuard when={!isSaved && form.isDirty()} />
      <Stack>
        <Section title="Profile">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label="First name"
              required
              data-autofocus
              autoComplete="off"
              {...form.getInputProps('firstName')}
            />
            <TextInput label="Last name" required autoComplete="off" {...form.getInputProps('lastName')} />
            <TextInput
              label="Username"
              description="In the form of an email address. People sign in with it."
              {...addressProps('login')}
            />
            <TextInput
              label="Primary email"
              description="Usually the same as the username."
              {...addressProps('email')}
            />
            <TextInput
              label="Secondary email"
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps('secondEmail')}
            />
          </SimpleGrid>
          <GroupPicker
            value={groupIds}
            onChange={(ids) => form.setFieldValue('groupIds', ids)}
            error={form.errors.groupIds}
          />
        </Section>
        <Section title="Activation and password">
          <Radio.Group label="Activation" {...form.getInputProps('activation')}>
            <Group mt={6}>
              <Radio value="now" label="Activate now" />
              <Radio value="later" label="Activate later" />
            </Group>
          </Radio.Group>
          <Checkbox
            label="I will set password"
            description={
              setsPassword
                ? undefined
                : activation === 'now'
                  ? 'Without one, you get a link to hand over, by which they choose their own.'
                  : 'Without one, you get a link to hand over once you activate them.'
            }
            {...form.getInputProps('setsPassword', { type: 'checkbox' })}
          />
          {setsPassword && (
            <PasswordInput
              label="Password"
              description="At least 8 characters with a lowercase letter, an uppercase letter and a number, without parts of the username."
              required
              autoComplete="new-password"
              maw={420}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
              {...form.getInputProps('password')}
            />
          )}
          {setsPassword && activation === 'now' && (
            <Checkbox
              label="User must change password on first login"
              {...form.getInputProps('mustChange', { type: 'checkbox' })}
            />
          )}
        </Section>
      </Stack>
    </ApiForm>
  )
}
