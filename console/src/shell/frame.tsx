// The frame of every page: header, side navigation, and what can appear over any page.
import { ActionIcon, AppShell, Burger, Button, Group, Kbd, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useLocation } from '@tanstack/react-router'
import { CodeXml, Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useRecentCalls } from '../api/recent-calls.ts'
import { useSessionOwner } from '../api/session-owner.ts'
import { RouterAnchor } from '../ui/router-anchor.tsx'
import { Logo } from './logo.tsx'
import { SessionEnded } from './session-ended.tsx'
import { SideNavigation } from './side-navigation.tsx'
import { SkipLink } from './skip-link.tsx'
import { UserMenu } from './user-menu.tsx'

const ApiCalls = lazy(() => import('./api-calls.tsx').then(({ ApiCalls }) => ({ default: ApiCalls })))
const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })))

export function Frame() {
  const [navOpened, nav] = useDisclosure(false)
  const [callsOpened, callsDrawer] = useDisclosure(false)
  const [palette, openPalette] = usePalette()
  const { pathname } = useLocation()
  const calls = useRecentCalls()
  useSessionOwner()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that is reached closes the menu that led there
  useEffect(nav.close, [pathname])
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !navOpened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={navOpened} onClick={nav.toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <RouterAnchor to="/" underline="never" c="inherit">
              <Group gap={8} wrap="nowrap">
                <Logo size={26} />
                <Text fw={650}>Keystead</Text>
                <Text c="dimmed" size="sm" visibleFrom="md">
                  Admin Console
                </Text>
              </Group>
            </RouterAnchor>
          </Group>
          <Group gap={6} wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              leftSection={<Search size={14} />}
              rightSection={<Kbd size="xs">Ctrl K</Kbd>}
              onClick={openPalette}
              visibleFrom="xs"
            >
              Search or jump to…
            </Button>
            <ActionIcon
              variant="default"
              hiddenFrom="xs"
              size={30}
              aria-label="Search or jump to…"
              onClick={openPalette}
            >
              <Search size={16} />
            </ActionIcon>
            <Tooltip label="What was just done, as API calls" withArrow>
              <ActionIcon
                variant={calls.length > 0 ? 'light' : 'default'}
                size={30}
                aria-label="As API call"
                onClick={callsDrawer.open}
              >
                <CodeXml size={16} />
              </ActionIcon>
            </Tooltip>
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Main">
        <SideNavigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
      <SessionEnded />
      <Suspense>
        {callsOpened && <ApiCalls onClose={callsDrawer.close} />}
        {palette > 0 && <Palette opening={palette} />}
      </Suspense>
    </AppShell>
  )
}

/** How often the palette was asked for, by Ctrl-K or by button: it is loaded at the first time. */
function usePalette(): readonly [number, () => void] {
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setAsked((count) => count + 1)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return [asked, () => setAsked((count) => count + 1)]
}
