import { Group, Select, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { setAppStatus, useApps } from '../../api/apps.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { GuideHint } from '../../ui/guide-hint.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { RouterButton } from '../../ui/router-button.tsx'
import { RowMenu } from '../../ui/row-menu.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AppLogo } from './app-logo.tsx'
import { appTypeOf } from './app-types.ts'
import { DeactivateApp } from './deactivate-app.tsx'
import { DeleteApp } from './delete-app.tsx'
import { useStatusOptions } from './use-status-options.ts'

type Asking = { readonly what: 'deactivate' | 'delete'; readonly app: App }

export function AppListPage() {
  const { q = '', status = '' } = useSearch({ from: '/frame/applications' })
  const navigate = useNavigate({ from: '/applications' })
  const pages = useApps({ q, status })
  const options = useStatusOptions()
  const mayManage = useMay('okta.apps.manage')
  const [asking, setAsking] = useState<Asking>()
  const look = (next: { readonly q?: string; readonly status?: string }) =>
    void navigate({ search: { q, status, ...next }, replace: true })

  const columns: readonly Column<App>[] = [
    { key: 'name', header: 'Application', cell: (app) => <AppName app={app} /> },
    {
      key: 'client',
      header: 'Client ID',
      visibleFrom: 'sm',
      cell: (app) => <CopyValue value={app.credentials.oauthClient.client_id} label={`client ID of ${app.label}`} />,
    },
    { key: 'status', header: 'Status', width: 100, cell: (app) => <StatusBadge status={app.status} /> },
    ...(mayManage ? [{ key: 'menu', width: 52, align: 'right', cell: (app) => menu(app) } satisfies Column<App>] : []),
  ]

  function menu(app: App) {
    const at = (tab: string) =>
      void navigate({ to: '/app/oidc_client/instance/$appId', params: { appId: app.id }, search: { tab } })
    const isActive = app.status === 'ACTIVE'
    return (
      <RowMenu
        of={app.label}
        actions={[
          { label: 'Assign to people', onClick: () => at('assignments') },
          { label: 'Assign to groups', onClick: () => at('assignments') },
          isActive
            ? { label: 'Deactivate', onClick: () => setAsking({ what: 'deactivate', app }) }
            : { label: 'Activate', onClick: () => void activate(app).catch(notifyFailed) },
          { label: 'Delete', danger: true, onClick: () => setAsking({ what: 'delete', app }) },
        ]}
      />
    )
  }

  return (
    <Page
      title="Applications"
      description="Every app that signs people in here, or that calls an API on its own behalf."
      actions={
        mayManage && (
          <RouterButton to="/applications/new" leftSection={<Plus size={16} />}>
            Add Application
          </RouterButton>
        )
      }
    >
      {mayManage && <GuideHint>Newer guides of Okta call the button “Create App Integration”.</GuideHint>}
      <Group gap="sm">
        <SearchBox label="Search by the beginning of a name" value={q} onSearch={(text) => look({ q: text })} />
        <Select
          aria-label="Status"
          data={options}
          value={status}
          onChange={(value) => look({ status: value ?? '' })}
          allowDeselect={false}
          w={170}
        />
      </Group>
      <DataTable
        label="Applications"
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={q === '' && status === '' ? <NoApps mayManage={mayManage} /> : <NothingFound />}
      />
      {asking?.what === 'deactivate' && <DeactivateApp app={asking.app} onClose={() => setAsking(undefined)} />}
      {asking?.what === 'delete' && <DeleteApp app={asking.app} onClose={() => setAsking(undefined)} />}
    </Page>
  )
}

async function activate({ id, label }: App): Promise<void> {
  await setAppStatus(id, 'ACTIVE')
  notifyDone(`${label} is active.`, () => setAppStatus(id, 'INACTIVE'))
}

function AppName({ app }: { readonly app: App }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <AppLogo app={app} size={28} />
      <Stack gap={0}>
        <RouterAnchor to="/app/oidc_client/instance/$appId" params={{ appId: app.id }} size="sm" fw={600}>
          {app.label}
        </RouterAnchor>
        <Text size="xs" c="dimmed">
          {appTypeOf(app.settings.oauthClient.application_type).title}
        </Text>
      </Stack>
    </Group>
  )
}

function NoApps({ mayManage }: { readonly mayManage: boolean }) {
  return (
    <Empty
      title="No apps yet"
      action={mayManage && <RouterButton to="/applications/new">Create your first app</RouterButton>}
    >
      An app tells Keystead where your code runs and how it may sign people in. The guide{' '}
      <RouterAnchor to="/guides/$name" params={{ name: 'create-an-app' }} inherit>
        Create an app
      </RouterAnchor>{' '}
      goes through it click by click.
    </Empty>
  )
}

const NothingFound = () => (
  <Empty title="No app matches" action={<RouterAnchor to="/applications">Show all apps</RouterAnchor>}>
    Names are compared from their beginning; the status filter counts, too.
  </Empty>
)
