import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { newPasswordPage } from './new-password-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  heading: 'Reset your password',
  lead: 'Choose a new password.',
  action: '/signin/reset-password',
  csrf: 'c-1',
  token: 't-1',
  stateToken: '1.sealed',
  login: 'ada@acme.example',
  rules: 'at least 8 characters',
  error: 'Too short',
}
const { error: _error, ...fresh } = view

describe('newPasswordPage', () => {
  it('is a sound page', () => {
    assertSoundPage(newPasswordPage(view), view.nonce)
    assertSoundPage(newPasswordPage(fresh), view.nonce)
  })

  it('shows values as text only', () => assertInert(newPasswordPage, view))

  it('tells password managers what the inputs are, and whose the password is', () => {
    const page = newPasswordPage(fresh)
    findTag(page, 'input', { autocomplete: 'username', value: 'ada@acme.example', readonly: '' })
    for (const name of ['credentials.passcode', 'confirmPassword'])
      findTag(page, 'input', { name, type: 'password', autocomplete: 'new-password', required: '' })
  })

  it('sends along what it was given, and the proof against forgery', () => {
    for (const [name, value] of Object.entries({ token: 't-1', stateToken: '1.sealed', csrf: 'c-1' }))
      findTag(newPasswordPage(view), 'input', { type: 'hidden', name, value })
  })

  it('ties the rules and the error to the inputs, and starts at the error', () => {
    findTag(newPasswordPage(fresh), 'input', { id: 'new-password', 'aria-describedby': 'rules', autofocus: '' })
    const failed = newPasswordPage(view)
    findTag(failed, 'input', { id: 'new-password', 'aria-invalid': 'true', 'aria-describedby': 'password-error rules' })
    findTag(failed, 'div', { role: 'alert', autofocus: '' })
    assert.match(failed, /<title>Error: Reset your password · Acme<\/title>/)
  })

  it('does not say the rules twice, and says what is no rule', () => {
    const rules = 'Password requirements: at least 8 characters. Your password cannot be your last password.'
    const said = (error: string) => /<p>([^<]*)<\/p><\/div>/.exec(newPasswordPage({ ...view, rules, error }))?.[1]
    const notMet = 'Password requirements were not met.'
    assert.equal(said(`${notMet} Password requirements: at least 8 characters.`), notMet)
    for (const more of ['Password requirements: at most 72 characters.', 'Your password cannot be your last password.'])
      assert.equal(said(`${notMet} ${more}`), `${notMet} ${more}`)
  })

  it('refuses a form target that is no page of ours', () => {
    assert.throws(() => newPasswordPage({ ...view, action: 'javascript:alert(1)' }))
  })
})
