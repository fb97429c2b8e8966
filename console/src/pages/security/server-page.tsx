import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function ServerPage() {
  return (
    <Page title="Server">
      <Loading />
    </Page>
  )
}
