import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { continuePage } from './continue-page.ts'

const view = { nonce: 'c29tZXRoaW5nIHJhbmRvbQ==', orgName: 'Acme', href: 'https://app.example/cb?code=1&state=2' }

describe('continuePage', () => {
  it('is a sound page', () => assertSoundPage(continuePage(view), view.nonce))

  it('carries values as values only', () => assertInert(continuePage, view))

  it('leads on at once, and by a link where that is switched off', () => {
    const page = continuePage(view)
    const content = "0; url='https://app.example/cb?code=1&amp;state=2'"
    findTag(page, 'meta', { 'http-equiv': 'refresh', content })
    findTag(page, 'a', { href: 'https://app.example/cb?code=1&amp;state=2' })
  })

  it('keeps a quote from ending the address early', () => {
    const page = continuePage({ ...view, href: "https://app.example/it's/cb#o'" })
    findTag(page, 'meta', { 'http-equiv': 'refresh', content: "0; url='https://app.example/it%27s/cb#o%27'" })
  })

  for (const href of ['javascript:alert(1)', 'com.example.app:/cb', '/local', '']) {
    it(`refuses ${JSON.stringify(href)}`, () => assert.throws(() => continuePage({ ...view, href }), /Only http/))
  }
})
