import { deleteServer, setServerStatus } from '../../api/authorization-servers.ts'
import { useMay } from '../../api/me.ts'
import type { AuthorizationServer } from '../../api/types.ts'
import { LifecycleMenu } from '../../ui/lifecycle-menu.tsx'

interface ServerMenuProps {
  readonly server: AuthorizationServer
  readonly onDeleted?: () => void
}

/** The default server can be switched off, but not deleted. */
export function ServerMenu({ server: { id, name, status, default: isDefault }, onDeleted }: ServerMenuProps) {
  if (!useMay('okta.authorizationServers.manage')) return null
  async function remove(): Promise<void> {
    await deleteServer(id)
    onDeleted?.()
  }
  return (
    <LifecycleMenu
      of={name}
      kind="authorization server"
      status={status}
      setStatus={(wanted) => setServerStatus(id, wanted)}
      whatStops="Apps that use this issuer can no longer sign anybody in, get or renew tokens, or check them here, until it is active again."
      {...(isDefault ? {} : { remove })}
      whatIsLost="Its scopes, claims, access policies and keys go with it, and the tokens that it has issued are worth nothing any more."
    />
  )
}
