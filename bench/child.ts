// A server in a process of its own, which ends with the bench at the latest.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Ends the child when it is asked to, and in any case when this process goes. */
export function endWithUs(child: ChildProcess): () => Promise<void> {
  const gone = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  return async () => {
    child.kill('SIGTERM')
    await gone
    process.off('exit', kill)
  }
}

/** @throws Error when the child can't be started or ends before it is ready */
export function untilReady(child: ChildProcess, name: string, isReady: Promise<void>): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`${name} ended before it was ready (${signal ?? code}).`)))
    isReady.then(() => resolve(child.pid ?? 0), reject)
  })
}
