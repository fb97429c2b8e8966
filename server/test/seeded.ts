// Choices that look random and can be made again: a test prints its seed, and KEYSTEAD_TEST_SEED repeats it.
import { randomInt } from 'node:crypto'

export interface Choices {
  readonly seed: number
  /** An integer from 0 to below the limit. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
}

export function seededChoices(seed = Number(process.env.KEYSTEAD_TEST_SEED ?? randomInt(2 ** 31))): Choices {
  let state = seed
  // Mulberry32: 32 bits of state, good enough for an order.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    seed,
    below,
    pick(list) {
      const chosen = list[below(list.length)]
      if (chosen === undefined) throw new Error('there is nothing to choose from')
      return chosen
    },
  }
}
