import { Avatar } from '@mantine/core'
import type { App } from '../../api/types.ts'

/** The app's logo, or its initial on its own ground. */
export function AppLogo({ app, size }: { readonly app: App; readonly size: number }) {
  const [logo] = app._links.logo
  const isOwn = logo !== undefined && !logo.href.startsWith('data:')
  return (
    <Avatar src={isOwn ? logo.href : null} alt="" size={size} radius="sm" color="keystead" aria-hidden="true">
      {app.label.trim().charAt(0).toUpperCase()}
    </Avatar>
  )
}
