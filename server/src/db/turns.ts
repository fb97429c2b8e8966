// Whose turn it is at the connections of a database, in the order of arrival. Waiting for a turn is no fault of the database: while turns
// end, everybody waits for theirs, however slow the machine is. Refused is who finds the queue full, and all who wait where nothing
// moves any more.
import { StoreUnavailable } from './unit.ts'

export interface TurnOptions {
  /** How many work at once. */
  readonly most: number
  readonly waitingMost: number
  /** When no turn has ended for so many seconds, the database does not answer. */
  readonly stalledSeconds: number
}

/** Runs the work when its turn comes. @throws {StoreUnavailable} before it has begun */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

interface Waiting {
  begin(): void
  refuse(error: StoreUnavailable): void
}

export function takeTurns({ most, waitingMost, stalledSeconds }: TurnOptions): Turns {
  let waiting: Waiting[] = []
  let working = 0
  let watch: NodeJS.Timeout | undefined
  let still = 0

  /** Seconds are counted, not measured: those in which the process itself could not run are nobody's fault. */
  function look(): void {
    still++
    if (still < stalledSeconds) return
    const refused = waiting
    waiting = []
    rest()
    for (const { refuse } of refused) refuse(new StoreUnavailable('the database does not answer'))
  }

  function rest(): void {
    clearInterval(watch)
    watch = undefined
    still = 0
  }

  function begin(): Promise<void> | undefined {
    if (working < most) {
      working++
      return undefined
    }
    if (waiting.length >= waitingMost) throw new StoreUnavailable('too many wait for the database')
    watch ??= setInterval(look, 1_000).unref()
    return new Promise((resolve, reject) => waiting.push({ begin: resolve, refuse: reject }))
  }

  function end(): void {
    still = 0
    const next = waiting.shift()
    if (next) next.begin()
    else working--
    if (waiting.length === 0) rest()
  }

  return async (work) => {
    await begin()
    try {
      return await work()
    } finally {
      end()
    }
  }
}
