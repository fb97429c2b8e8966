import { Button, Group, Menu } from '@mantine/core'
import { lazyRouteComponent, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { setAppStatus, useApp } from '../../api/apps.ts'
import { useMay } from '../../api/me.ts'
import type { App } from '../../api/types.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { RouterButton } from '../../ui/router-button.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AppLogo } from './app-logo.tsx'
import { DeactivateApp } from './deactivate-app.tsx'
import { DeleteApp } from './delete-app.tsx'
import { GeneralTab } from './general-tab.tsx'

const SignOnTab = lazyRouteComponent(() => import('./sign-on-tab.tsx'), 'SignOnTab')
const AssignmentsTab = lazyRouteComponent(() => import('./assignments-tab.tsx'), 'AssignmentsTab')
const QuickStartTab = lazyRouteComponent(() => import('./quick-start-tab.tsx'), 'QuickStartTab')

const TABS = [
  { value: 'general', label: 'General', panel: GeneralTab },
  { value: 'sign-on', label: 'Sign On', panel: SignOnTab },
  { value: 'assignments', label: 'Assignments', panel: AssignmentsTab },
  { value: 'quick-start', label: 'Quick start', panel: QuickStartTab },
] as const

const CRUMBS = [{ label: 'Applications', to: '/applications' }]
const FROM = '/frame/app/oidc_client/instance/$appId'

export function AppPage() {
  const { appId } = useParams({ from: FROM })
  const { data: app, error, refetch } = useApp(appId)
  if (app) return <ReadyAppPage app={app} />
  return (
    <Page title="Application" crumbs={CRUMBS}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
    </Page>
  )
}

function ReadyAppPage({ app }: { readonly app: App }) {
  const [tab, openTab] = useTab(app.id)
  return (
    <Page
      title={app.label}
      crumbs={CRUMBS}
      mark={
        <Group gap="xs" wrap="nowrap">
          <AppLogo app={app} size={30} />
          <StatusBadge status={app.status} />
        </Group>
      }
      actions={<AppActions app={app} />}
    >
      <PageTabs
        tabs={TABS.map(({ panel: Panel, ...names }) => ({ ...names, content: <Panel app={app} /> }))}
        value={tab}
        onChange={openTab}
      />
    </Page>
  )
}

/** The tab in the address; `#tab-general` is how Okta's own links name it. */
function useTab(appId: string): readonly [string | undefined, (tab: string) => void] {
  const { tab } = useSearch({ from: FROM })
  const navigate = useNavigate()
  const open = (next: string) =>
    void navigate({ to: '/app/oidc_client/instance/$appId', params: { appId }, search: { tab: next }, hash: '' })
  const named = /^#tab-([a-z-]+)$/.exec(window.location.hash)?.[1]
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the address that was opened
  useEffect(() => {
    if (tab === undefined && named !== undefined) open(named)
  }, [])
  return [tab ?? named, open]
}

function AppActions({ app }: { readonly app: App }) {
  const [asking, setAsking] = useState<'deactivate' | 'delete'>()
  const navigate = useNavigate()
  const mayManage = useMay('okta.apps.manage')
  const mayReadLogs = useMay('okta.logs.read')
  const isActive = app.status === 'ACTIVE'
  const close = () => setAsking(undefined)

  async function activate(): Promise<void> {
    await setAppStatus(app.id, 'ACTIVE')
    notifyDone(`${app.label} is active.`, () => setAppStatus(app.id, 'INACTIVE'))
  }

  return (
    <>
      {mayReadLogs && (
        <>
          <RouterButton
            variant="subtle"
            size="xs"
            to="/reports/system-log"
            search={{ filter: `target.id eq "${app.id}"` }}
          >
            View logs
          </RouterButton>
          <RouterButton variant="subtle" size="xs" to="/reports/refused-requests" search={{ app: app.id }}>
            Refused requests
          </RouterButton>
        </>
      )}
      {mayManage && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="xs" rightSection={<ChevronDown size={14} />}>
              {isActive ? 'Active' : 'Inactive'}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {isActive ? (
              <Menu.Item onClick={() => setAsking('deactivate')}>Deactivate</Menu.Item>
            ) : (
              <Menu.Item onClick={() => void activate().catch(notifyFailed)}>Activate</Menu.Item>
            )}
            <Menu.Item color="red" onClick={() => setAsking('delete')}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asking === 'deactivate' && <DeactivateApp app={app} onClose={close} />}
      {asking === 'delete' && (
        <DeleteApp app={app} onClose={close} onDeleted={() => void navigate({ to: '/applications' })} />
      )}
    </>
  )
}
