import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newQuestion, toRequest } from './preview-values.ts'

describe('the question of a token preview', () => {
  const values = { ...newQuestion(), client: ['0oa1'], user: ['00u1'] }

  test('names the app, the person, the grant and the scopes', () => {
    assert.deepEqual(toRequest(values), {
      clientId: '0oa1',
      userId: '00u1',
      grantType: 'authorization_code',
      scopes: ['openid'],
    })
  })

  test('names nobody for client credentials, whoever was chosen before', () => {
    assert.equal('userId' in toRequest({ ...values, grantType: 'client_credentials' }), false)
  })
})
