import { Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

/** A button that leads to another page of the console. */
export const RouterButton = createLink(Button<'a'>)
