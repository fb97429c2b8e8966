import assert from 'node:assert/strict'
import { randomFillSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { pooledRandom } from './pooled-random.ts'

describe('pooled random bytes', () => {
  it('come as many as asked for, whatever is left in the pool', () => {
    const random = pooledRandom(randomFillSync)
    for (const size of [1, 12, 32, 4_096, 8_000, 8_192, 8_193, 20_000, 32]) assert.equal(random(size).length, size)
  })

  it('are drawn from the generator in order, each byte once', () => {
    let count = 0
    const random = pooledRandom((bytes) => {
      for (let index = 0; index < bytes.length; index++) bytes[index] = count++ % 251
    })
    const first = Array.from({ length: 255 }, () => random(32)).flatMap((bytes) => [...bytes])
    assert.deepEqual(
      first,
      first.map((_, index) => index % 251),
    )
  })

  it('never repeat over many fillings of the pool', () => {
    const random = pooledRandom(randomFillSync)
    const seen = new Set(Array.from({ length: 5_000 }, () => Buffer.from(random(16)).toString('hex')))
    assert.equal(seen.size, 5_000)
  })

  it('are the caller’s own: what was given out does not change and is gone from the pool', () => {
    let pool: Uint8Array = new Uint8Array()
    const random = pooledRandom((bytes) => {
      pool = bytes
      bytes.fill(7)
    })
    const first = random(16)
    assert.deepEqual([...pool.slice(0, 17)], [...new Uint8Array(16), 7])
    random(8_192)
    assert.deepEqual([...first], Array(16).fill(7))
  })
})
