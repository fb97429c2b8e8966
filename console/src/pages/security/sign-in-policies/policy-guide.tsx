import { RouterAnchor } from '../../../ui/router-anchor.tsx'

/** To what all kinds of policies have in common. */
export const PolicyGuide = () => (
  <RouterAnchor to="/guides/$name" params={{ name: 'sign-in-policies' }} inherit>
    Guide
  </RouterAnchor>
)
