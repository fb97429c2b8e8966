import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertInert, assertSoundPage, findTag } from '#test/page-checks.ts'
import { appsPage } from './apps-page.ts'
import { connectedAppsPage } from './connected-apps-page.ts'
import { passwordPage } from './password-page.ts'
import { profilePage } from './profile-page.ts'
import { securityPage } from './security-page.ts'
import { sessionsPage } from './sessions-page.ts'
import { activatePage, beginPage, questionPage, removePage } from './set-up-pages.ts'

const shell = {
  nonce: 'c29tZXRoaW5nIHJhbmRvbQ==',
  orgName: 'Acme',
  csrf: 'c-1',
  name: 'Ada Lovelace',
  login: 'ada@acme.example',
  consoleHref: '/admin/',
  search: 'mail',
  note: 'Saved.',
}
const tile = { href: '/home/oidc_client/0oa1/aln1', label: 'Mail', initials: 'M' }
const picture = '/assets/img/logos/abc'
const method = { id: 'emf1', name: 'E-mail', detail: 'ada@acme.example', since: 0 }
const session = { id: '1021', browser: 'Firefox on Linux', created: 0, lastActive: 1, isThis: true }
const app = { id: '0oa1', label: 'Mail', initials: 'M', scopes: ['openid', 'profile'], since: 0, lastUsed: 1 }
const about = { ...shell, key: 'question', method: 'Security question' }
const pending = { ...shell, factorId: 'uft1', shown: '1.sealed' }
const cut = { found: 2, page: 2, pages: 3, previousHref: '/app/UserHome?page=1', nextHref: '/app/UserHome?page=3' }

const PAGES: Readonly<Record<string, () => [render: (view: never) => string, view: object]>> = {
  apps: () => [appsPage, { ...shell, ...cut, tiles: [tile, { ...tile, picture }] }],
  'no apps': () => [appsPage, { ...shell, search: undefined, found: 0, page: 1, pages: 1, tiles: [] }],
  'nothing found': () => [appsPage, { ...shell, found: 0, page: 1, pages: 1, tiles: [] }],
  profile: () => [profilePage, { ...shell, email: 'a@b.test', firstName: 'A', lastName: 'B', mobilePhone: '1' }],
  password: () => [passwordPage, { ...shell, rules: 'at least 8 characters', endsOthers: true, error: 'Too short' }],
  'no password': () => [passwordPage, { ...shell, endsOthers: false }],
  security: () => [
    securityPage,
    { ...shell, methods: [method], offers: [{ key: 'webauthn', name: 'Passkey', about: 'A key', required: true }] },
  ],
  'no methods': () => [securityPage, { ...shell, methods: [], offers: [] }],
  begin: () => [beginPage, { ...about, words: 'You need an app.' }],
  question: () => [questionPage, { ...about, questions: [{ key: 'a', text: 'A?' }], chosen: 'a', error: 'Too short' }],
  totp: () => [activatePage, { ...pending, kind: 'totp', qr: 'data:image/svg+xml;base64,', secret: 'ABCD EFGH' }],
  email: () => [activatePage, { ...pending, kind: 'email', address: 'a@b.test', error: 'Wrong' }],
  passkey: () => [activatePage, { ...pending, kind: 'webauthn', options: { challenge: 'abc' } }],
  remove: () => [removePage, { ...shell, factorId: 'emf1', method: 'E-mail', detail: 'a@b.test' }],
  sessions: () => [sessionsPage, { ...shell, sessions: [session, { ...session, isThis: false }] }],
  connected: () => [connectedAppsPage, { ...shell, apps: [app, { ...app, picture }] }],
  'none connected': () => [connectedAppsPage, { ...shell, apps: [] }],
}

for (const [name, make] of Object.entries(PAGES)) {
  describe(`the page ${name}`, () => {
    const [render, view] = make() as [(view: object) => string, object]
    it('is sound', () => assertSoundPage(render(view), shell.nonce))
    // What the kind of a page is decides its elements, and comes from nobody.
    if (!('kind' in view)) it('shows values as text only', () => assertInert(render, view))
    it('names the org, the person and the way out, and marks where they are', () => {
      const page = render(view)
      assert.match(page, /<title>[^<]+ · Acme<\/title>/)
      assert.match(page, /data-se="name">Ada Lovelace</)
      findTag(page, 'form', { method: 'post', action: '/login/signout' })
      findTag(page, 'form', { method: 'get', action: '/app/UserHome' })
      findTag(page, 'a', { 'aria-current': 'page' })
      findTag(page, 'a', { href: '/admin/' })
    })
  })
}

describe('a picture', () => {
  it('of another origin is none: the initials stand in its place', () => {
    for (const foreign of ['https://evil.test/x.png', 'http://evil.test/x.png'])
      assert.ok(!appsPage({ ...shell, ...cut, tiles: [{ ...tile, picture: foreign }] }).includes('evil.test'))
    assert.throws(() => appsPage({ ...shell, ...cut, tiles: [{ ...tile, picture: '//evil.test/x.png' }] }))
  })
})
