import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function RefusedRequestsPage() {
  return (
    <Page title="Refused requests">
      <Loading />
    </Page>
  )
}
