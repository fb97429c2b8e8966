import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { signInPage } from './sign-in-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  appLabel: 'Planner',
  action: '/signin',
  stateToken: '1.sealed',
  csrf: 'c-1',
  username: 'ada@acme.example',
  keepMeSignedIn: true,
  error: 'Unable to sign in',
}
const { username: _username, error: _error, keepMeSignedIn: _kept, ...fresh } = view

describe('signInPage', () => {
  it('is a sound page', () => {
    assertSoundPage(signInPage(view), view.nonce)
    assertSoundPage(signInPage(fresh), view.nonce)
  })

  it('shows values as text only', () => assertInert(signInPage, view))

  it('has the hooks that end-to-end tests against the original use', () => {
    for (const page of [signInPage(view), signInPage(fresh)]) {
      findTag(page, 'form', { 'data-se': 'o-form', method: 'post', action: '/signin' })
      findTag(page, 'input', { name: 'identifier', id: 'okta-signin-username', type: 'text' })
      findTag(page, 'input', { name: 'credentials.passcode', id: 'okta-signin-password', type: 'password' })
      findTag(page, 'input', { name: 'rememberMe', type: 'checkbox' })
      findTag(page, 'input', { type: 'submit', 'data-type': 'save', id: 'okta-signin-submit' })
      findTag(page, 'div', { 'data-se': 'o-form-error-container', role: 'alert' })
    }
  })

  it('sends the sealed state and the proof against forgery along', () => {
    findTag(signInPage(view), 'input', { type: 'hidden', name: 'stateToken', value: '1.sealed' })
    findTag(signInPage(view), 'input', { type: 'hidden', name: 'csrf', value: 'c-1' })
  })

  it('tells browsers and password managers what the inputs are', () => {
    const page = signInPage(fresh)
    const plain = { autocapitalize: 'none', spellcheck: 'false', required: '' }
    findTag(page, 'input', { name: 'identifier', autocomplete: 'username', maxlength: '255', ...plain })
    findTag(page, 'input', {
      name: 'credentials.passcode',
      autocomplete: 'current-password',
      maxlength: '1024',
      ...plain,
    })
  })

  it('keeps what was typed but never the password', () => {
    findTag(signInPage(view), 'input', { name: 'identifier', value: 'ada@acme.example' })
    findTag(signInPage(view), 'input', { name: 'rememberMe', checked: '' })
    assert.equal(findTag(signInPage(view), 'input', { type: 'password' }).attributes.has('value'), false)
    assert.equal(findTag(signInPage(fresh), 'input', { name: 'rememberMe' }).attributes.has('checked'), false)
  })

  it('starts at the error, else at the first input that is empty', () => {
    const focused = (page: string) => [...page.matchAll(/id="([\w-]+)"[^>]* autofocus/g)].map(([, id]) => id)
    assert.deepEqual(focused(signInPage(view)), ['sign-in-error'])
    assert.deepEqual(focused(signInPage(fresh)), ['okta-signin-username'])
    assert.deepEqual(focused(signInPage({ ...fresh, username: 'ada' })), ['okta-signin-password'])
  })

  it('ties the error to the inputs, and says it in the title', () => {
    const page = signInPage(view)
    for (const name of ['identifier', 'credentials.passcode']) {
      findTag(page, 'input', { name, 'aria-invalid': 'true', 'aria-describedby': 'sign-in-error' })
    }
    assert.match(page, /<title>Error: Sign in · Acme<\/title>/)
    assert.doesNotMatch(signInPage(fresh), /aria-invalid="|Error:/)
  })

  it('names the app, else the org, else neither', () => {
    assert.match(signInPage(view), /to continue to <strong>Planner<\/strong>/)
    assert.match(signInPage({ ...fresh, appLabel: undefined }), /at <strong>Acme<\/strong>/)
    assert.match(signInPage({ ...fresh, appLabel: undefined, orgName: undefined }), /with your account<\/p>/)
  })

  it('lets the browser name its origin when the form is sent', () => {
    findTag(signInPage(view), 'meta', { name: 'referrer', content: 'same-origin' })
  })

  it('refuses a form target that is no page of ours', () => {
    assert.throws(() => signInPage({ ...view, action: 'javascript:alert(1)' }))
    assert.throws(() => signInPage({ ...view, action: '//evil.example' }))
  })
})
