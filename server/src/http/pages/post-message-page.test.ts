import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage } from '#test/page-checks.ts'
import { postMessagePage } from './post-message-page.ts'

const view = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  targetOrigin: 'http://localhost:3000',
  message: { code: 'abc', state: 's-1' },
}

function answerOf(page: string): unknown {
  return JSON.parse(/<script type="application\/json" id="answer">([^<]*)<\/script>/.exec(page)?.[1] ?? '')
}

describe('postMessagePage', () => {
  it('is a sound page', () => assertSoundPage(postMessagePage(view), view.nonce))

  it('carries values as data only', () => assertInert(postMessagePage, view))

  it('hands over each member as it is, and none without a value', () => {
    const state = '</script>\u2028"\\<!--'
    const page = postMessagePage({ ...view, message: { state, expires_in: 3600, error: undefined } })
    assert.deepEqual(answerOf(page), { targetOrigin: 'http://localhost:3000', message: { state, expires_in: 3600 } })
  })

  it('posts to the exact origin, to the opener or else the parent', () => {
    assert.match(postMessagePage(view), /\(window\.opener \|\| window\.parent\)\.postMessage\(message, targetOrigin\)/)
  })

  for (const targetOrigin of [
    '*',
    '/',
    '',
    'null',
    'http://localhost:3000/',
    'https://A.example',
    'com.example.app:/cb',
  ]) {
    it(`refuses ${JSON.stringify(targetOrigin)} as the target`, () => {
      assert.throws(() => postMessagePage({ ...view, targetOrigin }), /exact origin/)
    })
  }
})
