// The main thread's side of the reader thread: hands it scans, ends those that take too long, and asks for checkpoints. A query can't
// be interrupted from outside, so the thread goes with it (as soon as SQLite lets go of it) and a new one serves the others.
import { Worker } from 'node:worker_threads'
import type { CompiledQuery } from 'kysely'
import { StoreUnavailable, UnstorableText } from './unit.ts'

declare const __BUNDLED__: boolean | undefined

export interface ReaderRequest {
  readonly id: number
  /** Absent: a checkpoint. */
  readonly sql?: string
  readonly parameters?: readonly unknown[]
}

export interface ReaderAnswer {
  readonly id: number
  readonly rows?: readonly unknown[]
  readonly error?: { readonly name: string; readonly message: string }
}

export interface Reader {
  query(query: CompiledQuery): Promise<readonly unknown[]>
  checkpoint(): void
  close(): Promise<void>
}

interface Scan {
  readonly request: ReaderRequest
  resolve(rows: readonly unknown[]): void
  reject(error: Error): void
  readonly deadline: NodeJS.Timeout
}

const CHECKPOINT: ReaderRequest = { id: 0 }

export function startReader(file: string, deadlineMilliseconds: number): Reader {
  /** In the order in which they came, and so in which the thread takes them. */
  const scans = new Map<number, Scan>()
  let thread: Worker | undefined
  let lastId = CHECKPOINT.id
  let checkpointing = false

  function open(): Worker {
    if (thread) return thread
    const entry = typeof __BUNDLED__ === 'undefined' ? './reader.ts' : './db-reader.js'
    const started = new Worker(new URL(entry, import.meta.url), { workerData: { file } })
    started.unref()
    started.on('message', (answer: ReaderAnswer) => settle(started, answer))
    started.on('error', (error: Error) => lose(started, error))
    started.on('exit', () => lose(started, new Error('the reader thread ended')))
    thread = started
    return started
  }

  function leave(): Worker | undefined {
    const last = thread
    thread = undefined
    checkpointing = false
    return last
  }

  function take(id: number): Scan | undefined {
    const scan = scans.get(id)
    scans.delete(id)
    clearTimeout(scan?.deadline)
    return scan
  }

  function settle(from: Worker, { id, rows, error }: ReaderAnswer): void {
    if (from !== thread) return
    if (id === CHECKPOINT.id) checkpointing = false
    const scan = take(id)
    if (rows) scan?.resolve(rows)
    else scan?.reject(revive(error))
  }

  function lose(ended: Worker, cause: Error): void {
    if (ended !== thread) return
    leave()
    rejectAll(new StoreUnavailable('the scan was ended', { cause }))
  }

  function rejectAll(error: Error): void {
    for (const id of scans.keys()) take(id)?.reject(error)
  }

  /** The oldest scan is the one that runs: the others begin again on a new thread. */
  function endOverdue(id: number): void {
    void leave()?.terminate()
    take(id)?.reject(new StoreUnavailable(`a scan took longer than ${deadlineMilliseconds} ms`))
    for (const { request, deadline } of scans.values()) {
      deadline.refresh()
      open().postMessage(request)
    }
  }

  return {
    query: ({ sql, parameters }) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const request = { id, sql, parameters }
        const deadline = setTimeout(() => endOverdue(id), deadlineMilliseconds)
        scans.set(id, { request, resolve, reject, deadline })
        open().postMessage(request)
      }),
    checkpoint() {
      if (checkpointing) return
      checkpointing = true
      open().postMessage(CHECKPOINT)
    },
    async close() {
      rejectAll(new StoreUnavailable('the database is closed'))
      await leave()?.terminate()
    },
  }
}

const revive = (error: ReaderAnswer['error']): Error =>
  error?.name === 'UnstorableText' ? new UnstorableText() : new Error(error?.message ?? 'the scan failed')
