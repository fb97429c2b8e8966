import { NavLink, type NavLinkProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

const Anchored = (props: NavLinkProps & ComponentProps<'a'>) => <NavLink component="a" {...props} />

/** A line of the navigation that leads to a page of the console. */
export const RouterNavLink = createLink(Anchored)
