import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMe } from '../../api/me.ts'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { ApiTokensTab } from './api-tokens-tab.tsx'
import { AuthorizationServersTab } from './authorization-servers-tab.tsx'
import { TrustedOriginsTab } from './trusted-origins-tab.tsx'

const TABS = [
  {
    value: 'authorization-servers',
    label: 'Authorization Servers',
    permission: 'okta.authorizationServers.read',
    content: <AuthorizationServersTab />,
  },
  { value: 'tokens', label: 'Tokens', permission: 'okta.apiTokens.read', content: <ApiTokensTab /> },
  {
    value: 'trusted-origins',
    label: 'Trusted Origins',
    permission: 'okta.trustedOrigins.read',
    content: <TrustedOriginsTab />,
  },
]

export function ApiPage() {
  const { tab } = useSearch({ from: '/frame/security/api' })
  const navigate = useNavigate({ from: '/security/api' })
  const permissions = useMe()?.permissions ?? []
  return (
    <Page
      title="API"
      description="Who issues tokens for your APIs, which scripts may manage this org, and which origins it trusts."
    >
      <PageTabs
        tabs={TABS.filter(({ permission }) => permissions.includes(permission))}
        value={tab}
        onChange={(value) => void navigate({ search: { tab: value } })}
      />
    </Page>
  )
}
