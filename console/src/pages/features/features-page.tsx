import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/states.tsx'

export function FeaturesPage() {
  return (
    <Page title="Features">
      <Loading />
    </Page>
  )
}
