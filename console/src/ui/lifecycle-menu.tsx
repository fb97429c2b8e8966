// What can be done with most things: edit, switch on and off, delete. Switching off can be undone; deleting asks for the name.
import { type ReactNode, useState } from 'react'
import { Confirm } from './confirm.tsx'
import { notifyDone, notifyFailed } from './notify.tsx'
import { type RowAction, RowMenu } from './row-menu.tsx'

type Status = 'ACTIVE' | 'INACTIVE'

interface LifecycleMenuProps {
  /** The name of the thing. */
  readonly of: string
  /** What it is: "trusted origin". */
  readonly kind: string
  readonly status?: Status
  readonly onEdit?: () => void
  readonly setStatus?: (status: Status) => Promise<unknown>
  /** What no longer works once it is off; asks before it does it. */
  readonly whatStops?: ReactNode
  readonly remove?: () => Promise<unknown>
  readonly whatIsLost?: ReactNode
  /** Between editing and switching off. */
  readonly more?: readonly RowAction[]
}

export function LifecycleMenu(props: LifecycleMenuProps) {
  const { of, kind, status = 'ACTIVE', onEdit, setStatus, whatStops, remove, whatIsLost, more = [] } = props
  const [asking, setAsking] = useState<'deactivate' | 'delete'>()
  const close = () => setAsking(undefined)

  async function activate(): Promise<void> {
    await setStatus?.('ACTIVE')
    notifyDone(`${of} is active.`)
  }
  async function deactivate(): Promise<void> {
    await setStatus?.('INACTIVE')
    notifyDone(`${of} is deactivated.`, async () => setStatus?.('ACTIVE'))
  }
  async function removeIt(): Promise<void> {
    await remove?.()
    notifyDone(`${of} is deleted.`)
  }

  const actions: RowAction[] = []
  if (onEdit) actions.push({ label: 'Edit', onClick: onEdit })
  actions.push(...more)
  if (setStatus && status === 'INACTIVE')
    actions.push({ label: 'Activate', onClick: () => void activate().catch(notifyFailed) })
  if (setStatus && status === 'ACTIVE')
    actions.push({
      label: 'Deactivate',
      onClick: () => (whatStops === undefined ? void deactivate().catch(notifyFailed) : setAsking('deactivate')),
    })
  if (remove) actions.push({ label: 'Delete', danger: true, onClick: () => setAsking('delete') })
  if (actions.length === 0) return null
  return (
    <>
      <RowMenu of={of} actions={actions} />
      <Confirm
        opened={asking === 'deactivate'}
        title={`Deactivate ${of}?`}
        action="Deactivate"
        onClose={close}
        onConfirm={deactivate}
      >
        {whatStops}
      </Confirm>
      <Confirm
        opened={asking === 'delete'}
        title={`Delete the ${kind} ${of}?`}
        action="Delete"
        typedName={of}
        onClose={close}
        onConfirm={removeIt}
      >
        {whatIsLost}
      </Confirm>
    </>
  )
}
