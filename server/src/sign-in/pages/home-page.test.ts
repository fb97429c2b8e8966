import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { homePage } from './home-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  name: 'Ada King Lovelace',
  login: 'ada@acme.example',
  signOutAction: '/signout',
  csrf: 'c-1',
}

describe('homePage', () => {
  it('is a sound page', () => assertSoundPage(homePage(view), view.nonce))

  it('shows values as text only', () => assertInert(homePage, view))

  it('says who is signed in and signs out by a form', () => {
    const page = homePage(view)
    assert.match(page, />Ada King Lovelace</)
    assert.match(page, />ada@acme\.example</)
    findTag(page, 'form', { method: 'post', action: '/signout' })
    findTag(page, 'input', { type: 'hidden', name: 'csrf', value: 'c-1' })
  })

  const initials: readonly [string, string][] = [
    ['Ada King Lovelace', 'AL'],
    ['  ada  ', 'A'],
    ['𝒜da 𝓛ovelace', '𝒜𝓛'],
    ['', 'A'],
  ]
  for (const [name, expected] of initials) {
    it(`draws ${expected} for ${JSON.stringify(name)}`, () => {
      assert.match(homePage({ ...view, name }), new RegExp(`class="initials" aria-hidden="true">${expected}<`))
    })
  }

  it('refuses addresses that are no pages of ours', () => {
    assert.throws(() => homePage({ ...view, signOutAction: 'javascript:alert(1)' }))
  })
})
