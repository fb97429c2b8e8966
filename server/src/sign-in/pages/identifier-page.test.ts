import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { identifierPage } from './identifier-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  appLabel: 'Planner',
  action: '/signin/identify',
  stateToken: '1.sealed',
  csrf: 'c-1',
  username: 'ada@acme.example',
  keepMeSignedIn: true,
  mayUnlock: true,
  error: 'Enter your username.',
}
const { error: _error, username: _username, keepMeSignedIn: _kept, ...fresh } = view

describe('identifierPage', () => {
  it('is a sound page that shows values as text only', () => {
    assertSoundPage(identifierPage(view), view.nonce)
    assertSoundPage(identifierPage(fresh), view.nonce)
    assertInert(identifierPage, view)
  })

  it('asks who it is, and for no password', () => {
    const page = identifierPage(fresh)
    findTag(page, 'form', { 'data-se': 'o-form', method: 'post', action: '/signin/identify' })
    findTag(page, 'input', { name: 'identifier', autocomplete: 'username', id: 'okta-signin-username', required: '' })
    findTag(page, 'input', { name: 'rememberMe', type: 'checkbox' })
    findTag(page, 'input', { type: 'submit', 'data-type': 'save', value: 'Next' })
    findTag(page, 'input', { type: 'hidden', name: 'stateToken', value: '1.sealed' })
    findTag(page, 'input', { type: 'hidden', name: 'csrf', value: 'c-1' })
    assert.doesNotMatch(page, /type="password"/)
    assert.match(page, /to continue to <strong>Planner<\/strong>/)
  })

  it('keeps what was typed, and starts at the error, else at the input', () => {
    const page = identifierPage(view)
    findTag(page, 'input', { name: 'identifier', value: 'ada@acme.example', 'aria-describedby': 'sign-in-error' })
    findTag(page, 'input', { name: 'rememberMe', checked: '' })
    const focused = (text: string) => [...text.matchAll(/id="([\w-]+)"[^>]* autofocus/g)].map(([, id]) => id)
    assert.deepEqual(focused(page), ['sign-in-error'])
    assert.deepEqual(focused(identifierPage({ ...fresh, username: 'ada' })), ['okta-signin-username'])
  })
})
