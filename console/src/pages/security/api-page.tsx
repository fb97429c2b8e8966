import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function ApiPage() {
  return (
    <Page title="API">
      <Loading />
    </Page>
  )
}
