import { ActionIcon, Group } from '@mantine/core'
import { ArrowDown, ArrowUp } from 'lucide-react'

interface MoveButtonsProps {
  readonly of: string
  readonly isFirst: boolean
  readonly isLast: boolean
  /** One place up (-1) or down (1). */
  readonly onMove: (by: -1 | 1) => void
}

/** Changes the place of one thing in an order. A button that can't go on keeps the keyboard's focus. */
export function MoveButtons({ of, isFirst, isLast, onMove }: MoveButtonsProps) {
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Move ${of} up`}
        aria-disabled={isFirst}
        data-disabled={isFirst || undefined}
        bg="transparent"
        onClick={() => !isFirst && onMove(-1)}
      >
        <ArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Move ${of} down`}
        aria-disabled={isLast}
        data-disabled={isLast || undefined}
        bg="transparent"
        onClick={() => !isLast && onMove(1)}
      >
        <ArrowDown size={16} />
      </ActionIcon>
    </Group>
  )
}
