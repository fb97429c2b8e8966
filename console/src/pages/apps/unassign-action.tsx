import { ActionIcon, Tooltip } from '@mantine/core'
import { X } from 'lucide-react'

export function UnassignAction({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <Tooltip label="Unassign" withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={`Unassign ${name}`} onClick={onClick}>
        <X size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
