import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { URL_CORPUS } from '#test/url-corpus.ts'
import { type Origin, parseOrigin } from './origin.ts'
import { matchesRedirectOrigin, matchesRedirectUri, parseRedirectUri, validWildcard } from './redirect-uri.ts'

const accepts = (text: string, applicationType: 'web' | 'browser' | 'native' | 'service') =>
  parseRedirectUri(text, { applicationType }).ok

// Any UTF-16 at all, half surrogates included.
const anyText = (maxLength = 20) =>
  fc.array(fc.nat({ max: 0xffff }), { maxLength }).map((codes) => String.fromCharCode(...codes))

test('each URI of the corpus may be registered by the types of app that it is meant for', () => {
  for (const { text, redirect } of URL_CORPUS) {
    assert.equal(accepts(text, 'browser'), redirect === 'any', JSON.stringify(text))
    assert.equal(accepts(text, 'web'), redirect !== 'none', JSON.stringify(text))
    assert.equal(accepts(text, 'native'), redirect !== 'none', JSON.stringify(text))
    assert.equal(accepts(text, 'service'), false, JSON.stringify(text))
  }
})

test('what is accepted is kept exactly as it was written', () => {
  for (const text of ['HTTPS://App.example.com:443/A/../b?x=%2F', 'com.example.app:/callback']) {
    assert.deepEqual(parseRedirectUri(text, { applicationType: 'native' }), { ok: true, uri: text })
  }
})

test('a refused URI comes with a sentence that names the fault', () => {
  const cases: [string, RegExp][] = [
    [
      'https://example:0000.com/login',
      /'example:0000\.com' is not a host with a port: after the colon stands '0000\.com'/,
    ],
    ['https://app.example.com:0/cb', /a port is a number from 1 to 65535/],
    ['https://[::1]:99999/cb', /after the colon stands '99999'/],
    ['https://256.256.256.256/cb', /'256\.256\.256\.256' is not a host name/],
    ['https://[::1/cb', /is not a host/],
    ['', /empty/],
    [`https://app.example.com/${'a'.repeat(1001)}`, /longer than 1024 characters/],
    ['https://app.example.com/a b', /white space or control/],
    ['https://app.example.com/\u0000', /white space or control/],
    ['/login/callback', /must be absolute/],
    ['//app.example.com/cb', /must be absolute/],
    ['localhost:8080/login/callback', /has no scheme: write 'http:\/\/localhost:8080\/login\/callback'/],
    ['JaVaScRiPt:alert(1)', /The scheme 'javascript:' is not allowed/],
    ['https://app.example.com/#/cb', /fragment/],
    ['https://bücher.example/cb', /Write it as 'https:\/\/xn--bcher-kva\.example\/cb'/],
    ['https://app.example.com/%zz', /percent-encod/],
    ['https://user@app.example.com/cb', /user name or password/],
    ['https://app%2eexample.com/cb', /percent-encoded/],
    ['https:/app.example.com/cb', /names no host/],
    ['https://*.example.com/cb', /asterisk/],
    ['com.example.app:', /Nothing follows/],
  ]
  for (const [text, sentence] of cases) {
    const parsed = parseRedirectUri(text, { applicationType: 'web' })
    assert.ok(!parsed.ok, JSON.stringify(text))
    assert.match(parsed.sentence, sentence)
  }
  const spa = parseRedirectUri('com.example.app:/callback', { applicationType: 'browser' })
  assert.match(spa.ok ? '' : spa.sentence, /single-page app needs a URI with http or https/)
})

test('1024 characters are allowed, 1025 are not', () => {
  const of = (length: number) => 'https://app.example.com/'.padEnd(length, 'a')
  assert.equal(accepts(of(1024), 'web'), true)
  assert.equal(accepts(of(1025), 'web'), false)
})

const WILDCARDS: [string, boolean][] = [
  ['https://*.example.com', true],
  ['https://*.example.com/login/callback?x=1', true],
  ['https://pr-*.example.com/cb', true],
  ['https://*-staging.example.com:8443/cb', true],
  ['https://pr-*-web.preview.example.co.uk/cb', true],
  ['https://*.my-app.vercel.app/cb', true],
  ['https://*.example.co.uk/cb', true],
  ['http://*.example.com/cb', false],
  ['HTTPS://*.example.com/cb', false],
  ['https://*.com/cb', false],
  ['https://*/cb', false],
  ['https://*.localhost/cb', false],
  ['https://*.co.uk/cb', false],
  ['https://*.com.au/cb', false],
  ['https://*.vercel.app/cb', false],
  ['https://*.github.io/cb', false],
  ['https://app.*.example.com/cb', false],
  ['https://app.*.com/cb', false],
  ['https://*.*.example.com/cb', false],
  ['https://**.example.com/cb', false],
  ['https://*.example.com/*', false],
  ['https://app.example.com/*', false],
  ['https://app.example.com/cb?x=*', false],
  ['https://*example.com/cb', false],
  ['https://*.example.com:*/cb', false],
  ['https://*.example.com:0/cb', false],
  ['https://*.example.com:99999/cb', false],
  ['https://*.example.com./cb', false],
  ['https://*..example.com/cb', false],
  ['https://*.EXAMPLE.com/cb', false],
  ['https://*.example%2ecom/cb', false],
  ['https://*.exa mple.com/cb', false],
  ['https://*@example.com/cb', false],
  ['https://user@*.example.com/cb', false],
  ['https://*.example.com@evil.test/cb', false],
  ['https://*.example.com\\@evil.test/cb', false],
  ['https://*.example.com/cb#x', false],
  ['https://*.0.0.1/cb', false],
  ['https://*.[::1]/cb', false],
  ['https://*.bücher.example/cb', false],
  ['//*.example.com/cb', false],
  ['myapp://*.example.com/cb', false],
  ['*', false],
  ['', false],
]

test('a wildcard is one asterisk in the lowest-level label of an https host that has one owner', () => {
  for (const [uri, valid] of WILDCARDS) {
    assert.equal(validWildcard(uri), valid, uri)
    assert.equal(parseRedirectUri(uri, { applicationType: 'browser', wildcard: 'SUBDOMAIN' }).ok, valid, uri)
    assert.equal(parseRedirectUri(uri, { applicationType: 'browser', wildcard: 'DISABLED' }).ok, false, uri)
  }
})

test('a URI without an asterisk may be registered whether wildcards are allowed or not', () => {
  for (const wildcard of ['SUBDOMAIN', 'DISABLED'] as const) {
    assert.equal(parseRedirectUri('https://app.example.com/cb', { applicationType: 'web', wildcard }).ok, true)
  }
})

test('a presented URI matches a registered one only character by character', () => {
  const registered = ['https://app.example.com/login/callback', 'http://localhost:8080/cb?x=1', 'com.example.app:/cb']
  for (const uri of registered) assert.equal(matchesRedirectUri(registered, 'DISABLED', uri), true)
  for (const { text } of URL_CORPUS) {
    assert.equal(matchesRedirectUri(registered, 'SUBDOMAIN', text), registered.includes(text), JSON.stringify(text))
  }
  const others = [
    'https://app.example.com/login/callback/',
    'https://app.example.com/login/Callback',
    'https://APP.example.com/login/callback',
    'https://app.example.com:443/login/callback',
    'https://app.example.com/login/callback?',
    'https://app.example.com/login/callback#',
    'https://app.example.com/login/callback/../evil',
    'https://app.example.com/x/../login/callback',
    'https://app.example.com/login%2Fcallback',
    'https://app.example.com/..;/login/callback',
    'https://evil@app.example.com/login/callback',
    ' https://app.example.com/login/callback',
    'https://app.example.com/login/callback\n',
    'http://localhost:8081/cb?x=1',
    'http://127.0.0.1:8080/cb?x=1',
    'http://localhost:8080/cb',
    'http://localhost:8080/cb?x=1&y=2',
    'COM.example.app:/cb',
    '',
  ]
  for (const uri of others) assert.equal(matchesRedirectUri(registered, 'SUBDOMAIN', uri), false, JSON.stringify(uri))
})

test('an empty list matches nothing', () => {
  assert.equal(matchesRedirectUri([], 'SUBDOMAIN', 'https://app.example.com/cb'), false)
  assert.equal(matchesRedirectUri([], 'DISABLED', ''), false)
})

const PATTERN = 'https://pr-*.example.com/cb?x=1'

test('a wildcard stands for letters, digits and hyphens of one label', () => {
  const cases: [string, boolean][] = [
    ['https://pr-1.example.com/cb?x=1', true],
    ['https://pr-feature-2.example.com/cb?x=1', true],
    ['https://pr-.example.com/cb?x=1', false],
    ['https://pr--.example.com/cb?x=1', false],
    ['https://pr-1-.example.com/cb?x=1', false],
    ['https://pr-*.example.com/cb?x=1', false],
    ['https://xx-1.example.com/cb?x=1', false],
    ['https://pr-1.a.example.com/cb?x=1', false],
    ['https://a.pr-1.example.com/cb?x=1', false],
    ['https://pr-1.example.com.evil.test/cb?x=1', false],
    ['https://pr-1.evilexample.com/cb?x=1', false],
    ['https://pr-1.example.com:443/cb?x=1', false],
    ['https://pr-1.example.com:8443/cb?x=1', false],
    ['https://pr-1.example.com./cb?x=1', false],
    ['http://pr-1.example.com/cb?x=1', false],
    ['https://PR-1.example.com/cb?x=1', false],
    ['https://pr-A.example.com/cb?x=1', false],
    ['https://pr-1.EXAMPLE.com/cb?x=1', false],
    ['https://pr-1.example.com/cb?x=2', false],
    ['https://pr-1.example.com/cb', false],
    ['https://pr-evil.test/.example.com/cb?x=1', false],
    ['https://pr-evil.test\\.example.com/cb?x=1', false],
    ['https://pr-evil.test?.example.com/cb?x=1', false],
    ['https://pr-evil.test#.example.com/cb?x=1', false],
    ['https://pr-a@evil.test/.example.com/cb?x=1', false],
    ['https://pr-a@pr-1.example.com/cb?x=1', false],
    ['https://pr-1%2eevil.example.com/cb?x=1', false],
    ['https://pr-1%2Fevil.example.com/cb?x=1', false],
    ['https://pr-1。evil.example.com/cb?x=1', false],
    ['https://pr-ü.example.com/cb?x=1', false],
    ['https://pr-１.example.com/cb?x=1', false],
    ['https://pr-1\n.example.com/cb?x=1', false],
    ['https://pr-$&.example.com/cb?x=1', false],
    [`https://pr-${'a'.repeat(60)}.example.com/cb?x=1`, true],
    [`https://pr-${'a'.repeat(61)}.example.com/cb?x=1`, false],
    ['', false],
  ]
  for (const [presented, matches] of cases) {
    assert.equal(matchesRedirectUri([PATTERN], 'SUBDOMAIN', presented), matches, JSON.stringify(presented))
    assert.equal(matchesRedirectUri([PATTERN], 'DISABLED', presented), false, JSON.stringify(presented))
  }
})

test('an asterisk beside other characters of a label stands for one character at least', () => {
  const of = (label: string) =>
    matchesRedirectUri(['https://a*b.example.com/cb'], 'SUBDOMAIN', `https://${label}.example.com/cb`)
  assert.deepEqual(['ab', 'axb', 'a-b', 'abab', 'a', 'b', 'ba'].map(of), [false, true, true, true, false, false, false])
})

test('a stored pattern that is no valid wildcard matches nothing', () => {
  for (const pattern of ['https://*.com/cb', 'http://*.example.com/cb', 'https://*/cb', 'https://*.*.com/cb', '*']) {
    const presented = pattern.replaceAll('*', 'evil')
    assert.equal(matchesRedirectUri([pattern], 'SUBDOMAIN', presented), false, pattern)
  }
})

test('what matches a wildcard differs from it by one label only, as the URL standard reads both', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'a',
      'evil.test',
      '.',
      '/',
      '\\',
      '@',
      ':443',
      '%2e',
      '#',
      '?',
      '。',
      '\n',
      '-',
      'xn--',
      '..;/',
      ' ',
    ),
    anyText(4),
  )
  const standIn = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(standIn, fc.nat({ max: 60 }), piece, (inserted, at, noise) => {
      const whole = PATTERN.replace('*', () => inserted)
      const mangled = whole.slice(0, at) + noise + whole.slice(at)
      for (const presented of [whole, mangled]) {
        if (!matchesRedirectUri([PATTERN], 'SUBDOMAIN', presented)) continue
        const url = new URL(presented)
        assert.match(url.hostname, /^pr-[a-z0-9-]+\.example\.com$/)
        assert.equal(url.href, `https://${url.hostname}/cb?x=1`)
      }
    }),
    { numRuns: 5_000 },
  )
})

test('whatever is accepted reads as an absolute URL of the same scheme, without credentials or fragment', () => {
  const piece = fc.constantFrom(
    ...[
      'https',
      'http',
      'javascript',
      'data',
      'com.app',
      'JAVA',
      'script',
      ':',
      '//',
      '/',
      '\\',
      '@',
      '#',
      '?',
      '%2e',
      '%',
    ],
    ...[
      'app.example.com',
      'evil.test',
      ':443',
      ':0',
      '[::1]',
      '*',
      ' ',
      '\n',
      '\t',
      '\u0000',
      '。',
      'ü',
      '<',
      '"',
      "'",
    ],
  )
  const wild = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 5 }).map((pieces) => `https://app.example.com${pieces.join('')}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    anyText(),
  )
  fc.assert(
    fc.property(wild, (text) => {
      if (!accepts(text, 'native')) return
      const url = new URL(text)
      assert.ok(!['javascript:', 'data:', 'vbscript:', 'blob:', 'file:'].includes(url.protocol))
      assert.equal(url.protocol, `${text.slice(0, text.indexOf(':')).toLowerCase()}:`)
      assert.equal(url.hash, '')
      if (!/^https?:$/.test(url.protocol)) return
      assert.equal(url.username + url.password, '')
      assert.ok(text.toLowerCase().startsWith(`${url.protocol}//`))
      assert.equal(accepts(url.href, 'browser'), true, url.href)
    }),
    { numRuns: 5_000 },
  )
})

const origin = (text: string): Origin => {
  const parsed = parseOrigin(text)
  assert.ok(parsed !== undefined)
  return parsed
}

test("an origin may read the token endpoint's answers when it is the origin of a redirect URI", () => {
  const registered = [
    'https://app.example.com/login/callback',
    'http://localhost:8080/cb',
    'com.example.app:/cb',
    PATTERN,
  ]
  const cases: [string, boolean, boolean][] = [
    ['https://app.example.com', true, true],
    ['http://localhost:8080', true, true],
    ['https://pr-7.example.com', true, false],
    ['https://pr-7.example.com:8443', false, false],
    ['http://pr-7.example.com', false, false],
    ['https://pr-7.evil.example.com', false, false],
    ['https://pr-.example.com', false, false],
    ['http://localhost', false, false],
    ['http://localhost:8081', false, false],
    ['https://app.example.com.evil.test', false, false],
    ['http://app.example.com', false, false],
    ['https://app.example.com.', false, false],
  ]
  for (const [text, withWildcard, without] of cases) {
    assert.equal(matchesRedirectOrigin(registered, 'SUBDOMAIN', origin(text)), withWildcard, text)
    assert.equal(matchesRedirectOrigin(registered, 'DISABLED', origin(text)), without, text)
  }
  assert.equal(matchesRedirectOrigin([], 'SUBDOMAIN', origin('https://app.example.com')), false)
})

test('the default port of a registered URI does not keep its own origin out', () => {
  const registered = ['https://app.example.com:443/cb', 'https://*.preview.example.com:443/cb']
  assert.equal(matchesRedirectOrigin(registered, 'SUBDOMAIN', origin('https://app.example.com')), true)
  assert.equal(matchesRedirectOrigin(registered, 'SUBDOMAIN', origin('https://a.preview.example.com')), true)
})

test('what is longer than any registered URI with its asterisk filled in matches none', () => {
  const entry = `https://*.example.com/${'p'.repeat(1024 - 22)}`
  const filled = entry.replace('*', 'l'.repeat(63))
  assert.equal(matchesRedirectUri([entry], 'SUBDOMAIN', filled), true)
  assert.equal(matchesRedirectUri([`${filled}x`], 'SUBDOMAIN', `${filled}x`), false)
})
