import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { signedOutPage, signOutConfirmationPage } from './sign-out-page.ts'

const frame = { nonce: 'c29tZXRoaW5nIHJhbmRvbQ==', orgName: 'Acme' }

describe('signedOutPage', () => {
  const view = { ...frame, signInHref: '/login' }

  it('is a sound page', () => assertSoundPage(signedOutPage(view), frame.nonce))

  it('shows values as text only', () => assertInert(signedOutPage, view))

  it('leads back to sign-in', () => {
    findTag(signedOutPage(view), 'a', { href: '/login' })
    assert.throws(() => signedOutPage({ ...view, signInHref: 'javascript:alert(1)' }))
  })
})

describe('signOutConfirmationPage', () => {
  const view = { ...frame, action: '/logout', csrf: 'c-1', stayHref: '/' }

  it('is a sound page', () => assertSoundPage(signOutConfirmationPage(view), frame.nonce))

  it('shows values as text only', () => assertInert(signOutConfirmationPage, view))

  it('asks by a form, so that a link alone signs nobody out', () => {
    const page = signOutConfirmationPage(view)
    findTag(page, 'form', { method: 'post', action: '/logout' })
    findTag(page, 'input', { type: 'hidden', name: 'csrf', value: 'c-1' })
    findTag(page, 'a', { href: '/', 'data-se': 'cancel' })
  })

  it('refuses addresses that are no pages of ours', () => {
    assert.throws(() => signOutConfirmationPage({ ...view, action: 'javascript:alert(1)' }))
    assert.throws(() => signOutConfirmationPage({ ...view, stayHref: 'javascript:alert(1)' }))
  })
})
