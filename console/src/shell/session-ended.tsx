// The console's session has ended: the person signs in again in a window of their own, and the page goes on with what was typed.
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { meQuery } from '../api/me.ts'
import { announceSessionStart, useSessionEnded } from '../api/session-end.ts'
import { notifyFailed } from '../ui/notify.tsx'

export const SIGNED_IN_CHANNEL = 'keystead-signed-in'
const SIGN_IN = '/admin/sign-in?to=%2Fadmin%2Fsigned-in'

export function SessionEnded() {
  const isEnded = useSessionEnded()
  const client = useQueryClient()

  useEffect(() => {
    if (!isEnded) return
    const channel = new BroadcastChannel(SIGNED_IN_CHANNEL)
    channel.onmessage = () => void goOn()
    return () => channel.close()
  })

  /** The session counts only when it is the same person's. */
  async function goOn(): Promise<void> {
    const before = client.getQueryData(meQuery.queryKey)?.id
    try {
      const me = await client.fetchQuery({ ...meQuery, staleTime: 0 })
      if (before !== undefined && me.id !== before) return window.location.reload()
      announceSessionStart()
      await client.invalidateQueries()
    } catch (error) {
      notifyFailed(error)
    }
  }

  return (
    <Modal
      opened={isEnded}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
      centered
    >
      <Stack>
        <Text size="sm">
          The console signs people out after 15 minutes without a request and after 12 hours at the latest. Sign in
          again in a new window: what you typed here stays.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void goOn()}>
            I have signed in
          </Button>
          <Button component="a" href={SIGN_IN} target="_blank" rel="opener" data-autofocus>
            Sign in again
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
