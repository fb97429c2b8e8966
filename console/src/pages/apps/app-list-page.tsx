import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function AppListPage() {
  return (
    <Page title="Applications">
      <Loading />
    </Page>
  )
}
