import { useParams } from '@tanstack/react-router'
import { Page } from '../../ui/page.tsx'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { Empty } from '../../ui/states.tsx'
import { GUIDES } from './guides.ts'
import { Markdown } from './markdown.tsx'

const CRUMBS = [{ label: 'Guides', to: '/guides' }]

export function GuidePage() {
  const { name } = useParams({ from: '/frame/guides/$name' })
  const guide = GUIDES.find((one) => one.name === name)
  if (!guide)
    return (
      <Page title="Guide" crumbs={CRUMBS}>
        <Empty
          title="There is no guide of that name"
          action={<RouterAnchor to="/guides">Show all guides</RouterAnchor>}
        >
          It may have been renamed since you got the link.
        </Empty>
      </Page>
    )
  return (
    <Page title={guide.title} crumbs={CRUMBS} description={guide.sentence}>
      <Markdown text={guide.text} />
    </Page>
  )
}
