// How long a start takes until the first answer, on data that is there, and what the server holds in memory when nobody asks anything.
import { setTimeout as wait } from 'node:timers/promises'
import { residentMegabytes } from './cpu.ts'
import { exchange } from './load.ts'
import type { Started } from './subject.ts'

export interface StartUp {
  /** Milliseconds from the start of the process to the first right answer. */
  readonly ready: number
  /** Megabytes of all processes, a while after that answer; undefined where the system does not tell. */
  readonly atRest: number | undefined
}

const REST_MILLISECONDS = 2_000

export async function measureStart(start: () => Promise<Started>, path: string): Promise<StartUp> {
  const began = performance.now()
  const server = await start()
  const { status } = await exchange(undefined, server.url, { method: 'GET', path })
  const ready = performance.now() - began
  if (status !== 200) throw new Error(`${server.url}${path} answered ${status} after a start.`)
  await wait(REST_MILLISECONDS)
  const atRest = residentMegabytes(server.pid)
  await server.stop()
  return { ready, atRest }
}
