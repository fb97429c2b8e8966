import { type ReactNode, useRef, useState } from 'react'
import { Confirm } from '../../ui/confirm.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { OneTimeValue } from '../../ui/one-time-value.tsx'
import { type Secret, secretText } from './secret-text.ts'

interface IssueSecretProps {
  readonly secret: Secret
  readonly name: string
  readonly title: string
  readonly action: string
  /** What happens when it is asked for. */
  readonly children: ReactNode
  /** Undefined where none is needed. */
  readonly issue: () => Promise<string | undefined>
  readonly onClose: () => void
}

/** Asks first, and then shows what is to be handed over. */
export function IssueSecret({ secret, name, title, action, children, issue, onClose }: IssueSecretProps) {
  const [value, setValue] = useState<string>()
  const isShown = useRef(false)
  const text = secretText(secret, name)

  async function ask(): Promise<void> {
    const issued = await issue()
    isShown.current = issued !== undefined
    setValue(issued)
  }
  return (
    <>
      <Confirm
        opened={value === undefined}
        title={title}
        action={action}
        danger={false}
        onClose={() => (isShown.current ? undefined : onClose())}
        onConfirm={ask}
      >
        {children}
      </Confirm>
      <FormDialog opened={value !== undefined} isLocked title={text.title} onClose={() => undefined}>
        <OneTimeValue value={value ?? ''} label={text.label} done="Done" onDone={onClose}>
          {text.explanation}
        </OneTimeValue>
      </FormDialog>
    </>
  )
}
