import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertSoundPage } from '#test/page-checks.ts'
import { type EnrollFactorPageView, enrollFactorPage } from './enroll-factor-page.ts'

const view: EnrollFactorPageView = {
  ...{ nonce: 'abc', orgName: 'Example', stateToken: 'token', csrf: 'csrf', login: 'ada@example.com' },
  ...{ cancelAction: '/signin/cancel', action: '/signin/enroll' },
  offers: [
    { key: 'webauthn', name: 'Passkey', about: 'A finger', required: false },
    { key: 'email', name: 'E-mail', about: 'A code', required: false },
  ],
}
const headings = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text)

test('of factors out of which one has to be set up none is called optional', () => {
  const page = enrollFactorPage(view)
  assertSoundPage(page, view.nonce)
  assert.deepEqual(headings(page), [])
  assert.match(page, /Choose how\./)
})

test('what is required stands before what is optional, and both are called so', () => {
  const offers = view.offers.map((offer) => ({ ...offer, required: offer.key === 'email' }))
  const page = enrollFactorPage({ ...view, offers })
  assertSoundPage(page, view.nonce)
  assert.deepEqual(headings(page), ['Required', 'Optional'])
  assert.ok(page.indexOf('E-mail') < page.indexOf('Passkey'))
})

test('what may be passed over is optional, with the way past it', () => {
  const page = enrollFactorPage({ ...view, skipAction: '/signin/skip' })
  assert.deepEqual(headings(page), ['Optional'])
  assert.match(page, /Not now/)
})
