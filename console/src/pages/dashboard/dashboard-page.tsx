import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function DashboardPage() {
  return (
    <Page title="Dashboard">
      <Loading />
    </Page>
  )
}
