// Writes of what may wait in memory for a moment: many together in one commit, and tried again while the store can't take them.

export interface DelayedWrite {
  /** Something waits: it is written in 200 ms at the latest. */
  schedule(): void
  /** Writes what waits now, one write at a time. */
  flush(): Promise<void>
}

export interface DelayedWork {
  /** Takes what waits and writes it; puts it back where the store could not take it. */
  write(): Promise<void>
  isEmpty(): boolean
  onError(error: unknown): void
}

const WAIT_MILLISECONDS = 200
const RETRY_MILLISECONDS_MAX = 10_000

export function delayedWrite(work: DelayedWork): DelayedWrite {
  let timer: NodeJS.Timeout | undefined
  let wait = WAIT_MILLISECONDS
  let writing = Promise.resolve()

  function schedule(): void {
    timer ??= setTimeout(() => {
      flush().then(
        () => {
          wait = WAIT_MILLISECONDS
        },
        (error: unknown) => {
          work.onError(error)
          wait = Math.min(wait * 2, RETRY_MILLISECONDS_MAX)
          if (!work.isEmpty()) schedule()
        },
      )
    }, wait).unref()
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.catch(() => undefined).then(work.write)
    return writing
  }

  return { schedule, flush }
}
