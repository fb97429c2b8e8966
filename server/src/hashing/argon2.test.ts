import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import { describe, test } from 'node:test'
import { hashPassword, verifyPassword } from './argon2.ts'

const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

/** A hash as another program may have made it. */
function made(password: string, { memory = 64, passes = 1, parallelism = 1, salt = 16, tag = 32 } = {}): string {
  const nonce = Buffer.alloc(salt, 1)
  const input = { message: Buffer.from(password), nonce, parallelism, tagLength: tag, memory, passes }
  const bytes = argon2Sync('argon2id', input)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(nonce)}$${bare(bytes)}`
}

describe('a password', () => {
  test('is hashed in PHC form with the parameters of today, never twice alike', async () => {
    const hashes = await Promise.all(['one', 'one'].map(hashPassword))
    for (const hash of hashes) assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    assert.notEqual(hashes[0], hashes[1])
  })

  for (const password of ['Passw0rd', '', ' ', 'Ünïcödé 😀', 'x'.repeat(10_000), 'with\0zero']) {
    test(`is known again: ${JSON.stringify(password.slice(0, 20))}`, async () => {
      const stored = await hashPassword(password)
      assert.equal(await verifyPassword(password, stored), true)
      assert.equal(await verifyPassword(`${password}.`, stored), false)
    })
  }

  test('is compared to the last character', async () => {
    const stored = made(`${'x'.repeat(100)}a`)
    assert.equal(await verifyPassword(`${'x'.repeat(100)}a`, stored), true)
    for (const wrong of ['x'.repeat(100), `${'x'.repeat(100)}b`, `${'x'.repeat(100)}A`, `${'x'.repeat(100)}a\0`]) {
      assert.equal(await verifyPassword(wrong, stored), false)
    }
  })

  test('is known again under other parameters', async () => {
    for (const options of [{ memory: 256 }, { passes: 3 }, { parallelism: 4 }, { salt: 8 }, { tag: 16 }, { tag: 64 }]) {
      const stored = made('right', options)
      assert.equal(await verifyPassword('right', stored), true)
      assert.equal(await verifyPassword('wrong', stored), false)
    }
  })

  test('of an unknown person is never right', async () => {
    for (const password of ['', 'anything']) assert.equal(await verifyPassword(password, undefined), false)
  })
})

describe('a stored value that is no sound argon2id hash lets nobody in', () => {
  const sound = made('right')
  const UNSOUND: readonly [name: string, stored: string][] = [
    ['empty', ''],
    ['the password itself', 'right'],
    ['another algorithm', sound.replace('argon2id', 'argon2i')],
    ['another version', sound.replace('v=19', 'v=16')],
    ['bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
    ['something before', ` ${sound}`],
    ['something behind', `${sound}\n`],
    ['no tag', sound.replace(/[^$]+$/, '')],
    ['a tag of no byte', sound.replace(/[^$]+$/, 'A')],
    ['a short tag', sound.replace(/[^$]+$/, 'AAAA')],
    ['a short salt', sound.replace(/\$[^$]+(\$[^$]+)$/, '$$AAAA$1')],
    ['no passes', sound.replace('t=1', 't=0')],
    ['no lanes', sound.replace('p=1', 'p=0')],
    ['more lanes than memory', sound.replace('p=1', 'p=9')],
    ['no memory', sound.replace('m=64', 'm=0')],
    ['more memory than there is', sound.replace('m=64', 'm=9999999')],
  ]
  for (const [name, stored] of UNSOUND) {
    test(name, async () => {
      for (const password of ['right', '', stored]) assert.equal(await verifyPassword(password, stored), false)
    })
  }
})
