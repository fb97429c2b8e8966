import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { Copy, LayoutGrid, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useMe } from '../api/me.ts'
import { signOut } from '../api/sign-out.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'

const SCHEMES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'auto', label: 'As the system', icon: Monitor },
] as const

export function UserMenu() {
  const me = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (!me) return <Avatar size={30} radius="xl" />
  const domain = new URL(me.org.url).host
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={`${me.name}, ${me.org.name}`} style={{ borderRadius: '50%' }}>
          <Avatar size={30} radius="xl" color="keystead">
            <UserRound size={17} aria-hidden="true" />
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="bright">
            {me.name}
          </Text>
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {me.login}
          </Text>
        </Menu.Label>
        <Menu.Item
          leftSection={<Copy size={14} />}
          onClick={() => {
            navigator.clipboard.writeText(domain).then(() => notifyDone(`${domain} is copied.`), notifyFailed)
          }}
        >
          <Text size="sm">{domain}</Text>
          <Text size="xs" c="dimmed">
            Copy the org's domain
          </Text>
        </Menu.Item>
        <Menu.Item component="a" href={`${me.org.url}/app/UserHome`} leftSection={<LayoutGrid size={14} />}>
          <Text size="sm">My apps</Text>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} />}
            onClick={() => setColorScheme(value)}
            aria-current={colorScheme === value}
            fw={colorScheme === value ? 600 : undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={14} />} onClick={() => void signOut().catch(notifyFailed)}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
