import { useNavigate, useSearch } from '@tanstack/react-router'
import { Page } from '../../../ui/page.tsx'
import { PageTabs } from '../../../ui/page-tabs.tsx'
import { EnrollmentPoliciesTab } from './enrollment-policies-tab.tsx'
import { PasswordPoliciesTab } from './password-policies-tab.tsx'
import { PolicyGuide } from './policy-guide.tsx'

const TABS = [
  { value: 'password', label: 'Password', content: <PasswordPoliciesTab /> },
  { value: 'enrollment', label: 'Enrollment', content: <EnrollmentPoliciesTab /> },
]

export function AuthenticatorsPage() {
  const { tab } = useSearch({ from: '/frame/security/authenticators' })
  const navigate = useNavigate({ from: '/security/authenticators' })
  return (
    <Page
      title="Authenticators"
      description={
        <>
          With what people prove who they are, and what is asked of it. <PolicyGuide />
        </>
      }
    >
      <PageTabs tabs={TABS} value={tab} onChange={(value) => void navigate({ search: { tab: value } })} />
    </Page>
  )
}
