import { Alert } from '@mantine/core'
import { MailX } from 'lucide-react'
import { RouterAnchor } from '../../ui/router-anchor.tsx'

/** What people ask for by mail never comes: an administrator has to know. */
export function NoMail() {
  return (
    <Alert color="yellow" variant="light" icon={<MailX size={18} />} title="No mail goes out">
      Links to a new password and codes wait until they expire, and reach nobody. Set KEYSTEAD_SMTP_URL:{' '}
      <RouterAnchor to="/guides/$name" params={{ name: 'mail' }} size="sm">
        the guide to mail
      </RouterAnchor>
    </Alert>
  )
}
