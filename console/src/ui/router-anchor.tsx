import { Anchor } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

/** An anchor that stays within the console. */
export const RouterAnchor = createLink(Anchor<'a'>)
