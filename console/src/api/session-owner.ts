// Whose session this browser has. A page shows what one person may see and holds what they typed: when somebody else signs in, or they
// sign out, in another window, it is loaded anew, and with it everything that it remembers goes.
import { useEffect, useRef } from 'react'
import { useMe } from './me.ts'

const CHANNEL = 'keystead-session-owner'
const NOBODY = ''

/** To be called once, by what surrounds every page. */
export function useSessionOwner(): void {
  const id = useMe()?.id
  const owner = useRef(id)
  useEffect(() => {
    if (id === undefined) return
    owner.current ??= id
    if (owner.current !== id) return window.location.reload()
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }) => {
      if (data !== id) window.location.reload()
    }
    channel.postMessage(id)
    return () => channel.close()
  }, [id])
}

export function announceSignOut(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(NOBODY)
  channel.close()
}
