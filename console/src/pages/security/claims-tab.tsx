import { Button, Code, Group, SegmentedControl, Stack } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { deleteClaim, useClaims } from '../../api/claims.ts'
import { useMay } from '../../api/me.ts'
import type { AuthorizationServer, Claim } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { ClaimForm } from './claim-form.tsx'
import { FILTER_LABELS } from './claim-values.ts'

const TYPES = [
  { value: '', label: 'All' },
  { value: 'IDENTITY', label: 'ID' },
  { value: 'RESOURCE', label: 'Access' },
]

export function ClaimsTab({ server: { id: serverId } }: { readonly server: AuthorizationServer }) {
  const { type = '' } = useSearch({ from: '/frame/security/api/servers/$serverId' })
  const navigate = useNavigate({ from: '/security/api/servers/$serverId' })
  const pages = wholeList(useClaims(serverId))
  const mayManage = useMay('okta.authorizationServers.manage')
  const [open, setOpen] = useState<Claim | 'new'>()
  const close = () => setOpen(undefined)
  const rows = pages.rows.filter(({ claimType }) => type === '' || claimType === type)
  const choose = (chosen: string) =>
    void navigate({ search: (before) => ({ ...before, type: chosen === '' ? undefined : chosen }), replace: true })
  const add = mayManage && (
    <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
      Add Claim
    </Button>
  )
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <SegmentedControl aria-label="Token type" data={TYPES} value={type} onChange={choose} size="xs" />
        {add}
      </Group>
      <DataTable
        label="Claims"
        columns={mayManage ? [...COLUMNS, actions(serverId, setOpen)] : COLUMNS}
        pages={{ ...pages, rows }}
        rowKey={({ id }) => id}
        empty={
          <Empty title="No claims of this kind" action={add}>
            A claim puts something about the person, the app or the request into a token: a department, a list of
            groups.
          </Empty>
        }
      />
      <FormDialog opened={open !== undefined} title={open === 'new' ? 'Add Claim' : 'Edit claim'} onClose={close}>
        <ClaimForm serverId={serverId} claim={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}

function Value({ claim: { valueType, value = '', group_filter_type: filter } }: { readonly claim: Claim }) {
  if (valueType === 'SYSTEM') return 'Set by the platform'
  return (
    <>
      {filter === undefined ? '' : `Groups: ${FILTER_LABELS[filter].toLowerCase()} `}
      <Code>{value}</Code>
    </>
  )
}

const tokenOf = ({ claimType, alwaysIncludeInToken }: Claim): string =>
  claimType === 'RESOURCE' ? 'Access, always' : alwaysIncludeInToken ? 'ID, always' : 'ID, on request'

const COLUMNS: readonly Column<Claim>[] = [
  { key: 'name', header: 'Name', cell: ({ name }) => <Code>{name}</Code> },
  { key: 'value', header: 'Value', visibleFrom: 'sm', cell: (claim) => <Value claim={claim} /> },
  {
    key: 'scopes',
    header: 'Scopes',
    visibleFrom: 'md',
    cell: ({ conditions }) => conditions.scopes.join(', ') || 'Any',
  },
  { key: 'token', header: 'Token', visibleFrom: 'xs', cell: tokenOf },
  { key: 'status', header: 'Status', width: 110, cell: ({ status }) => <StatusBadge status={status} /> },
]

const actions = (serverId: string, edit: (claim: Claim) => void): Column<Claim> => ({
  key: 'actions',
  width: 48,
  align: 'right',
  cell: (claim) =>
    !claim.system && (
      <LifecycleMenu
        of={claim.name}
        kind="claim"
        onEdit={() => edit(claim)}
        remove={() => deleteClaim(serverId, claim.id)}
        whatIsLost="Tokens that are issued from then on lack it. APIs that look for it may refuse them."
      />
    ),
})
