import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import type { OriginScopeType, TrustedOrigin } from '#trusted-origins/trusted-origin.ts'
import { decideReturnUrl } from './return-url.ts'

const ORG = 'https://id.example.com'

const origin = (
  address: string,
  scope: OriginScopeType,
  status: TrustedOrigin['status'] = 'ACTIVE',
): TrustedOrigin => ({
  id: 'tos1',
  name: address,
  origin: address,
  status,
  scopes: [{ type: scope }],
  created: instant(0),
  createdBy: '00u1',
  lastUpdated: instant(0),
  lastUpdatedBy: '00u1',
})

const TRUSTED = [
  origin('https://app.example.com', 'REDIRECT'),
  origin('http://localhost:8080/', 'REDIRECT'),
  origin('https://cors.example.com', 'CORS'),
  origin('https://off.example.com', 'REDIRECT', 'INACTIVE'),
  origin('ionic://localhost', 'REDIRECT'),
]

test('addresses of the org and of origins trusted with redirects are followed', () => {
  const followed: [string, string][] = [
    [`${ORG}/app/x?y=z#part`, `${ORG}/app/x?y=z#part`],
    ['https://ID.example.com:443/', `${ORG}/`],
    ['/', `${ORG}/`],
    ['/app/UserHome?next=//evil.example', `${ORG}/app/UserHome?next=//evil.example`],
    ['https://app.example.com', 'https://app.example.com/'],
    ['https://app.example.com/deep/path?a=1', 'https://app.example.com/deep/path?a=1'],
    ['http://localhost:8080/callback', 'http://localhost:8080/callback'],
    ['ionic://localhost/signed-out?x=1', 'ionic://localhost/signed-out?x=1'],
    ['IONIC://localhost', 'ionic://localhost'],
  ]
  for (const [asked, target] of followed) assert.equal(decideReturnUrl(ORG, TRUSTED, asked), target, asked)
})

test('no other address is followed, however it is spelled', () => {
  const refused = [
    '',
    ' ',
    'app',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\..\\b',
    'https://evil.example',
    'http://id.example.com/',
    'https://id.example.com:8443/',
    'https://id.example.com.evil.example/',
    'https://id.example.com@evil.example/',
    'https://user@id.example.com/',
    'https://evil.example\\@id.example.com/',
    'https://evil.example#@id.example.com/',
    'https://id.example.com%2eevil.example/',
    'https://app.example.com.evil.example',
    'https://sub.app.example.com/',
    'http://app.example.com/',
    'http://localhost:8081/',
    'https://cors.example.com/',
    'https://off.example.com/',
    'capacitor://localhost/x',
    'ionic://localhost.evil.example/x',
    'ionic:localhost',
    'ionic:/localhost',
    'ionic://localhost@evil.example/x',
    'ftp://app.example.com/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'https:id.example.com',
    'https:/id.example.com',
    ' https://id.example.com/',
    'https://id.example.com/\u0000',
    'ht\ntps://id.example.com/',
  ]
  for (const asked of refused) assert.equal(decideReturnUrl(ORG, TRUSTED, asked), undefined, JSON.stringify(asked))
})

test('an org that trusts nobody sends browsers to itself only', () => {
  assert.equal(decideReturnUrl(ORG, [], 'https://app.example.com'), undefined)
  assert.equal(decideReturnUrl(ORG, [], `${ORG}/`), `${ORG}/`)
})
