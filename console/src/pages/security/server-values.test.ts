import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AuthorizationServer } from '../../api/types.ts'
import { newServer, toForm, toRequest } from './server-values.ts'

const SERVER: AuthorizationServer = {
  id: 'aus1',
  name: 'Orders',
  description: null,
  audiences: ['api://orders'],
  issuer: 'http://localhost/oauth2/aus1',
  issuerMode: 'DYNAMIC',
  status: 'ACTIVE',
  created: '2026-01-01T00:00:00.000Z',
  lastUpdated: '2026-01-01T00:00:00.000Z',
  credentials: { signing: { kid: 'k', rotationMode: 'MANUAL' } },
  default: false,
  _links: { metadata: [], self: { href: '' } },
}

describe('the form of an authorization server', () => {
  test('sends back what it was given, the issuer and the rotation included', () => {
    assert.deepEqual(toRequest(toForm(SERVER)), {
      name: 'Orders',
      description: '',
      audiences: ['api://orders'],
      issuerMode: 'DYNAMIC',
      credentials: { signing: { rotationMode: 'MANUAL' } },
    })
  })

  test('begins with automatic rotation and the address of the org', () => {
    const { issuerMode, credentials } = toRequest(newServer())
    assert.deepEqual([issuerMode, credentials?.signing?.rotationMode], ['ORG_URL', 'AUTO'])
  })

  test('drops blanks around what was typed', () => {
    const { name, audiences } = toRequest({ ...newServer(), name: ' A ', audience: ' api://a ' })
    assert.deepEqual([name, audiences], ['A', ['api://a']])
  })
})
