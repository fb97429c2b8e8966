import { ScrollArea, Stack, Text } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useMe } from '../api/me.ts'
import { RouterNavLink } from '../ui/router-nav-link.tsx'
import { DASHBOARD, isShown, NAVIGATION, type NavItem } from './nav.ts'

export function SideNavigation() {
  const me = useMe()
  const { pathname } = useLocation()
  const sections = NAVIGATION.map(({ label, items }) => ({ label, items: items.filter((item) => isShown(item, me)) }))
  return (
    <ScrollArea type="auto" h="100%">
      <Stack gap="sm">
        <Item item={DASHBOARD} isHere={pathname === '/'} />
        {sections
          .filter(({ items }) => items.length > 0)
          .map(({ label, items }) => (
            <div key={label}>
              <Text size="xs" c="dimmed" fw={600} px="xs" pb={2}>
                {label}
              </Text>
              {items.map((item) => (
                <Item key={item.to} item={item} isHere={isWithin(pathname, item.to)} />
              ))}
            </div>
          ))}
      </Stack>
    </ScrollArea>
  )
}

/** An app's page has an address of its own, which stands in error texts of Okta. */
const isWithin = (pathname: string, to: string): boolean =>
  pathname === to || pathname.startsWith(`${to}/`) || (to === '/applications' && pathname.startsWith('/app/'))

function Item({ item: { label, to, icon: Icon }, isHere }: { readonly item: NavItem; readonly isHere: boolean }) {
  return (
    <RouterNavLink
      to={to}
      label={label}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
      leftSection={<Icon size={17} aria-hidden="true" />}
      py={6}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  )
}
