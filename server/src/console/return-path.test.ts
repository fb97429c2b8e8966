import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { returnPath } from './return-path.ts'

const FRONT = '/admin/'

const KEPT: readonly [asked: string, kept: string][] = [
  ['/admin/', '/admin/'],
  ['/admin/apps', '/admin/apps'],
  ['/admin/apps?tab=a&q=%20b#general', '/admin/apps?tab=a&q=%20b#general'],
  ['/admin/app/oidc_client/instance/0oa1#tab-general', '/admin/app/oidc_client/instance/0oa1#tab-general'],
  ['/admin/users/ada@example.com', '/admin/users/ada@example.com'],
  ['/admin/apps/../users', '/admin/users'],
  ['/admin/a"b<c>', '/admin/a%22b%3Cc%3E'],
  ['/admin/?to=https://evil.example/', '/admin/?to=https://evil.example/'],
  ['/admin/sign-in-policies', '/admin/sign-in-policies'],
]

const REFUSED: readonly (string | null)[] = [
  null,
  '',
  '/',
  '/admin',
  '/administrator',
  '/adminx/',
  '/ADMIN/',
  '/api/v1/apps',
  '/login/signout',
  'admin/',
  './admin/',
  'https://evil.example/admin/',
  'https:/evil.example/admin/',
  'https:evil.example/admin/',
  'http://first.test/admin/',
  '//evil.example/admin/',
  '///evil.example/admin/',
  '/\\evil.example/admin/',
  '\\/evil.example/admin/',
  '/admin/\\..\\..\\/evil.example',
  '/admin/..//evil.example/',
  '/admin/../..//evil.example/admin/',
  '/admin/%2e%2e/signin',
  '/admin/%2e%2e//evil.example/',
  '/admin/.%2E/',
  '/admin/../',
  '/\t/evil.example/admin/',
  '/admin/\n/x',
  '/admin/\r\nSet-Cookie: a=b',
  '/admin/\0',
  ' /admin/',
  '\u00a0/admin/',
  'javascript:alert(1)//admin/',
  'data:text/html,/admin/',
  '@evil.example/admin/',
  '.evil.example/admin/',
  ':80/admin/',
  '/admin/\ud800',
  `/admin/${'x'.repeat(1_000)}`,
  `/admin/${'\u00fc'.repeat(900)}`,
  // It would begin again and again, or sign out what has just signed in.
  '/admin/sign-in',
  '/admin/sign-in?to=/admin/',
  '/admin/callback?code=x',
  '/admin/sign-out',
]

describe('where the console goes on after its sign-in', () => {
  for (const [asked, kept] of KEPT) test(`${asked} is a page of it`, () => assert.equal(returnPath(asked), kept))
  for (const asked of REFUSED)
    test(`${JSON.stringify(asked)?.slice(0, 60)} is none`, () => assert.equal(returnPath(asked), FRONT))
  test('what comes out stays what it is', () => {
    for (const [, kept] of KEPT) assert.equal(returnPath(kept), kept)
  })
})
