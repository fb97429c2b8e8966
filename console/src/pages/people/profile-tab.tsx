import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/section.tsx'
import { Time } from '../../ui/time.tsx'
import { PROFILE_SECTIONS } from './profile-fields.ts'
import { ProfileForm } from './profile-form.tsx'
import { ownAttributes, toForm } from './profile-values.ts'

/** The profile as it is, and with Edit as a form. */
export function ProfileTab({ user }: { readonly user: User }) {
  const [isEditing, setEditing] = useState(false)
  const mayManage = useMay('okta.users.manage')
  if (isEditing) return <ProfileForm user={user} onDone={() => setEditing(false)} />
  const values = toForm(user.profile)
  const own = ownAttributes(user.profile)
  const edit = mayManage && (
    <Button variant="default" size="xs" onClick={() => setEditing(true)}>
      Edit
    </Button>
  )
  return (
    <Stack>
      {PROFILE_SECTIONS.map(({ title, fields }, at) => {
        const filled = fields.filter(({ name, required }) => required || values[name] !== '')
        if (filled.length === 0) return null
        return (
          <Section key={title} title={title} actions={at === 0 && edit}>
            <Facts facts={filled.map(({ name, label }) => ({ label, value: values[name] }))} />
          </Section>
        )
      })}
      {own.length > 0 && (
        <Section title="Your own attributes" description="They are written through the API.">
          <Facts facts={own.map(([label, value]) => ({ label, value }))} />
        </Section>
      )}
      <Section title="Account">
        <Facts
          facts={[
            { label: 'User ID', value: <CopyValue value={user.id} label="user ID" /> },
            { label: 'Created', value: <Time at={user.created} /> },
            { label: 'Activated', value: <Time at={user.activated} /> },
            { label: 'Status changed', value: <Time at={user.statusChanged} /> },
            { label: 'Last login', value: <Time at={user.lastLogin} /> },
            { label: 'Password', value: user.credentials.password ? <Time at={user.passwordChanged} /> : 'none' },
            { label: 'Last updated', value: <Time at={user.lastUpdated} /> },
          ]}
        />
      </Section>
    </Stack>
  )
}
