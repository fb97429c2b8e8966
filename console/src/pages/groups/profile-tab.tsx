import { Button, Group as Row, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deleteGroup } from '../../api/groups.ts'
import { useMay } from '../../api/me.ts'
import type { Group } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Section } from '../../ui/section.tsx'
import { Time } from '../../ui/time.tsx'
import { GroupForm } from './group-form.tsx'
import { GROUP_TYPE_WORDS, isOpen } from './group-types.ts'

export function ProfileTab({ group }: { readonly group: Group }) {
  const [doing, setDoing] = useState<'edit' | 'delete'>()
  const navigate = useNavigate()
  const mayManage = useMay('okta.groups.manage') && isOpen(group)
  const { name, description } = group.profile
  const close = () => setDoing(undefined)

  async function remove(): Promise<void> {
    await deleteGroup(group.id)
    notifyDone(`The group ${name} is deleted.`)
    await navigate({ to: '/directory/groups' })
  }
  if (doing === 'edit')
    return (
      <Section title="Profile">
        <GroupForm group={group} onCancel={close} onSaved={close} />
      </Section>
    )
  return (
    <Stack>
      {group.type === 'BUILT_IN' && (
        <Text size="sm" c="dimmed">
          {name} is built in. It always holds everybody and can be neither changed nor deleted.
        </Text>
      )}
      <Section
        title="Profile"
        actions={
          mayManage && (
            <Row gap="xs">
              <Button variant="default" size="xs" onClick={() => setDoing('edit')}>
                Edit
              </Button>
              <Button variant="default" color="red" c="red" size="xs" onClick={() => setDoing('delete')}>
                Delete
              </Button>
            </Row>
          )
        }
      >
        <Facts
          facts={[
            { label: 'Name', value: name },
            { label: 'Description', value: description || 'none' },
            { label: 'Type', value: GROUP_TYPE_WORDS[group.type] },
            { label: 'Group ID', value: <CopyValue value={group.id} label="group ID" /> },
            { label: 'Created', value: <Time at={group.created} /> },
            { label: 'Profile changed', value: <Time at={group.lastUpdated} /> },
            { label: 'Members changed', value: <Time at={group.lastMembershipUpdated} /> },
          ]}
        />
      </Section>
      <Confirm
        opened={doing === 'delete'}
        title={`Delete the group ${name}?`}
        action="Delete"
        typedName={name}
        onClose={close}
        onConfirm={remove}
      >
        Its people stay, but lose the apps that they had by it alone, with their tokens. Access rules that name the
        group no longer find it.
      </Confirm>
    </Stack>
  )
}
