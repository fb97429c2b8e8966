import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { CodeBlock } from './code-block.tsx'

interface OneTimeValueProps {
  readonly value: string
  /** What is copied: "activation link". */
  readonly label: string
  /** What it is for, and for how long it is good. */
  readonly children: ReactNode
  /** Has to be ticked first: "I have copied the token". */
  readonly assurance?: string
  readonly done: string
  readonly onDone: () => void
}

/** A secret that is shown this once, to be handed on or kept elsewhere. */
export function OneTimeValue({ value, label, children, assurance, done, onDone }: OneTimeValueProps) {
  const [isKept, setKept] = useState(assurance === undefined)
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
      {assurance !== undefined && (
        <Checkbox label={assurance} checked={isKept} onChange={(event) => setKept(event.currentTarget.checked)} />
      )}
      <Group justify="flex-end">
        <Button disabled={!isKept} onClick={onDone} data-autofocus>
          {done}
        </Button>
      </Group>
    </Stack>
  )
}
