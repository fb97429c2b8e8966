import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function GuidesPage() {
  return (
    <Page title="Guides">
      <Loading />
    </Page>
  )
}
