import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { URL_CORPUS } from '#test/url-corpus.ts'
import { originOf, parseOrigin } from './origin.ts'

// Any UTF-16 at all, half surrogates included.
const anyText = (maxLength = 20) =>
  fc.array(fc.nat({ max: 0xffff }), { maxLength }).map((codes) => String.fromCharCode(...codes))

test('the corpus holds at least 150 different URLs', () => {
  assert.ok(new Set(URL_CORPUS.map(({ text }) => text)).size >= 150)
})

test('an origin of the corpus reads as its normal form or as nothing', () => {
  for (const { text, origin } of URL_CORPUS) assert.equal(parseOrigin(text), origin, JSON.stringify(text))
})

test('the normal form of an origin reads as itself', () => {
  for (const { origin } of URL_CORPUS) if (origin !== undefined) assert.equal(parseOrigin(origin), origin)
})

test('an accepted origin is the one that the URL standard reads', () => {
  for (const { text, origin } of URL_CORPUS) {
    const url = URL.parse(text)
    if (origin !== undefined && url?.origin !== 'null') assert.equal(url?.origin, origin, text)
  }
})

test('the origin of a URL leaves out its path and query', () => {
  const cases: [string, string | undefined][] = [
    ['https://app.example.com/login/callback', 'https://app.example.com'],
    ['HTTPS://App.Example.com:443/login?x=/y@z', 'https://app.example.com'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://app.example.com?x=https://evil.test', 'https://app.example.com'],
    ['https://app.example.com#x', 'https://app.example.com'],
    ['https://user@app.example.com/cb', undefined],
    ['https://app.example.com\\@evil.test/cb', undefined],
    ['https://app.example.com/a\\b', undefined],
    ['https://app%2eexample.com/cb', undefined],
    ['https://*.example.com/cb', undefined],
    ['https://app.example.com:0/cb', undefined],
    ['https://app.example.com/a\nb', undefined],
    ['https:app.example.com/cb', undefined],
    ['//app.example.com/cb', undefined],
    ['com.example.app:/callback', undefined],
    ['ftp://files.example.com/x', undefined],
    ['capacitor://localhost/cb', undefined],
    ['data:text/plain,https://app.example.com', undefined],
    ['null', undefined],
    ['', undefined],
  ]
  for (const [url, origin] of cases) assert.equal(originOf(url), origin, JSON.stringify(url))
})

// Pieces that parsers disagree about, put together at random.
const PIECES = [
  ...[
    'http',
    'https',
    'ftp',
    'ionic',
    'HTTPS',
    'javascript',
    ':',
    '//',
    '/',
    '\\',
    '@',
    '.',
    '..',
    '..;/',
    '%2e',
    '%40',
    '#',
    '?',
  ],
  ...[
    'app.example.com',
    'evil.test',
    'localhost',
    '[::1]',
    '127.1',
    '0x7f',
    'bücher',
    'ａ',
    '。',
    ':443',
    ':80',
    ':0',
    ':65536',
  ],
  ...[' ', '\t', '\n', '\u0000', '\u200b', '*', ';', ',', "'", 'null', 'xn--', '-', '_'],
]
const wildText = fc.oneof(
  anyText(30),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => `https://${pieces.join('')}`),
)

test('whatever is accepted, the URL standard finds the same origin and nothing besides it', () => {
  fc.assert(
    fc.property(wildText, (text) => {
      const origin = parseOrigin(text)
      if (origin === undefined || /^(ionic|capacitor):/.test(origin)) return
      const url = new URL(text)
      assert.equal(url.origin, origin)
      assert.equal(url.href, `${origin}/`)
      assert.equal(parseOrigin(origin), origin)
      assert.equal(originOf(origin), origin.startsWith('ftp:') ? undefined : origin)
    }),
    { numRuns: 5_000 },
  )
})

test('the origin of any URL is the one that the URL standard finds', () => {
  fc.assert(
    fc.property(wildText, (text) => {
      const origin = originOf(text)
      if (origin === undefined) return
      const url = new URL(text)
      assert.equal(url.origin, origin)
      assert.equal(url.username + url.password, '')
    }),
    { numRuns: 5_000 },
  )
})

test('an ordinary origin is always accepted', () => {
  fc.assert(
    fc.property(fc.webAuthority(), (authority) => {
      const url = URL.parse(`https://${authority}`)
      fc.pre(url !== null && url.port !== '0')
      assert.equal(parseOrigin(`https://${authority}`), url.origin)
    }),
  )
})

test('a host longer than any name is none, before a parser looks at it', () => {
  const host = (length: number) => `https://${'a.'.repeat(length / 2 - 1)}aa`
  assert.equal(parseOrigin(host(300)), host(300))
  assert.equal(parseOrigin(host(302)), undefined)
  assert.equal(originOf(`${host(302)}/path`), undefined)
})
