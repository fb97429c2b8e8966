import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, newSessionToken, signIn } from '#test/people.ts'

const PATH = '/login/sessionCookieRedirect'
const APP = 'https://app.example.com'

onEachDatabase('session token to cookies', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
    const scopes = [{ type: 'REDIRECT' }]
    await fixture.request('POST', '/api/v1/trustedOrigins', { json: { name: 'App', origin: APP, scopes } })
  })
  after(() => fixture.close())

  const open = (parameters: Record<string, string>, cookies: Record<string, string> = {}) =>
    fixture.request('GET', `${PATH}?${new URLSearchParams(parameters)}`, { token: null, cookies })
  const sessionOf = (cookies: Readonly<Record<string, string>>) =>
    fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })

  test('a token sets both cookies to one value and leads to a trusted origin', async () => {
    const person = await addPerson(fixture)
    const token = await newSessionToken(fixture, person)
    const answer = await open({ token, redirectUrl: `${APP}/done?a=b`, checkAccountSetupComplete: 'true' })
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.location, `${APP}/done?a=b`)
    assert.equal(answer.headers['referrer-policy'], 'no-referrer')
    const { sid = '' } = answer.cookies
    assert.match(sid, /^[\w-]{43}$/)
    assert.deepEqual(answer.headers['set-cookie'], [
      `sid=${sid}; Path=/; HttpOnly; SameSite=Lax`,
      `idx=${sid}; Path=/; HttpOnly; SameSite=Lax`,
    ])
    assert.equal((await sessionOf({ sid })).json.userId, person.id)
    assert.equal((await sessionOf({ idx: sid })).json.userId, person.id)
  })

  test('a form does the same, and its answer is fetched with GET', async () => {
    const token = await newSessionToken(fixture, await addPerson(fixture))
    const answer = await fixture.request('POST', PATH, { token: null, form: { token, redirectUrl: '/app/UserHome' } })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.location, `${fixture.org.url}/app/UserHome`)
    assert.equal((await sessionOf(answer.cookies)).status, 200)
  })

  test('an address elsewhere is refused with a page, and the token stays good', async () => {
    const token = await newSessionToken(fixture, await addPerson(fixture))
    for (const redirectUrl of [
      '',
      'https://evil.example/',
      '//evil.example',
      `${APP}.evil.example/`,
      'javascript:alert(1)',
    ]) {
      const answer = await open({ token, redirectUrl })
      assert.equal(answer.status, 400, redirectUrl)
      assert.equal(answer.headers.location, undefined)
      assert.deepEqual(answer.cookies, {})
      assert.match(String(answer.headers['content-type']), /^text\/html/)
    }
    assert.equal((await open({ token })).status, 400)
    assert.equal((await open({ token, redirectUrl: APP })).status, 302)
  })

  test('an origin that was trusted a moment ago is followed, and no more once it is not', async () => {
    const origin = 'https://late.example.com'
    assert.equal((await open({ token: 'x', redirectUrl: origin })).status, 400)
    const scopes = [{ type: 'REDIRECT' }]
    const added = await fixture.request('POST', '/api/v1/trustedOrigins', { json: { name: 'Late', origin, scopes } })
    const token = await newSessionToken(fixture, await addPerson(fixture))
    assert.equal((await open({ token, redirectUrl: origin })).status, 302)
    await fixture.request('POST', `/api/v1/trustedOrigins/${added.json.id}/lifecycle/deactivate`)
    assert.equal((await open({ token, redirectUrl: origin })).status, 400)
  })

  test('a token that is used, unknown or missing sets nothing and leads nowhere', async () => {
    const token = await newSessionToken(fixture, await addPerson(fixture))
    assert.equal((await open({ token, redirectUrl: '/' })).status, 302)
    for (const parameters of [{ token }, { token: 'unknown' }, {}]) {
      const answer = await open({ ...parameters, redirectUrl: `${APP}/` })
      assert.equal(answer.status, 403)
      assert.equal(answer.headers.location, undefined)
      assert.deepEqual(answer.cookies, {})
    }
  })

  test('beside a living session a token is left alone, so that nobody is moved into another session', async () => {
    const person = await addPerson(fixture)
    const attacker = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    const token = await newSessionToken(fixture, attacker)
    const answer = await open({ token, redirectUrl: `${APP}/` }, cookies)
    assert.equal(answer.status, 302)
    assert.equal(answer.headers['set-cookie'], undefined)
    assert.equal((await sessionOf(cookies)).json.userId, person.id)
    assert.equal((await open({ token, redirectUrl: `${APP}/` })).status, 302)
  })
})
