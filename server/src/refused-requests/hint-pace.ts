// How often the log explains: each kind of refused request once a minute, and so many kinds at most, whatever is sent.
import { type Instant, MINUTE } from '#kernel/instant.ts'
import type { RefusedRequest } from './refused-request.ts'

const KINDS_A_MINUTE = 60

export interface HintPace {
  /** Which of them are told now, and how many requests were passed over before these. */
  pick(
    requests: readonly RefusedRequest[],
    now: Instant,
  ): { readonly told: readonly RefusedRequest[]; readonly passedOver: number }
}

export function hintPace(most = KINDS_A_MINUTE): HintPace {
  let minute = Number.NaN
  let known = new Set<string>()
  let waiting = 0
  return {
    pick(requests, now) {
      const current = Math.floor(now / MINUTE)
      if (current !== minute) known = new Set()
      minute = current
      const told: RefusedRequest[] = []
      const passedOver = waiting
      for (const request of requests) {
        if (known.has(request.id) || known.size >= most) waiting += request.count
        else {
          known.add(request.id)
          told.push(request)
        }
      }
      if (told.length > 0) waiting -= passedOver
      return { told, passedOver: told.length > 0 ? passedOver : 0 }
    },
  }
}
