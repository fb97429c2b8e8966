import { Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type LinkButtonProps = ButtonProps & Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>

/** A button that leads to another page of the console: a link, to be opened in a tab of its own as well. */
export const RouterButton = createLink((props: LinkButtonProps) => <Button component="a" {...props} />)
