import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { grantRole } from '../../api/roles.ts'
import type { User } from '../../api/types.ts'
import { userName } from '../../api/users.ts'
import { sentenceOf } from '../../ui/api-error.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ROLE_TYPES, ROLE_WORDS } from './role-words.ts'

interface GrantRoleProps {
  readonly user: User
  readonly held: readonly string[]
  readonly onClose: () => void
}

export function GrantRole({ user, held, onClose }: GrantRoleProps) {
  const [type, setType] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()

  async function grant(): Promise<void> {
    if (!type) return
    setBusy(true)
    setProblem(undefined)
    try {
      await grantRole(user.id, type)
      notifyDone(`${userName(user)} is ${ROLE_WORDS[type]?.label}.`)
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <FormDialog opened title={`Grant ${userName(user)} a role`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void grant()
        }}
      >
        <Stack>
          <Radio.Group aria-label="Role" value={type ?? null} onChange={(value) => setType(value)}>
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
          {problem !== undefined && (
            <Text c="red" size="sm" role="alert">
              {sentenceOf(problem)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={!type}>
              Grant role
            </Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  )
}
