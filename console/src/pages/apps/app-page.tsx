import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function AppPage() {
  return (
    <Page title="App">
      <Loading />
    </Page>
  )
}
