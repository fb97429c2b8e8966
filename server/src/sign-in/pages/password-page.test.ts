import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { passwordPage } from './password-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  appLabel: 'Planner',
  action: '/signin/password',
  renameAction: '/signin/another-username',
  stateToken: '1.sealed',
  csrf: 'c-1',
  username: 'ada@acme.example',
  asksToKeep: true,
  keepMeSignedIn: true,
  mayUnlock: true,
  error: 'Unable to sign in',
}
const { error: _error, ...fresh } = view

describe('passwordPage', () => {
  it('is a sound page that shows values as text only', () => {
    assertSoundPage(passwordPage(view), view.nonce)
    assertSoundPage(passwordPage(fresh), view.nonce)
    assertInert(passwordPage, view)
  })

  it('says whose password it asks for, and to where it leads', () => {
    const page = passwordPage(fresh)
    assert.match(page, /<strong data-se="identifier">ada@acme\.example<\/strong>/)
    assert.match(page, /to continue to <strong>Planner<\/strong>/)
    findTag(page, 'form', { 'data-se': 'o-form', method: 'post', action: '/signin/password' })
    findTag(page, 'input', { name: 'credentials.passcode', autocomplete: 'current-password', required: '' })
    findTag(page, 'form', { method: 'post', action: '/signin/another-username' })
    findTag(page, 'button', { 'data-se': 'forgot-password', formaction: '/signin/forgot-password' })
  })

  it('holds the name for password managers where nobody sees it, and sends it nowhere', () => {
    const page = passwordPage(fresh)
    findTag(page, 'div', { class: 'unseen', 'aria-hidden': 'true' })
    const field = findTag(page, 'input', { autocomplete: 'username', value: 'ada@acme.example', tabindex: '-1' })
    assert.deepEqual([field.attributes.has('readonly'), field.attributes.has('name')], [true, false])
    const names = [...page.matchAll(/ name="([^"]*)" value="ada/g)]
    assert.deepEqual(names, [])
  })

  it('presses the button that signs in for the key Enter', () => {
    const form = /<form data-se="o-form".*<\/form>/s.exec(passwordPage(fresh))?.[0] ?? ''
    assert.match(/<(?:input|button)[^>]*type="submit"[^>]*>/.exec(form)?.[0] ?? '', /data-type="save"/)
  })

  it('asks whether to keep the person signed in only where that was not asked before', () => {
    findTag(passwordPage(view), 'input', { name: 'rememberMe', checked: '' })
    assert.doesNotMatch(passwordPage({ ...view, asksToKeep: false }), /rememberMe/)
  })

  it('starts at the error, else at the password, and never holds one', () => {
    const focused = (text: string) => [...text.matchAll(/id="([\w-]+)"[^>]* autofocus/g)].map(([, id]) => id)
    assert.deepEqual(focused(passwordPage(view)), ['sign-in-error'])
    assert.deepEqual(focused(passwordPage(fresh)), ['okta-signin-password'])
    assert.equal(findTag(passwordPage(view), 'input', { type: 'password' }).attributes.has('value'), false)
    assert.match(passwordPage(view), /<title>Error: Enter your password · Acme<\/title>/)
  })

  it('refuses a form target that is no page of ours', () => {
    assert.throws(() => passwordPage({ ...view, action: '//evil.example' }))
    assert.throws(() => passwordPage({ ...view, renameAction: 'javascript:alert(1)' }))
  })
})
