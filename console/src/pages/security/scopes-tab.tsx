import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { deleteScope, useScopes } from '../../api/scopes.ts'
import type { AuthorizationServer, Scope } from '../../api/types.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'
import { wholeList } from '../../ui/use-pages.ts'
import { ScopeForm } from './scope-form.tsx'
import { userConsentOf } from './scope-values.ts'

export function ScopesTab({ server: { id: serverId } }: { readonly server: AuthorizationServer }) {
  const scopes = useScopes(serverId)
  const mayManage = useMay('okta.authorizationServers.manage')
  const [open, setOpen] = useState<Scope | 'new'>()
  const close = () => setOpen(undefined)
  const columns = mayManage ? [...COLUMNS, actions(serverId, setOpen)] : COLUMNS
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={620} flex="1 1 280px">
          A scope is what an app asks for and an access token carries. Your API looks for it before it does something.
        </Text>
        {mayManage && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpen('new')}>
            Add Scope
          </Button>
        )}
      </Group>
      <DataTable label="Scopes" columns={columns} pages={wholeList(scopes)} rowKey={({ id }) => id} empty={null} />
      <FormDialog opened={open !== undefined} title={open === 'new' ? 'Add Scope' : 'Edit scope'} onClose={close}>
        <ScopeForm serverId={serverId} scope={open === 'new' ? undefined : open} onDone={close} />
      </FormDialog>
    </Stack>
  )
}

const yes = (value: boolean) => (value ? 'Yes' : 'No')

const CONSENT_LABELS = { implicit: 'Implicit', optional: 'Optional', required: 'Required' } as const

const COLUMNS: readonly Column<Scope>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: ({ name, displayName }) => (
      <>
        <Code>{name}</Code>
        {displayName !== null && (
          <Text size="xs" c="dimmed" mt={2}>
            {displayName}
          </Text>
        )}
      </>
    ),
  },
  { key: 'description', header: 'Description', visibleFrom: 'md', cell: ({ description }) => description ?? '–' },
  { key: 'consent', header: 'User consent', cell: (scope) => CONSENT_LABELS[userConsentOf(scope)] },
  { key: 'default', header: 'Default', visibleFrom: 'sm', cell: (scope) => yes(scope.default) },
  {
    key: 'metadata',
    header: 'In metadata',
    visibleFrom: 'sm',
    cell: ({ metadataPublish }) => yes(metadataPublish === 'ALL_CLIENTS'),
  },
]

const actions = (serverId: string, edit: (scope: Scope) => void): Column<Scope> => ({
  key: 'actions',
  width: 48,
  align: 'right',
  cell: (scope) => (
    <LifecycleMenu
      of={scope.name}
      kind="scope"
      onEdit={() => edit(scope)}
      {...(scope.system ? {} : { remove: () => deleteScope(serverId, scope.id) })}
      whatIsLost="Apps that ask for it are refused from then on. Tokens that were issued with it keep it until they expire."
    />
  ),
})
