import { Alert, Button, Group, Stack } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'

interface OneTimeValueProps {
  readonly value: string
  /** What is copied: "activation link". */
  readonly label: string
  /** What it is for, and for how long it is good. */
  readonly children: ReactNode
  readonly done: string
  readonly onDone: () => void
}

/** A secret that is shown this once, to be handed on. */
export function OneTimeValue({ value, label, children, done, onDone }: OneTimeValueProps) {
  return (
    <Stack gap="md">
      <Alert
        color="yellow"
        variant="light"
        icon={<TriangleAlert size={18} />}
        title="This is the only time it is shown"
      >
        {children}
      </Alert>
      <CodeBlock code={value} label={label} />
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          {done}
        </Button>
      </Group>
    </Stack>
  )
}
