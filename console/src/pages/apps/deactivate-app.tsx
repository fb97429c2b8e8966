import { setAppStatus } from '../../api/apps.ts'
import type { App } from '../../api/types.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'

export function DeactivateApp({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  async function deactivate(): Promise<void> {
    await setAppStatus(app.id, 'INACTIVE')
    notifyDone(`${app.label} is inactive.`, () => setAppStatus(app.id, 'ACTIVE'))
  }
  return (
    <Confirm opened title={`Deactivate ${app.label}?`} action="Deactivate" onClose={onClose} onConfirm={deactivate}>
      Nobody can sign in to it any more, and its tokens stop working at once. Its settings and assignments stay; it can
      be activated again.
    </Confirm>
  )
}
