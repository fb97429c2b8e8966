import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function NewAppPage() {
  return (
    <Page title="New app">
      <Loading />
    </Page>
  )
}
