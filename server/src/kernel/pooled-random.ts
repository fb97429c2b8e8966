// Random bytes from a pool: a request draws a few of them many times, and a call of the generator costs more than the bytes it gives.
import type { RandomBytes } from './id.ts'

const POOL_BYTES = 8_192

/** What was given out is erased from the pool: nobody finds a token there that was handed to someone else. */
export function pooledRandom(fill: (bytes: Uint8Array) => void): RandomBytes {
  const pool = new Uint8Array(POOL_BYTES)
  let next = POOL_BYTES
  return (size) => {
    if (size > POOL_BYTES) {
      const bytes = new Uint8Array(size)
      fill(bytes)
      return bytes
    }
    if (next + size > POOL_BYTES) {
      fill(pool)
      next = 0
    }
    const end = next + size
    const bytes = pool.slice(next, end)
    pool.fill(0, next, end)
    next = end
    return bytes
  }
}
