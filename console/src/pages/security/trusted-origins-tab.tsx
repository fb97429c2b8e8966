import { Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { deleteTrustedOrigin, setTrustedOriginStatus, useTrustedOrigins } from '../../api/trusted-origins.ts'
import type { TrustedOrigin } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'
import { LearnMore } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { OriginForm } from './origin-form.tsx'
import { ORIGIN_TYPE_LABELS, ORIGIN_TYPES } from './origin-values.ts'

const GUIDE = '/admin/guides/trusted-origins'
const TYPES = [
  { value: '', label: 'All' },
  ...ORIGIN_TYPES.map((type) => ({ value: type, label: ORIGIN_TYPE_LABELS[type] })),
]

export function TrustedOriginsTab() {
  const { q = '', type = '', dialog } = useSearch({ from: '/frame/security/api' })
  const navigate = useNavigate({ from: '/security/api' })
  const mayManage = useMay('okta.trustedOrigins.manage')
  const pages = useTrustedOrigins({ q, type })
  const [editing, setEditing] = useState<TrustedOrigin>()
  // The dialog for a new one is named in the address, so that other places can lead to it.
  const isAdding = mayManage && dialog === 'add'
  const close = () => (isAdding ? set({ dialog: undefined }) : setEditing(undefined))
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => set({ dialog: 'add' })}>
      Add Origin
    </Button>
  )
  const set = (change: { readonly q?: string; readonly type?: string; readonly dialog?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })

  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Group gap="sm" flex="1 1 280px" miw={0}>
          <SegmentedControl
            aria-label="Type"
            data={TYPES}
            value={type}
            onChange={(chosen) => set({ type: chosen === '' ? undefined : chosen })}
            size="xs"
          />
          <SearchBox
            label="Search by beginning of name or origin"
            value={q}
            onSearch={(text) => set({ q: text === '' ? undefined : text })}
          />
        </Group>
        {add}
      </Group>
      <DataTable
        label="Trusted origins"
        columns={columns(mayManage, setEditing)}
        pages={pages}
        rowKey={({ id }) => id}
        empty={q === '' && type === '' ? <NoOrigins action={add} /> : <NothingFound />}
      />
      <FormDialog
        opened={isAdding || editing !== undefined}
        title={isAdding ? 'Add Origin' : 'Edit trusted origin'}
        onClose={close}
      >
        <OriginForm origin={isAdding ? undefined : editing} onDone={close} />
      </FormDialog>
    </Stack>
  )
}

const columns = (mayManage: boolean, edit: (origin: TrustedOrigin) => void): readonly Column<TrustedOrigin>[] => [
  {
    key: 'name',
    header: 'Name',
    cell: ({ name, origin }) => (
      <>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {origin}
        </Text>
      </>
    ),
  },
  { key: 'origin', header: 'Origin URL', visibleFrom: 'sm', cell: ({ origin }) => origin },
  {
    key: 'type',
    header: 'Type',
    width: 240,
    visibleFrom: 'md',
    cell: ({ scopes }) => (
      <Group gap={4}>
        {scopes.map(({ type }) => (
          <Badge key={type} variant="default" tt="none" fw={500} radius="sm">
            {ORIGIN_TYPE_LABELS[type]}
          </Badge>
        ))}
      </Group>
    ),
  },
  { key: 'status', header: 'Status', width: 110, cell: ({ status }) => <StatusBadge status={status} /> },
  {
    key: 'actions',
    width: 48,
    align: 'right',
    cell: (row) =>
      mayManage && (
        <LifecycleMenu
          of={row.name}
          kind="trusted origin"
          status={row.status}
          onEdit={() => edit(row)}
          setStatus={(status) => setTrustedOriginStatus(row.id, status)}
          remove={() => deleteTrustedOrigin(row.id)}
          whatIsLost={`Pages of ${row.origin} can no longer call the API with people's sessions, and nobody is sent there any more.`}
        />
      ),
  },
]

function NoOrigins({ action }: { readonly action: React.ReactNode }) {
  return (
    <Empty title="No trusted origins yet" action={action}>
      A trusted origin is a place on the web whose pages may call this API with a person's session, or to which people
      may be sent after they sign in or out. A single-page app that shows its own sign-in form needs one.{' '}
      <LearnMore href={GUIDE} />
    </Empty>
  )
}

function NothingFound() {
  return (
    <Empty title="No trusted origin fits">Search for the beginning of a name or of an origin, scheme included.</Empty>
  )
}
