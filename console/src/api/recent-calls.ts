// What the console changed since it was opened, as calls of the API, newest first. Nothing leaves the page.
import { useSyncExternalStore } from 'react'

export interface RecentCall {
  readonly id: number
  readonly method: string
  readonly path: string
  readonly body: unknown
}

const KEPT = 30

let calls: readonly RecentCall[] = []
let lastId = 0
const listeners = new Set<() => void>()

export function rememberCall(call: Omit<RecentCall, 'id'>): void {
  lastId += 1
  calls = [{ ...call, id: lastId }, ...calls].slice(0, KEPT)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useRecentCalls = (): readonly RecentCall[] => useSyncExternalStore(subscribe, () => calls)
