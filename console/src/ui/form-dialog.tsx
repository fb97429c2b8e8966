import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

interface FormDialogProps {
  readonly opened: boolean
  readonly title: string
  readonly onClose: () => void
  readonly size?: string | number
  /** Only its content closes it: not the keyboard, and no button of its own. */
  readonly isLocked?: boolean
  readonly children: ReactNode
}

/** A form in a dialog. A click beside it does not close it: what was typed would be lost. */
export function FormDialog({ opened, title, onClose, size = 560, isLocked = false, children }: FormDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeOnEscape={!isLocked}
      withCloseButton={!isLocked}
      transitionProps={{ exitDuration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened && children}
    </Modal>
  )
}
