// What the org's trusted origins keep out beside calls of pages: ways to addresses that nobody trusts, and frames.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { DAY } from '#kernel/instant.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { authorizePath, newApp, newBrowser, newPkce, visit } from '#test/oauth-client.ts'

const LIST = '/api/v1/keystead/refused-requests'

describe('refused requests about trusted origins', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(2 * DAY))

  const list = async () => (await fixture.request('GET', LIST)).json
  const only = async () => {
    const items = await list()
    assert.equal(items.length, 1, JSON.stringify(items))
    return items[0]
  }
  const mend = async ({ fix }: { fix: { method: string; path: string; body: object | null } }) => {
    const answer = await fixture.request(fix.method, fix.path, fix.body ? { json: fix.body } : {})
    assert.ok(answer.status < 300, answer.text)
    assert.partialDeepStrictEqual(await only(), { resolved: true, fix: null })
  }
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    visit(fixture, newBrowser(), 'GET', path, { headers })

  for (const [path, name, untrusted] of [
    ['/login/sessionCookieRedirect', 'redirectUrl', 400],
    ['/login/signout', 'fromURI', 200],
  ] as const)
    test(`${path}: an address that nobody trusts is told, and one call trusts its origin for redirects`, async () => {
      const origin = `https://${name.toLowerCase()}.example.com`
      const way = `${path}?${new URLSearchParams({ [name]: `${origin}/deep?code=tulip-garden` })}`
      const answer = await get(way)
      assert.equal(answer.status, untrusted)
      assert.equal(answer.headers.location, undefined)
      const item = await only()
      assert.equal(item.reason, 'redirect-not-trusted')
      assert.equal(item.endpoint, path)
      assert.deepEqual(item.sent, { name, value: `${origin}/deep?code=…`, whole: false })
      assert.match(item.sentence, new RegExp(`^${origin} is not a trusted origin with the scope REDIRECT\\.`))
      assert.equal(item.fix.title, `Trust ${origin} for redirects`)
      assert.match(item.fix.warning, /Anybody could have sent/)
      assert.deepEqual(item.fix.body.scopes, [{ type: 'REDIRECT' }])
      await mend(item)
    })

  test('an origin that is trusted for something else gets the scope beside it', async () => {
    const origin = 'https://both.example.com'
    const json = { name: origin, origin, scopes: [{ type: 'CORS' }] }
    await fixture.request('POST', '/api/v1/trustedOrigins', { json })
    await get(`/login/signout?fromURI=${origin}`)
    const item = await only()
    assert.deepEqual(item.fix.body.scopes, [{ type: 'CORS' }, { type: 'REDIRECT' }])
    await mend(item)
    assert.equal((await get(`/login/signout?fromURI=${origin}/bye`)).headers.location, `${origin}/bye`)
  })

  test('an address that no origin would mend is told without a fix', async () => {
    for (const address of [
      'javascript:alert(1)',
      '//evil.example',
      'https://a@evil.example',
      'https://evil.example\\x',
    ]) {
      fixture.clock.advance(2 * DAY)
      await get(`/login/signout?${new URLSearchParams({ fromURI: address })}`)
      const item = await only()
      assert.equal(item.reason, 'redirect-not-trusted')
      assert.equal(item.fix, null)
      assert.match(item.sentence, /where nobody is sent/)
    }
  })

  test('addresses that are followed, and none at all, leave nothing', async () => {
    for (const address of ['', '/', '/app/x', `${fixture.org.url}/`])
      await get(`/login/signout?${new URLSearchParams({ fromURI: address })}`)
    assert.deepEqual(await list(), [])
  })

  test('the sign-in page in a foreign frame is told, and one call lets the page frame it', async () => {
    const origin = 'https://portal.example.com'
    const app = await newApp(fixture)
    const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site', referer: `${origin}/` }
    const page = await get(authorizePath(app, newPkce()), headers)
    assert.equal(page.status, 200)
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/)
    const item = await only()
    assert.equal(item.reason, 'frame-not-trusted')
    assert.deepEqual(item.sent, { name: 'Referer', value: origin, whole: true })
    assert.equal(item.fix.title, `Trust ${origin} for iFrame embed`)
    await mend(item)
    const framed = await get(authorizePath(app, newPkce()), headers)
    assert.ok(String(framed.headers['content-security-policy']).includes(`frame-ancestors ${origin};`))
    assert.equal((await only()).count, 1)
  })

  test('a frame can’t be trusted while the feature is off, which is said', async () => {
    const features = (await fixture.request('GET', '/api/v1/features')).json
    const { id } = features.find((one: { name: string }) => one.name === 'iFrame embedding for trusted origins')
    await fixture.request('POST', `/api/v1/features/${id}/disable`)
    await get('/signin', { 'sec-fetch-dest': 'iframe', referer: 'https://other.example.com/' })
    const item = await only()
    assert.equal(item.fix, null)
    assert.match(item.sentence, /needs the feature 'iFrame embedding for trusted origins'/)
    await fixture.request('POST', `/api/v1/features/${id}/enable`)
  })

  test('pages that are no frame, or of which nothing is known, leave nothing', async () => {
    await get('/signin', { 'sec-fetch-dest': 'document', referer: 'https://other.example.com/' })
    await get('/signin', { 'sec-fetch-dest': 'iframe' })
    await get('/signin', { 'sec-fetch-dest': 'iframe', referer: `${fixture.org.url}/` })
    await get('/signin', { referer: 'https://other.example.com/' })
    assert.deepEqual(await list(), [])
  })
})
