import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { keptMailQuery } from '../../api/mailbox.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { MailView } from './mail-view.tsx'

interface MailDrawerProps {
  /** Undefined shows nothing. */
  readonly id: string | undefined
  readonly onClose: () => void
}

export function MailDrawer({ id, onClose }: MailDrawerProps) {
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title="Mail"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {id !== undefined && <Mail id={id} />}
    </Drawer>
  )
}

function Mail({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(keptMailQuery(id))
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  return data ? <MailView mail={data} /> : <Loading />
}
