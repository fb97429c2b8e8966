import { RouterAnchor } from '../ui/router-anchor.tsx'
import { Empty } from '../ui/states.tsx'

export function NoSuchPage() {
  return (
    <Empty title="There is no such page" action={<RouterAnchor to="/">To the dashboard</RouterAnchor>}>
      The address may be of another version of the console, or mistyped.
    </Empty>
  )
}
