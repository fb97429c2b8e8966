import { lazyRouteComponent, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useServer } from '../../api/authorization-servers.ts'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ServerMenu } from './server-menu.tsx'
import { ServerSettingsTab } from './server-settings-tab.tsx'

const ScopesTab = lazyRouteComponent(() => import('./scopes-tab.tsx'), 'ScopesTab')
const ClaimsTab = lazyRouteComponent(() => import('./claims-tab.tsx'), 'ClaimsTab')
const PoliciesTab = lazyRouteComponent(() => import('./policies-tab.tsx'), 'PoliciesTab')
const TokenPreviewTab = lazyRouteComponent(() => import('./token-preview-tab.tsx'), 'TokenPreviewTab')

const CRUMBS = [{ label: 'Security' }, { label: 'API', to: '/security/api' }]

export function ServerPage() {
  const { serverId } = useParams({ from: '/frame/security/api/servers/$serverId' })
  const { tab } = useSearch({ from: '/frame/security/api/servers/$serverId' })
  const navigate = useNavigate({ from: '/security/api/servers/$serverId' })
  const { data: server, error, refetch } = useServer(serverId)
  if (!server)
    return (
      <Page title="Authorization server" crumbs={CRUMBS}>
        {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    )
  return (
    <Page
      title={server.name}
      crumbs={CRUMBS}
      mark={<StatusBadge status={server.status} />}
      actions={<ServerMenu server={server} onDeleted={() => void navigate({ to: '/security/api' })} />}
    >
      <PageTabs
        tabs={[
          { value: 'settings', label: 'Settings', content: <ServerSettingsTab server={server} /> },
          { value: 'scopes', label: 'Scopes', content: <ScopesTab server={server} /> },
          { value: 'claims', label: 'Claims', content: <ClaimsTab server={server} /> },
          { value: 'policies', label: 'Access Policies', content: <PoliciesTab server={server} /> },
          { value: 'preview', label: 'Token Preview', content: <TokenPreviewTab server={server} /> },
        ]}
        value={tab}
        onChange={(value) => void navigate({ search: { tab: value } })}
      />
    </Page>
  )
}
