// The console's session may end while a page is open. Whoever calls the API says so here, the frame asks the person to sign in again,
// and what was typed stays where it is.
import { useSyncExternalStore } from 'react'

let ended = false
const listeners = new Set<() => void>()

function set(value: boolean): void {
  ended = value
  for (const listener of listeners) listener()
}

export const announceSessionEnd = (): void => set(true)
export const announceSessionStart = (): void => set(false)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => ended)
