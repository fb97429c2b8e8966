import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { deadLinkPage } from './dead-link-page.ts'

const view = { nonce: 'c29tZXRoaW5nIHJhbmRvbQ==', orgName: 'Acme', signInHref: '/signin' }

describe('deadLinkPage', () => {
  it('is a sound page', () => assertSoundPage(deadLinkPage(view), view.nonce))

  it('shows values as text only', () => assertInert(deadLinkPage, view))

  it('leads to sign-in', () => {
    findTag(deadLinkPage(view), 'a', { href: '/signin' })
  })
})
