import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function GroupPage() {
  return (
    <Page title="Group">
      <Loading />
    </Page>
  )
}
