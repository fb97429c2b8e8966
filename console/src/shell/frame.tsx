import { AppShell, Group, Image, Text } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'

export function Frame() {
  return (
    <AppShell header={{ height: 56 }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Image src={`${import.meta.env.BASE_URL}keystone.svg`} alt="" w={28} h={28} />
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
