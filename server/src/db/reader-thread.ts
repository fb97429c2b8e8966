// The main thread's side of the reader thread: scans with a deadline, and checkpoints. A query that outlives its deadline can't be
// interrupted from outside, so the thread is ended and a new one serves what comes next.
import { Worker } from 'node:worker_threads'
import type { CompiledQuery } from 'kysely'
import { StoreUnavailable } from './unit.ts'

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
  readonly error?: string
}

export interface Reader {
  query(query: CompiledQuery): Promise<readonly unknown[]>
  checkpoint(): void
  close(): Promise<void>
}

interface Waiting {
  resolve(rows: readonly unknown[]): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

export function startReader(file: string, deadlineMilliseconds: number): Reader {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let lastId = 0
  let checkpointing = false

  function open(): Worker {
    if (worker) return worker
    const entry = typeof __BUNDLED__ === 'undefined' ? './reader.ts' : './db-reader.js'
    const started = new Worker(new URL(entry, import.meta.url), { workerData: { file } })
    started.unref()
    started.on('message', (answer: ReaderAnswer) => settle(answer))
    started.on('error', (error: Error) => fail(started, error))
    started.on('exit', () => fail(started, new Error('the reader thread ended')))
    worker = started
    return started
  }

  function settle(answer: ReaderAnswer): void {
    if (answer.id === 0) checkpointing = false
    const entry = waiting.get(answer.id)
    if (!entry) return
    waiting.delete(answer.id)
    clearTimeout(entry.timer)
    if (answer.rows) entry.resolve(answer.rows)
    else entry.reject(new Error(answer.error ?? 'the scan failed'))
  }

  function fail(ended: Worker, cause: Error): void {
    if (worker !== ended) return
    worker = undefined
    checkpointing = false
    for (const [id, entry] of waiting) {
      waiting.delete(id)
      clearTimeout(entry.timer)
      entry.reject(new StoreUnavailable('the scan was ended', { cause }))
    }
  }

  return {
    query: (query) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const thread = open()
        const timer = setTimeout(() => {
          thread.terminate()
          fail(thread, new Error(`a scan took longer than ${deadlineMilliseconds} ms`))
        }, deadlineMilliseconds)
        waiting.set(id, { resolve, reject, timer })
        const request: ReaderRequest = { id, sql: query.sql, parameters: query.parameters }
        thread.postMessage(request)
      }),
    checkpoint() {
      if (checkpointing) return
      checkpointing = true
      open().postMessage({ id: 0 } satisfies ReaderRequest)
    },
    async close() {
      const last = worker
      worker = undefined
      await last?.terminate()
    },
  }
}
