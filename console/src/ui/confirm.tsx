// Questions before something that is hard to take back. The dialog names the object; what is gone for good asks for its name.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { sentenceOf } from './api-error.ts'

interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  readonly children: ReactNode
  /** What the button says: "Deactivate". */
  readonly action: string
  /** Has to be typed before the button works. */
  readonly typedName?: string
  readonly danger?: boolean
  readonly onClose: () => void
  /** The dialog closes when it is done, and shows why when it is not. */
  readonly onConfirm: () => Promise<unknown>
}

export function Confirm(props: ConfirmProps) {
  const { opened, title, onClose } = props
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <Question {...props} />}
    </Modal>
  )
}

function Question({ children, action, typedName, danger = true, onClose, onConfirm }: ConfirmProps) {
  const [typed, setTyped] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const isReady = typedName === undefined || typed.trim() === typedName.trim()

  async function confirm(): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void confirm()
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {typedName !== undefined && (
          <TextInput
            label={
              <>
                Type <strong>{typedName}</strong> to confirm
              </>
            }
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {problem !== undefined && (
          <Text c="red" size="sm" role="alert">
            {sentenceOf(problem)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} loading={isBusy} disabled={!isReady}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
