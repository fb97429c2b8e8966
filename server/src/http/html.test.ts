import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertSoundPage } from '#test/page-checks.ts'
import { type HtmlValue, html, jsonBlock, pageCsp, renderPage, toMarkup } from './html.ts'

const nonce = 'c29tZXRoaW5nIHJhbmRvbQ=='

describe('html', () => {
  const cases: readonly [string, HtmlValue, string][] = [
    ['text', `<b a="1" c='2'>&amp;`, '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;'],
    ['a number', 5, '5'],
    ['zero', 0, '0'],
    ['nothing for undefined', undefined, ''],
    ['nothing for null', null, ''],
    ['nothing for false', false, ''],
    ['nothing for empty text', '', ''],
    ['markup of its own', html`<i>${'<'}</i>`, '<i>&lt;</i>'],
    ['arrays, each part by its kind', ['<', html`<br>`, ['>', 1]], '&lt;<br>&gt;1'],
  ]
  for (const [what, value, expected] of cases) {
    it(`renders ${what}`, () => assert.equal(toMarkup(html`[${value}]`), `[${expected}]`))
  }

  it('takes no object from outside for markup', () => {
    const posing: HtmlValue = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}')
    assert.throws(() => html`${posing}`, TypeError)
  })

  it('does not turn into text by accident', () => assert.doesNotMatch(`${html`<b>`}`, /<b>/))
})

describe('jsonBlock', () => {
  it('keeps every value and lets none of them end or change the element', () => {
    const data = { a: '</script><!--<script>]]>', b: '\u2028\u2029&"\\', c: [1, null], '</script>': 'k' }
    const block = toMarkup(jsonBlock('data', data))
    const text = block.replace('<script type="application/json" id="data">', '').replace('</script>', '')
    assert.doesNotMatch(text, /[<>&\u2028\u2029]/)
    assert.deepEqual(JSON.parse(text), data)
  })
})

describe('renderPage', () => {
  it('makes a whole document that loads nothing', () => {
    const page = renderPage({
      title: 'T & U',
      nonce,
      bodyClass: 'wide',
      body: html`<main><h1>H</h1></main>`,
    })
    assertSoundPage(page, nonce)
    assert.match(page, /<html lang="en">/)
    assert.match(page, /<title>T &amp; U<\/title>/)
    assert.match(page, /<body class="wide">/)
    assert.match(page, /<meta name="referrer" content="no-referrer">/)
    assert.match(page, /<meta name="viewport" content="width=device-width, initial-scale=1">/)
    assert.match(page, /<meta name="color-scheme" content="light dark">/)
    assert.doesNotMatch(page, /url\(|@import/)
  })
})

describe('pageCsp', () => {
  const closed = { nonce, formActionOrigins: [], frameAncestors: [], script: false }

  it('allows nothing but our style, pictures and forms', () => {
    assert.equal(
      pageCsp(closed),
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    )
  })

  it('lets the nonce run scripts only where the page has one', () => {
    assert.doesNotMatch(pageCsp(closed), /script-src/)
    assert.match(pageCsp({ ...closed, script: true }), /; script-src 'nonce-c29tZXRoaW5nIHJhbmRvbQ==';/)
  })

  const formActions: readonly [string, string][] = [
    ['https://app.example', 'https://app.example'],
    ['http://localhost:3000/login/callback?a=1', 'http://localhost:3000'],
    ['https://bücher.example:8443/cb', 'https://xn--bcher-kva.example:8443'],
    ['com.example.app:', 'com.example.app:'],
    ['com.example.app:/callback', 'com.example.app:'],
    ['capacitor://localhost/cb', 'capacitor:'],
    // Chromium ignores these as sources, and would block the redirect.
    ['http://[::1]:3000/cb', 'http:'],
    ['http://my_app:3000/cb', 'http:'],
    ["https://a.example/;script-src 'unsafe-inline'", 'https://a.example'],
  ]
  for (const [address, source] of formActions) {
    it(`lets a form lead to ${address} by ${source}`, () => {
      const csp = pageCsp({ ...closed, formActionOrigins: [address, address] })
      assert.ok(csp.includes(`; form-action 'self' ${source}; frame-ancestors`), csp)
    })
  }

  for (const address of ['javascript:alert(1)', 'data:text/html,x', '', 'no address', "'unsafe-inline'", '*']) {
    it(`refuses ${JSON.stringify(address)} as a target of forms`, () => {
      assert.throws(() => pageCsp({ ...closed, formActionOrigins: [address] }))
    })
  }

  const ancestors: readonly [readonly string[], string][] = [
    [
      ['https://a.example', 'http://localhost:3000/path', 'https://a.example'],
      'https://a.example http://localhost:3000',
    ],
    [['http://[::1]:3000'], "'none'"],
    [['http://[::1]:3000', 'https://a.example'], 'https://a.example'],
  ]
  for (const [origins, expected] of ancestors) {
    it(`lets ${origins.join(' and ')} frame the page as ${expected}`, () => {
      const csp = pageCsp({ ...closed, frameAncestors: origins })
      assert.ok(csp.includes(`; frame-ancestors ${expected}; base-uri`), csp)
    })
  }

  for (const bad of ['', 'short', `${nonce}'; script-src *`, `${nonce}\n`]) {
    it(`refuses ${JSON.stringify(bad)} as a nonce`, () => assert.throws(() => pageCsp({ ...closed, nonce: bad })))
  }
})
