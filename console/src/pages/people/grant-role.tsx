import { Radio, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { grantRole } from '../../api/roles.ts'
import type { User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ROLE_TYPES, ROLE_WORDS } from './role-words.ts'

interface GrantRoleProps {
  readonly user: User
  readonly held: readonly string[]
  readonly onClose: () => void
}

export function GrantRole({ user, held, onClose }: GrantRoleProps) {
  const form = useForm({
    initialValues: { type: '' },
    validate: { type: (type) => (type === '' ? 'Choose a role.' : undefined) },
    clearInputErrorOnChange: true,
  })

  async function grant({ type }: typeof form.values): Promise<void> {
    await grantRole(user.id, type)
    notifyDone(`${userName(user)} is ${ROLE_WORDS[type]?.label}.`)
    onClose()
  }
  return (
    <FormDialog opened title={`Grant ${userName(user)} a role`} onClose={onClose}>
      <ApiForm form={form} submit="Grant role" onCancel={onClose} onSubmit={grant}>
        <Radio.Group aria-label="Role" {...form.getInputProps('type')}>
          <Stack gap="sm">
            {ROLE_TYPES.map((one) => (
              <Radio
                key={one}
                value={one}
                label={ROLE_WORDS[one]?.label}
                description={held.includes(one) ? 'Held already.' : ROLE_WORDS[one]?.may}
                disabled={held.includes(one)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </ApiForm>
    </FormDialog>
  )
}
