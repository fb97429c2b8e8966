import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TrustedOrigin } from '../../api/types.ts'
import { newOrigin, toForm, toRequest } from './origin-values.ts'

const ORIGIN: TrustedOrigin = {
  id: 'tos1',
  name: 'Portal',
  origin: 'https://portal.example.com/',
  scopes: [{ type: 'CORS' }, { type: 'IFRAME_EMBED', allowedOktaApps: ['OKTA_ENDUSER'] }],
  status: 'ACTIVE',
  created: '2026-01-01T00:00:00.000Z',
  createdBy: '00u1',
  lastUpdated: '2026-01-01T00:00:00.000Z',
  lastUpdatedBy: '00u1',
}

describe('the form of a trusted origin', () => {
  test('sends back what it was given', () => {
    const { name, origin, scopes } = ORIGIN
    assert.deepEqual(toRequest(toForm(ORIGIN)), { name, origin, scopes })
  })

  test('begins with CORS and Redirect', () => {
    assert.deepEqual(toRequest({ ...newOrigin(), name: 'App', origin: 'http://localhost:8080' }), {
      name: 'App',
      origin: 'http://localhost:8080',
      scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }],
    })
  })

  test('drops blanks that came with a pasted origin', () => {
    assert.equal(toRequest({ ...newOrigin(), origin: ' https://a.example \n' }).origin, 'https://a.example')
  })

  test('names the dashboard for frames alone', () => {
    const { scopes } = toRequest({ ...newOrigin(), scopes: ['CORS'], dashboard: true })
    assert.deepEqual(scopes, [{ type: 'CORS' }])
  })
})
