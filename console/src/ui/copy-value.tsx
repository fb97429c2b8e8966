import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'

interface CopyValueProps {
  readonly value: string
  /** What is copied, for the button's name: "client ID". */
  readonly label: string
  /** Shown instead of the value, e.g. dots. */
  readonly shown?: string
}

/** A value in monospace with a button that copies it. */
export function CopyValue({ value, label, shown = value }: CopyValueProps) {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex" maw="100%">
      <Code style={{ overflowWrap: 'anywhere' }}>{shown}</Code>
      <CopyAction value={value} label={label} />
    </Group>
  )
}

export function CopyAction({ value, label }: Omit<CopyValueProps, 'shown'>) {
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${label}`} withArrow>
          <ActionIcon
            variant="subtle"
            color={copied ? 'teal' : 'gray'}
            size="sm"
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy ${label}`}
          >
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
