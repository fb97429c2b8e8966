import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { deriveKey, equalText, keyedHash, open, randomToken, seal, secretKey, tokenHash } from './secret.ts'

const KEY = secretKey(new Uint8Array(32).fill(7))
const OTHER = secretKey(new Uint8Array(32).fill(8))
const PLACE = ['org', 'app_secret', 'sealed', 'row']
const SECRET = 'Zoë’s secret 😀'

describe('a sealed value', () => {
  test('opens with its key at its place', () => {
    for (const text of [SECRET, '', 'x'.repeat(100_000)]) {
      assert.equal(open([KEY], PLACE, seal(KEY, PLACE, text, randomBytes)), text)
    }
  })

  test('says how it is written and by which key, and nothing else', () => {
    const sealed = seal(KEY, PLACE, SECRET, randomBytes)
    assert.match(sealed, /^1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/)
    assert.equal(sealed.split('.')[1], KEY.id)
    assert.ok(!sealed.includes(Buffer.from(SECRET).toString('base64url')))
  })

  test('is never the same twice', () => {
    const sealed = Array.from({ length: 100 }, () => seal(KEY, PLACE, SECRET, randomBytes))
    assert.equal(new Set(sealed).size, 100)
  })

  test('is opened by any key of the ring; the first one seals', () => {
    const old = seal(OTHER, PLACE, SECRET, randomBytes)
    assert.equal(open([KEY, OTHER], PLACE, old), SECRET)
    assert.equal(open([OTHER, KEY], PLACE, old), SECRET)
  })

  test('does not open without its key', () => {
    const sealed = seal(KEY, PLACE, SECRET, randomBytes)
    assert.equal(open([], PLACE, sealed), undefined)
    assert.equal(open([OTHER], PLACE, sealed), undefined)
    const pretending = { id: KEY.id, bytes: OTHER.bytes }
    assert.equal(open([pretending], PLACE, sealed), undefined)
  })

  const ELSEWHERE: readonly (readonly string[])[] = [
    [],
    ['other', 'app_secret', 'sealed', 'row'],
    ['org', 'app', 'sealed', 'row'],
    ['org', 'app_secret', 'mac', 'row'],
    ['org', 'app_secret', 'sealed', 'another'],
    ['org', 'app_secret', 'sealed'],
    ['org', 'app_secret', 'sealed', 'row', ''],
    ['org,app_secret', 'sealed', 'row'],
    ['orgapp_secret', 'sealed', 'row', ''],
    ['org', 'app_secret', 'sealed', 'row"'],
  ]
  for (const place of ELSEWHERE) {
    test(`does not open at ${JSON.stringify(place)}`, () => {
      assert.equal(open([KEY], place, seal(KEY, PLACE, SECRET, randomBytes)), undefined)
    })
  }

  test('does not open with any bit of it turned', () => {
    const [format = '', keyId = '', nonce = '', body = ''] = seal(KEY, PLACE, SECRET, randomBytes).split('.')
    for (const [n, part] of [nonce, body].entries()) {
      const bytes = Buffer.from(part, 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const turned = Buffer.from(bytes)
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const text = turned.toString('base64url')
        const parts = n === 0 ? [format, keyId, text, body] : [format, keyId, nonce, text]
        assert.equal(open([KEY], PLACE, parts.join('.')), undefined)
      }
    }
  })

  test('does not open with any character of it changed, added or taken away', () => {
    const sealed = seal(KEY, PLACE, SECRET, randomBytes)
    for (let at = 0; at < sealed.length; at++) {
      const [before, character, after] = [sealed.slice(0, at), sealed.charAt(at), sealed.slice(at + 1)]
      for (const other of ['A', 'B', '_', '.', '=', '+', ' ', '\n', 'é']) {
        if (other !== character) assert.equal(open([KEY], PLACE, before + other + after), undefined)
        assert.equal(open([KEY], PLACE, before + other + character + after), undefined)
      }
      assert.equal(open([KEY], PLACE, before), undefined)
      assert.equal(open([KEY], PLACE, before + after), undefined)
    }
    for (const suffix of ['A', '=', '==', '.', '.A', '\n', ' '])
      assert.equal(open([KEY], PLACE, sealed + suffix), undefined)
  })

  test('is not put together of two', () => {
    const [one, two] = [seal(KEY, PLACE, 'one', randomBytes), seal(KEY, PLACE, 'two', randomBytes)]
    const [format, keyId, nonce] = one.split('.')
    assert.equal(open([KEY], PLACE, [format, keyId, nonce, two.split('.')[3]].join('.')), undefined)
  })

  for (const text of [
    '',
    '.',
    '...',
    '1...',
    `1.${KEY.id}..`,
    `1.${KEY.id}.AAAAAAAAAAAAAAAA.`,
    `2.${KEY.id}.AAAA.AAAA`,
    'text',
  ]) {
    test(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(open([KEY], PLACE, text), undefined)
    })
  }
})

describe('a secret key', () => {
  test('has at least 256 bits', () => {
    for (const size of [0, 16, 31]) assert.throws(() => secretKey(randomBytes(size)), /at least 32 bytes/)
    for (const size of [32, 64]) assert.equal(secretKey(randomBytes(size)).bytes.length, size)
  })

  test('is named by what it is, in eight characters', () => {
    assert.equal(KEY.id, secretKey(new Uint8Array(32).fill(7)).id)
    assert.notEqual(KEY.id, OTHER.id)
    assert.match(KEY.id, /^[\w-]{8}$/)
  })

  test('gives another key for each purpose', () => {
    const derived = [deriveKey(KEY, 'seal'), deriveKey(KEY, 'mac'), deriveKey(OTHER, 'seal')]
    assert.equal(new Set(derived.map((bytes) => Buffer.from(bytes).toString('hex'))).size, 3)
    for (const bytes of derived) assert.equal(bytes.length, 32)
    assert.deepEqual(deriveKey(KEY, 'seal'), derived[0])
  })
})

test('a token is random bytes in base64url', () => {
  assert.match(randomToken(randomBytes), /^[\w-]{43}$/)
  assert.equal(
    randomToken(() => Uint8Array.of(251, 255, 254), 3),
    '-__-',
  )
  assert.notEqual(randomToken(randomBytes), randomToken(randomBytes))
})

test('a token is kept as its SHA-256, text that people chose under a key', () => {
  // echo -n token | openssl dgst -sha256 -binary | basenc --base64url
  assert.equal(tokenHash('token'), 'PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A')
  const hashes = [keyedHash(KEY.bytes, 'text'), keyedHash(OTHER.bytes, 'text'), keyedHash(KEY.bytes, 'Text')]
  assert.equal(new Set(hashes).size, 3)
  assert.equal(keyedHash(KEY.bytes, 'text'), hashes[0])
})

test('texts are equal when every character is', () => {
  for (const [a, b, equal] of [
    ['', '', true],
    ['secret', 'secret', true],
    ['secret', 'Secret', false],
    ['secret', 'secret ', false],
    ['secret', 'secre', false],
    ['é', 'e\u0301', false],
  ] as const) {
    assert.equal(equalText(a, b), equal)
  }
})
