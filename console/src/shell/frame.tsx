import { AppShell, Group, Text } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { Logo } from './logo.tsx'

export function Frame() {
  return (
    <AppShell header={{ height: 56 }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Logo size={28} />
          <Text fw={600} size="lg">
            Keystead
          </Text>
          <Text c="dimmed" visibleFrom="xs">
            Admin Console
          </Text>
        </Group>
      </AppShell.Header>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}
