import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { RouterAnchor } from '../../ui/router-anchor.tsx'

/** A link of a guide: to another guide within the console, to whatever else as it is. */
export function GuideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const name = /^([\w-]+)\.md$/.exec(href)?.[1]
  if (name === undefined)
    return (
      <Anchor href={href} inherit>
        {children}
      </Anchor>
    )
  return (
    <RouterAnchor to="/guides/$name" params={{ name }} inherit>
      {children}
    </RouterAnchor>
  )
}
