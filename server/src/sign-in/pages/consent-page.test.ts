import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag, tagsOf } from '#test/page-checks.ts'
import { consentPage } from './consent-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  action: '/consent',
  stateToken: '1.sealed',
  csrf: 'c-1',
  appLabel: 'Planner',
  login: 'ada@acme.example',
  scopes: [
    { name: 'stock', displayName: 'See the stock', description: 'All of it.', optional: false },
    { name: 'contacts', displayName: 'Your contacts', description: 'Names.', optional: true },
    { name: 'calendar', optional: true },
  ],
  termsOfServiceUri: 'https://app.example/terms',
  policyUri: 'https://app.example/privacy',
}

describe('consentPage', () => {
  it('is a sound page', () => assertSoundPage(consentPage(view), view.nonce))

  it('shows values as text only', () => assertInert(consentPage, view))

  it('lets only optional scopes be unticked', () => {
    const boxes = tagsOf(consentPage(view)).filter((tag) => tag.attributes.get('type') === 'checkbox')
    assert.deepEqual(
      boxes.map(({ attributes }) => [attributes.get('name'), attributes.get('value'), attributes.has('checked')]),
      [
        ['scope', 'contacts', true],
        ['scope', 'calendar', true],
      ],
    )
  })

  it('shows the words of a scope, else its name', () => {
    const page = consentPage(view)
    assert.match(page, /<strong>See the stock<\/strong><span class="hint">All of it\.<\/span>/)
    assert.match(page, /<strong>calendar<\/strong><\/span>/)
  })

  it('asks with two buttons of which refusing is what Return presses', () => {
    const page = consentPage(view)
    findTag(page, 'button', { name: 'consent', value: 'allow', 'data-se': 'consent-allow-btn' })
    findTag(page, 'button', { name: 'consent', value: 'deny', 'data-se': 'consent-cancel-btn' })
    assert.ok(page.indexOf('value="deny"') < page.indexOf('value="allow"'))
  })

  it('links to the terms and the policy, where they are http addresses', () => {
    findTag(consentPage(view), 'a', { href: 'https://app.example/terms' })
    findTag(consentPage(view), 'a', { href: 'https://app.example/privacy' })
    const none = consentPage({ ...view, termsOfServiceUri: 'javascript:alert(1)', policyUri: undefined })
    assert.ok(tagsOf(none).every((tag) => tag.name !== 'a'))
    assert.doesNotMatch(none, /javascript|Of this app/)
  })

  it('refuses a form target that is no page of ours', () => {
    assert.throws(() => consentPage({ ...view, action: 'javascript:alert(1)' }))
  })
})
