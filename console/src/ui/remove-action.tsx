import { ActionIcon, Tooltip } from '@mantine/core'
import { X } from 'lucide-react'

interface RemoveActionProps {
  /** "Unassign". */
  readonly action: string
  readonly name: string
  readonly onClick: () => void
}

/** Takes one row out of a list. */
export function RemoveAction({ action, name, onClick }: RemoveActionProps) {
  return (
    <Tooltip label={action} withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={`${action} ${name}`} onClick={onClick}>
        <X size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
