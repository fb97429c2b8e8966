import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, instant } from '#kernel/instant.ts'
import { publishedKeys, type SigningKey } from './signing-key.ts'

const key = (kid: string, state: SigningKey['state'], expires: Instant | undefined): SigningKey => ({
  ...{ serverId: 'org', kid, state, created: instant(0), expires, sealedPrivate: 'sealed' },
  jwk: { kty: 'RSA', alg: 'RS256', kid, use: 'sig', e: 'AQAB', n: '' },
})

test('a key is published before it signs, while it does, and until what it signed has ended', () => {
  const keys = [
    key('next', 'NEXT', undefined),
    key('active', 'ACTIVE', undefined),
    key('retired', 'RETIRED', instant(1_001)),
    key('ending', 'RETIRED', instant(1_000)),
    key('ended', 'RETIRED', instant(999)),
  ]
  const published = publishedKeys(keys, instant(1_000))
  assert.deepEqual(
    published.map(({ kid }) => kid),
    ['next', 'active', 'retired'],
  )
  assert.ok(!JSON.stringify(published).includes('sealed'))
})
