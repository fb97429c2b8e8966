import { Badge } from '@mantine/core'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useGroup } from '../../api/groups.ts'
import { useMay } from '../../api/me.ts'
import type { Group } from '../../api/types.ts'
import { Page } from '../../ui/page.tsx'
import { type PageTab, PageTabs } from '../../ui/page-tabs.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { AppsTab } from './apps-tab.tsx'
import { GROUP_TYPE_WORDS, isOpen } from './group-types.ts'
import { PeopleTab } from './people-tab.tsx'
import { ProfileTab } from './profile-tab.tsx'

const CRUMBS = [{ label: 'Groups', to: '/directory/groups' }]
const FROM = '/frame/directory/groups/$groupId'

export function GroupPage() {
  const { groupId } = useParams({ from: FROM })
  const { data: group, error, refetch } = useGroup(groupId)
  if (group) return <ReadyGroupPage key={group.id} group={group} />
  return (
    <Page title="Group" crumbs={CRUMBS}>
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
    </Page>
  )
}

function ReadyGroupPage({ group }: { readonly group: Group }) {
  const { tab } = useSearch({ from: FROM })
  const navigate = useNavigate()
  const mayReadApps = useMay('okta.apps.read')
  const tabs: readonly PageTab[] = [
    { value: 'people', label: 'People', content: <PeopleTab group={group} /> },
    ...(mayReadApps ? [{ value: 'applications', label: 'Applications', content: <AppsTab group={group} /> }] : []),
    { value: 'profile', label: 'Profile', content: <ProfileTab group={group} /> },
  ]
  return (
    <Page
      title={group.profile.name}
      description={group.profile.description}
      crumbs={CRUMBS}
      mark={
        !isOpen(group) && (
          <Badge variant="default" tt="none" radius="sm">
            {GROUP_TYPE_WORDS[group.type]}
          </Badge>
        )
      }
    >
      <PageTabs
        tabs={tabs}
        value={tab}
        onChange={(next) =>
          void navigate({ to: '/directory/groups/$groupId', params: { groupId: group.id }, search: { tab: next } })
        }
      />
    </Page>
  )
}
