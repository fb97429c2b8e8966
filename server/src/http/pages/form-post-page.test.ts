import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { formPostPage } from './form-post-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  redirectUri: 'https://app.example/cb?x=1',
  fields: { code: 'abc', state: 's-1' },
}

describe('formPostPage', () => {
  it('is a sound page', () => assertSoundPage(formPostPage(view), view.nonce))

  it('carries values as values only', () => assertInert(formPostPage, view))

  it('posts the members that have a value to the redirect URI, and sends itself', () => {
    const page = formPostPage({ ...view, fields: { ...view.fields, error: undefined, scope: '' } })
    findTag(page, 'form', { method: 'post', action: 'https://app.example/cb?x=1' })
    const inputs = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, ...pair]) => pair,
    )
    assert.deepEqual(inputs, [
      ['code', 'abc'],
      ['state', 's-1'],
      ['scope', ''],
    ])
    assert.match(page, /<script nonce="[^"]+">HTMLFormElement\.prototype\.submit\.call\(/)
    assert.match(page, /<noscript>.*<button class="button" type="submit">Continue<\/button><\/noscript>/)
  })

  it('refuses a target that the browser would run', () => {
    assert.throws(() => formPostPage({ ...view, redirectUri: 'javascript:alert(1)' }), /Not an app's address/)
  })
})
