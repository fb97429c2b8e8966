import { Button, Text, UnstyledButton } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { emptyMailbox, sendTestMail, useMailbox } from '../../api/mailbox.ts'
import { useMe } from '../../api/me.ts'
import type { MailboxEntry } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { KIND_WORDS } from './kind-words.ts'
import { MailDrawer } from './mail-drawer.tsx'

export function MailboxPage() {
  const { to = '', mail } = useSearch({ from: '/frame/directory/mailbox' })
  const navigate = useNavigate({ from: '/directory/mailbox' })
  const isOn = useMe()?.mail === 'mailbox'
  return isOn ? (
    <Mailbox
      to={to}
      mail={mail}
      onLook={(next) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true })}
    />
  ) : (
    <Page title="Mailbox">
      <Empty
        title="No mail is kept here"
        action={
          <RouterAnchor to="/guides/$name" params={{ name: 'mail' }}>
            The guide to mail
          </RouterAnchor>
        }
      >
        The mailbox is for development. It is on where the org is on your own machine and no mail server is set, or with
        KEYSTEAD_MAILBOX=on.
      </Empty>
    </Page>
  )
}

interface MailboxProps {
  readonly to: string
  readonly mail: string | undefined
  readonly onLook: (next: { readonly to?: string | undefined; readonly mail?: string | undefined }) => void
}

function Mailbox({ to, mail, onLook }: MailboxProps) {
  const pages = useMailbox(to)
  const [isEmptying, setEmptying] = useState(false)
  const columns: readonly Column<MailboxEntry>[] = [
    {
      key: 'subject',
      header: 'Subject',
      cell: ({ id, subject, to }) => (
        <UnstyledButton onClick={() => onLook({ mail: id })} style={{ overflowWrap: 'anywhere' }}>
          <Text size="sm" fw={600} c="var(--mantine-color-anchor)">
            {subject}
          </Text>
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {to}
          </Text>
        </UnstyledButton>
      ),
    },
    { key: 'to', header: 'To', cell: ({ to }) => to, visibleFrom: 'sm' },
    { key: 'kind', header: 'Kind', cell: ({ kind }) => KIND_WORDS[kind], visibleFrom: 'md' },
    { key: 'time', header: 'Time', cell: ({ created }) => <Time at={created} seconds />, width: 190 },
  ]
  const testButton = (
    <Button
      variant="default"
      leftSection={<Send size={16} />}
      onClick={() =>
        void sendTestMail().then((address) => notifyDone(`A test mail to ${address} is queued.`), notifyFailed)
      }
    >
      Send a test mail
    </Button>
  )
  return (
    <Page
      title="Mailbox"
      description="Mail that would go out if there were a mail server, for development. It is kept for a week after its links and codes have expired."
      actions={
        pages.rows.length > 0 && (
          <>
            {testButton}
            <Button variant="default" leftSection={<Trash2 size={16} />} onClick={() => setEmptying(true)}>
              Empty
            </Button>
          </>
        )
      }
    >
      <SearchBox
        label="Whole address of the recipient"
        value={to}
        onSearch={(text) => onLook({ to: text === '' ? undefined : text })}
      />
      <DataTable
        label="Mails"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={
          to === '' ? (
            <Empty title="No mail yet" action={testButton}>
              Links to a new password, codes and notices appear here a moment after they are asked for, and are not sent
              to anybody.
            </Empty>
          ) : (
            <Empty title="No mail to this address">Addresses are compared as a whole.</Empty>
          )
        }
      />
      <MailDrawer id={mail} onClose={() => onLook({ mail: undefined })} />
      <Confirm
        opened={isEmptying}
        title="Empty the mailbox?"
        action="Empty"
        onClose={() => setEmptying(false)}
        onConfirm={emptyMailbox}
      >
        All mails in it are deleted, with their links and codes.
      </Confirm>
    </Page>
  )
}
