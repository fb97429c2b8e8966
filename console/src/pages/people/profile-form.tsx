import { SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { User } from '../../api/types.ts'
import { updateProfile, userName } from '../../api/users.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { UnsavedGuard } from '../../ui/unsaved-guard.tsx'
import { PROFILE_SECTIONS } from './profile-fields.ts'
import { profileProblems } from './profile-problems.ts'
import { toForm, toRequest } from './profile-values.ts'

interface ProfileFormProps {
  readonly user: User
  readonly onDone: () => void
}

/** Sends what was changed since Edit was clicked; what others change meanwhile stays. */
export function ProfileForm({ user, onDone }: ProfileFormProps) {
  const [begun] = useState(() => toForm(user.profile))
  const form = useForm({ initialValues: begun, validate: profileProblems, clearInputErrorOnChange: true })

  async function save(values: typeof form.values): Promise<void> {
    const changes = toRequest(begun, values)
    if (Object.keys(changes).length === 0) return onDone()
    const saved = await updateProfile(user.id, changes)
    onDone()
    const back = toRequest(toForm(saved.profile), { ...toForm(saved.profile), ...pick(begun, Object.keys(changes)) })
    notifyDone(`The profile of ${userName(saved)} is saved.`, () => updateProfile(user.id, back))
  }

  return (
    <ApiForm form={form} submit="Save" onCancel={onDone} onSubmit={save}>
      <UnsavedGuard when={form.isDirty()} />
      <Stack>
        {PROFILE_SECTIONS.map(({ title, fields }, section) => (
          <Section key={title} title={title}>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
              {fields.map(({ name, label, required = false }, at) => (
                <TextInput
                  key={name}
                  label={label}
                  required={required}
                  autoComplete="off"
                  data-autofocus={(section === 0 && at === 0) || undefined}
                  {...form.getInputProps(name)}
                />
              ))}
            </SimpleGrid>
          </Section>
        ))}
      </Stack>
    </ApiForm>
  )
}

const pick = (values: Record<string, string>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? '']))
