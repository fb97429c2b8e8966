import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, tagsOf } from '#test/page-checks.ts'
import { errorPage } from './error-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  errorCode: 'invalid_request',
  description: 'Something was wrong:',
  link: { href: 'https://id.example/admin/app/1', text: 'the settings' },
  requestId: 'req1',
}

describe('errorPage', () => {
  it('is a sound page', () => {
    assertSoundPage(errorPage(view), view.nonce)
    assertSoundPage(errorPage({ nonce: view.nonce, errorCode: 'e', description: 'd' }), view.nonce)
  })

  it('shows values as text only', () => assertInert(errorPage, view))

  it('has the three lines of the service; no provider of identities takes part yet', () => {
    const page = errorPage({ nonce: view.nonce, errorCode: 'invalid_client', description: 'Not known.' })
    assert.match(page, /<dt>Identity Provider<\/dt><dd[^>]*>Unknown<\/dd>/)
    assert.match(page, /<dt>Error Code<\/dt><dd[^>]*>invalid_client<\/dd>/)
    assert.match(page, /<dt>Description<\/dt><dd[^>]*>Not known\.<\/dd>/)
    assert.doesNotMatch(page, /Request </)
  })

  it('links to an http address and to nothing else', () => {
    assert.match(errorPage(view), /wrong: <a href="https:\/\/id\.example\/admin\/app\/1">the settings<\/a>/)
    const refused = errorPage({ ...view, link: { href: 'javascript:alert(1)', text: 'the settings' } })
    assert.match(refused, /wrong: the settings</)
    assert.ok(tagsOf(refused).every((tag) => tag.name !== 'a'))
  })

  it('names the request, for the person who looks it up', () => assert.match(errorPage(view), />req1</))
})
