import { deleteApp } from '../../api/apps.ts'
import type { App } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'

interface DeleteAppProps {
  readonly app: App
  readonly onClose: () => void
  readonly onDeleted?: () => void
}

export function DeleteApp({ app, onClose, onDeleted }: DeleteAppProps) {
  async function remove(): Promise<void> {
    await deleteApp(app)
    notifyDone(`${app.label} is deleted.`)
    onDeleted?.()
  }
  return (
    <Confirm
      opened
      title={`Delete ${app.label}?`}
      action="Delete"
      typedName={app.label}
      onClose={onClose}
      onConfirm={remove}
    >
      Its client ID, secrets, assignments and tokens are gone for good: whatever is configured with them stops working.
      {app.status === 'ACTIVE' && ' It is deactivated first.'}
    </Confirm>
  )
}
