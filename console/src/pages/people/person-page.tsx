import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMay } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import { STATUS_WORDS } from '../../api/user-status.ts'
import { userName, useUser } from '../../api/users.ts'
import { Page } from '../../ui/page.tsx'
import { type PageTab, PageTabs } from '../../ui/page-tabs.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { AppsTab } from './apps-tab.tsx'
import { GroupsTab } from './groups-tab.tsx'
import { PersonMenu } from './person-menu.tsx'
import { ProfileTab } from './profile-tab.tsx'
import { RolesTab } from './roles-tab.tsx'
import { TokensTab } from './tokens-tab.tsx'

const CRUMBS = [{ label: 'People', to: '/directory/people' }]
const FROM = '/frame/directory/people/$userId'

export function PersonPage() {
  const { userId } = useParams({ from: FROM })
  const { data: user, error, refetch } = useUser(userId)
  if (user) return <ReadyPersonPage key={user.id} user={user} />
  return (
    <Page title="Person" crumbs={CRUMBS}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
    </Page>
  )
}

function ReadyPersonPage({ user }: { readonly user: User }) {
  const { tab } = useSearch({ from: FROM })
  const navigate = useNavigate()
  const mayReadApps = useMay('okta.apps.read')
  const mayReadRoles = useMay('okta.roles.read')
  const tabs: readonly PageTab[] = [
    ...(mayReadApps ? [{ value: 'applications', label: 'Applications', content: <AppsTab user={user} /> }] : []),
    { value: 'groups', label: 'Groups', content: <GroupsTab user={user} /> },
    { value: 'profile', label: 'Profile', content: <ProfileTab user={user} /> },
    ...(mayReadRoles ? [{ value: 'roles', label: 'Admin roles', content: <RolesTab user={user} /> }] : []),
    { value: 'tokens', label: 'Tokens', content: <TokensTab user={user} /> },
  ]
  return (
    <Page
      title={userName(user)}
      description={user.profile.login}
      crumbs={CRUMBS}
      mark={<StatusBadge status={user.status} label={STATUS_WORDS[user.status]} />}
      actions={<PersonMenu user={user} />}
    >
      <PageTabs
        tabs={tabs}
        value={tab}
        onChange={(next) =>
          void navigate({ to: '/directory/people/$userId', params: { userId: user.id }, search: { tab: next } })
        }
      />
    </Page>
  )
}
