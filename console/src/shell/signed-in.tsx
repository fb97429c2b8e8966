import { Center, Stack, Text, Title } from '@mantine/core'
import { useEffect } from 'react'
import { SIGNED_IN_CHANNEL } from './session-ended.tsx'

/** Where signing in again ends: tells the page that waits, and closes. */
export function SignedIn() {
  useEffect(() => {
    const channel = new BroadcastChannel(SIGNED_IN_CHANNEL)
    channel.postMessage('signed in')
    channel.close()
    window.close()
  }, [])
  return (
    <Center py={80}>
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          You are signed in
        </Title>
        <Text c="dimmed">Go back to the window that you came from. This one can be closed.</Text>
      </Stack>
    </Center>
  )
}
