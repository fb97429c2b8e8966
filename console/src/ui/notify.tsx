// Toasts: what was done, with a way back where there is one; and what failed.
import { Anchor, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { sentenceOf } from './api-error.ts'

const SHOWN_MILLISECONDS = 6_000
const UNDOABLE_MILLISECONDS = 12_000
const CLOSE = { 'aria-label': 'Dismiss' }

/** Says what was done; `undo` takes it back. */
export function notifyDone(message: string, undo?: () => Promise<unknown>): void {
  const id = notifications.show({
    message: undo ? (
      <Group justify="space-between" gap="sm">
        <Text size="sm">{message}</Text>
        <Anchor component="button" type="button" size="sm" fw={600} onClick={() => void takeBack(id, undo)}>
          Undo
        </Anchor>
      </Group>
    ) : (
      message
    ),
    color: 'teal',
    autoClose: undo ? UNDOABLE_MILLISECONDS : SHOWN_MILLISECONDS,
    withBorder: true,
    closeButtonProps: CLOSE,
  })
}

async function takeBack(id: string, undo: () => Promise<unknown>): Promise<void> {
  notifications.hide(id)
  try {
    await undo()
    notifyDone('Undone.')
  } catch (error) {
    notifyFailed(error)
  }
}

/** For what has no field or dialog of its own to say it in. */
export function notifyFailed(error: unknown): void {
  notifications.show({
    message: sentenceOf(error),
    color: 'red',
    autoClose: false,
    withBorder: true,
    role: 'alert',
    closeButtonProps: CLOSE,
  })
}
