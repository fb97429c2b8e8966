import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function PersonPage() {
  return (
    <Page title="Person">
      <Loading />
    </Page>
  )
}
