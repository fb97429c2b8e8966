import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function GuidePage() {
  return (
    <Page title="Guide">
      <Loading />
    </Page>
  )
}
