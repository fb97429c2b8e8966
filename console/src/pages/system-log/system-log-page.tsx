import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function SystemLogPage() {
  return (
    <Page title="System Log">
      <Loading />
    </Page>
  )
}
