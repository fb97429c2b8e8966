import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function PeoplePage() {
  return (
    <Page title="People">
      <Loading />
    </Page>
  )
}
