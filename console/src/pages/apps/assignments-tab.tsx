import { Button, Group, Menu, SegmentedControl, Stack } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { AssignGroups } from './assign-groups.tsx'
import { AssignPeople } from './assign-people.tsx'
import { AssignedGroups } from './assigned-groups.tsx'
import { AssignedPeople } from './assigned-people.tsx'
import { OpenToEveryone } from './open-to-everyone.tsx'

const KINDS = [
  { value: 'people', label: 'People' },
  { value: 'groups', label: 'Groups' },
]

export function AssignmentsTab({ app }: { readonly app: App }) {
  const [kind, setKind] = useState('people')
  const [q, setQ] = useState('')
  const [assigning, setAssigning] = useState<'people' | 'groups'>()
  const mayManage = useMay('okta.apps.manage')
  if (app.settings.oauthClient.application_type === 'service')
    return (
      <Empty title="A service app has no people">
        It acts on its own behalf: which scopes it may ask for is decided by access policies.
      </Empty>
    )
  function begin(what: 'people' | 'groups'): void {
    setKind(what)
    setAssigning(what)
  }
  return (
    <Stack>
      <OpenToEveryone app={app} />
      <Group gap="sm">
        {mayManage && (
          <Menu>
            <Menu.Target>
              <Button rightSection={<ChevronDown size={14} />}>Assign</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => begin('people')}>Assign to People</Menu.Item>
              <Menu.Item onClick={() => begin('groups')}>Assign to Groups</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <SegmentedControl data={KINDS} value={kind} onChange={setKind} aria-label="Assigned" />
        <SearchBox label="Search by the beginning of a name" value={q} onSearch={setQ} />
      </Group>
      {kind === 'people' ? <AssignedPeople app={app} q={q} /> : <AssignedGroups app={app} q={q} />}
      {assigning === 'people' && <AssignPeople app={app} onClose={() => setAssigning(undefined)} />}
      {assigning === 'groups' && <AssignGroups app={app} onClose={() => setAssigning(undefined)} />}
    </Stack>
  )
}
