// The door to password hashing: argon2id in a child process of low priority, so that hashes never share libuv's pool with
// signatures. What queues for longer than the bound is refused instead of waiting.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism, constants, setPriority } from 'node:os'
import { Refusal } from '#kernel/refusal.ts'

declare const __BUNDLED__: boolean | undefined

export interface Hasher {
  /** A PHC string (`$argon2id$v=19$m=…`). @throws {Refusal} rate_limited when the queue is full, overloaded when the child dies */
  hash(password: string): Promise<string>
  /** Compares in the same work whether `stored` is a hash or undefined (an unknown person). @throws {Refusal} as `hash` */
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

const IN_FLIGHT = availableParallelism()
/** At 10–30 ms a hash, about two seconds of work for each core. */
const QUEUE_MAX = 100 * IN_FLIGHT
const INHERITED = ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'NODE_COMPILE_CACHE', 'SystemRoot']

interface Waiting {
  resolve(value: string | boolean): void
  reject(error: Error): void
}

interface Running {
  readonly child: ChildProcess
  readonly waiting: Map<number, Waiting>
}

export interface HasherOptions {
  /** How many may wait, those at work among them. */
  readonly queueMax?: number
}

/** Starts nothing until the first password comes. */
export function childHasher({ queueMax = QUEUE_MAX }: HasherOptions = {}): Hasher {
  let running: Running | undefined
  let lastId = 0

  function open(): Running {
    if (running) return running
    const started: Running = { child: forkChild(), waiting: new Map() }
    started.child.on('message', (answer: HashAnswer) => settle(started, answer))
    // One that could not be started, or is gone, takes its work with it; the next password starts another.
    started.child.on('error', () => end(started))
    started.child.on('exit', () => end(started))
    running = started
    return started
  }

  function settle({ child, waiting }: Running, { id, value, error }: HashAnswer): void {
    const entry = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) child.channel?.unref()
    if (value === undefined) entry?.reject(new Error(error ?? 'hashing failed'))
    else entry?.resolve(value)
  }

  function end(ended: Running): void {
    if (running === ended) running = undefined
    if (ended.child.connected) ended.child.disconnect()
    for (const { reject } of ended.waiting.values()) reject(new Refusal('overloaded'))
    ended.waiting.clear()
  }

  function ask(request: HashRequest): Promise<string | boolean> {
    return new Promise((resolve, reject) => {
      const { child, waiting } = open()
      if (waiting.size >= queueMax) return reject(new Refusal('rate_limited'))
      waiting.set(request.id, { resolve, reject })
      child.channel?.ref()
      child.send(request)
    })
  }

  return {
    hash: async (password) => String(await ask({ id: ++lastId, kind: 'hash', password })),
    verify: async (password, stored) => (await ask({ id: ++lastId, kind: 'verify', password, stored })) === true,
    async close() {
      if (running) end(running)
    },
  }
}

function forkChild(): ChildProcess {
  const entry = typeof __BUNDLED__ === 'undefined' ? './child.ts' : './hashing-child.js'
  const child = fork(new URL(entry, import.meta.url), {
    serialization: 'advanced',
    env: childEnvironment(process.env),
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  lowerPriority(child)
  // An idle child must not keep the process alive; while work waits, its channel does.
  child.unref()
  child.channel?.unref()
  return child
}

/** What the child needs to start and to use every core; the secrets among our settings are none of its business. */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const inherited = INHERITED.filter((name) => env[name] !== undefined).map((name) => [name, env[name]])
  return { ...Object.fromEntries(inherited), UV_THREADPOOL_SIZE: String(IN_FLIGHT) }
}

function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It is gone already, which its exit tells.
  }
}
