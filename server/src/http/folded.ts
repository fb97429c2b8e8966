// One line a minute for the operator of what may happen thousands of times.
import { type Instant, MINUTE } from '#kernel/instant.ts'

type Say = (facts: object, message: string) => void

/** Says the first of each message in a minute; how many were passed over is told with the next that is said. */
export function folded(now: () => Instant, say: Say): Say {
  const said = new Map<string, { minute: number; others: number }>()
  return (facts, message) => {
    const minute = Math.floor(now() / MINUTE)
    const last = said.get(message)
    if (last?.minute === minute) {
      last.others += 1
      return
    }
    said.set(message, { minute, others: 0 })
    say(last && last.others > 0 ? { ...facts, passedOver: last.others } : facts, message)
  }
}
