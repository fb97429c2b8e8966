// The door to password hashing: argon2id in a child process of low priority, so that hashes never share libuv's pool with
// signatures. What queues for longer than the bound is refused instead of waiting.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism, constants, setPriority } from 'node:os'
import { Refusal } from '#kernel/refusal.ts'

declare const __BUNDLED__: boolean | undefined

export interface Hasher {
  /** A PHC string (`$argon2id$v=19$m=…`). @throws {Refusal} rate_limited when the queue is full */
  hash(password: string): Promise<string>
  /** Compares in the same work whether `stored` is a hash or undefined (an unknown person). @throws {Refusal} rate_limited */
  verify(password: string, stored: string | undefined): Promise<boolean>
  close(): Promise<void>
}

export type HashRequest =
  | { readonly id: number; readonly kind: 'hash'; readonly password: string }
  | { readonly id: number; readonly kind: 'verify'; readonly password: string; readonly stored: string | undefined }

export interface HashAnswer {
  readonly id: number
  readonly value?: string | boolean
  readonly error?: string
}

export const IN_FLIGHT = availableParallelism()
/** At 10–30 ms a hash, about two seconds of work for each core. */
export const QUEUE_MAX = 100 * IN_FLIGHT

interface Waiting {
  resolve(value: string | boolean): void
  reject(error: Error): void
}

/** Starts nothing until the first password comes. */
export function childHasher(): Hasher {
  const waiting = new Map<number, Waiting>()
  let child: ChildProcess | undefined
  let lastId = 0

  function open(): ChildProcess {
    if (child) return child
    const entry = typeof __BUNDLED__ === 'undefined' ? './child.ts' : './hashing-child.js'
    const started = fork(new URL(entry, import.meta.url), {
      serialization: 'advanced',
      env: { UV_THREADPOOL_SIZE: String(IN_FLIGHT) },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    if (started.pid !== undefined) setPriority(started.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    started.on('message', (answer: HashAnswer) => settle(answer))
    started.on('exit', () => {
      if (child === started) child = undefined
      for (const [id, entry] of waiting) {
        waiting.delete(id)
        entry.reject(new Refusal('overloaded'))
      }
    })
    // An idle child must not keep the process alive; while work waits, its channel does.
    started.unref()
    started.channel?.unref()
    child = started
    return started
  }

  function settle(answer: HashAnswer): void {
    const entry = waiting.get(answer.id)
    if (!entry) return
    waiting.delete(answer.id)
    if (waiting.size === 0) child?.channel?.unref()
    if (answer.value === undefined) entry.reject(new Error(answer.error ?? 'hashing failed'))
    else entry.resolve(answer.value)
  }

  function ask(request: HashRequest): Promise<string | boolean> {
    if (waiting.size >= QUEUE_MAX) return Promise.reject(new Refusal('rate_limited'))
    return new Promise((resolve, reject) => {
      const process = open()
      waiting.set(request.id, { resolve, reject })
      process.channel?.ref()
      process.send(request)
    })
  }

  return {
    hash: async (password) => String(await ask({ id: ++lastId, kind: 'hash', password })),
    verify: async (password, stored) => (await ask({ id: ++lastId, kind: 'verify', password, stored })) === true,
    async close() {
      const last = child
      child = undefined
      last?.disconnect()
    },
  }
}
