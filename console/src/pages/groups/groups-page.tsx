import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function GroupsPage() {
  return (
    <Page title="Groups">
      <Loading />
    </Page>
  )
}
