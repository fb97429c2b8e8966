import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDashboardPath, SECTIONS, SECURITY_PATHS } from './dashboard-path.ts'

const OWN = [
  ...SECTIONS.map(({ path }) => path),
  ...Object.values(SECURITY_PATHS),
  '/app/UserHome?q=a+b%22&page=2',
  '/app/UserHome/security/set-up?factor=google_totp',
]
const FOREIGN = [
  '',
  '/',
  '//evil.test',
  '/app/UserHomeless',
  '/app/UserHome//evil.test',
  '/app/UserHome/../../evil',
  '/app/UserHome/%2e%2e/x',
  '/app/UserHome\\evil.test',
  '/app/UserHome?q=1#x',
  '/app/UserHome?q=a b',
  '/app/UserHome\n',
  '/app/UserHome?q=1\r\nset-cookie: x',
  'https://evil.test/app/UserHome',
  '/api/v1/users/me',
]

test('a sign-in leads back to pages of the dashboard and nowhere else', () => {
  for (const path of OWN) assert.ok(isDashboardPath(path), path)
  for (const path of FOREIGN) assert.ok(!isDashboardPath(path), path)
})
