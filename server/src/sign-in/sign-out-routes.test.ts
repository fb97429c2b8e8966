import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { type Browser, hiddenFields, newBrowser, visit } from '#test/oauth-client.ts'
import { addPerson, signIn, type TestPerson } from '#test/people.ts'

const PATH = '/login/signout'
const APP = 'https://app.example.com'
const FOREIGN = { 'sec-fetch-site': 'cross-site' }

describe('signing out by address', () => {
  let fixture: Fixture
  let person: TestPerson
  before(async () => {
    fixture = await startFixture()
    person = await addPerson(fixture)
    for (const [origin, type] of [[APP, 'REDIRECT'] as const, ['https://cors.example.com', 'CORS'] as const]) {
      const json = { name: origin, origin, scopes: [{ type }] }
      assert.equal((await fixture.request('POST', '/api/v1/trustedOrigins', { json })).status, 200)
    }
  })
  after(() => fixture.close())

  async function signedIn(): Promise<Browser> {
    const browser = newBrowser()
    Object.assign(browser.cookies, await signIn(fixture, person))
    return browser
  }

  const isIn = async (cookies: Readonly<Record<string, string>>): Promise<boolean> => {
    const answer = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })
    return answer.status === 200
  }

  const assertCleared = (answer: TestAnswer): void => {
    assert.equal(answer.cookies.sid, '')
    assert.equal(answer.cookies.idx, '')
  }

  it('ends the session, clears both cookies and says so', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }]) {
      const browser = await signedIn()
      const { cookies } = { cookies: { ...browser.cookies } }
      const answer = await visit(fixture, browser, 'GET', PATH, { headers })
      assert.equal(answer.status, 200)
      assert.match(answer.text, /You are signed out/)
      assertCleared(answer)
      assert.equal(await isIn(cookies), false)
    }
  })

  it('says the same to somebody who was not signed in', async () => {
    const answer = await visit(fixture, newBrowser(), 'GET', PATH, { headers: FOREIGN })
    assert.equal(answer.status, 200)
    assert.match(answer.text, /You are signed out/)
  })

  it('asks a person whom another site sent, and ends the session when they agree', async () => {
    const browser = await signedIn()
    const cookies = { ...browser.cookies }
    const asked = await visit(fixture, browser, 'GET', PATH, { headers: FOREIGN })
    assert.equal(asked.status, 200)
    assert.match(asked.text, /Sign out\?/)
    assert.ok(await isIn(cookies))
    const answer = await visit(fixture, browser, 'POST', PATH, { form: hiddenFields(asked.text) })
    assert.equal(answer.status, 200)
    assertCleared(answer)
    assert.equal(await isIn(cookies), false)
  })

  it('takes no agreement but that of its own page', async () => {
    const browser = await signedIn()
    const asked = await visit(fixture, browser, 'GET', PATH, { headers: FOREIGN })
    const form = hiddenFields(asked.text)
    const stranger = hiddenFields((await visit(fixture, newBrowser(), 'GET', '/')).text)
    for (const [sent, headers] of [
      [{}, {}],
      [{ csrf: 'x' }, {}],
      [{ csrf: stranger.csrf ?? '' }, {}],
      [form, FOREIGN],
      [form, { origin: 'https://evil.example' }],
    ] as const) {
      const answer = await visit(fixture, browser, 'POST', PATH, { form: sent, headers })
      assert.equal(answer.status, 400)
      assert.ok(await isIn(browser.cookies))
    }
  })

  it('leads on to an address that the org trusts for that', async () => {
    for (const [fromURI, location] of [
      [`${APP}/bye?a=b`, `${APP}/bye?a=b`],
      ['/app/UserHome', `${fixture.org.url}/app/UserHome`],
    ] as const) {
      const browser = await signedIn()
      const answer = await visit(fixture, browser, 'GET', `${PATH}?${new URLSearchParams({ fromURI })}`)
      assert.equal(answer.status, 302)
      assert.equal(answer.headers.location, location)
      assertCleared(answer)
    }
  })

  it('drops an address that it does not trust', async () => {
    for (const fromURI of [
      'https://evil.example/',
      'https://cors.example.com/',
      '//evil.example',
      '/\\evil.example',
      `${APP}@evil.example`,
      `${APP}.evil.example/`,
      'javascript:alert(1)',
      `${APP}\t/`,
    ]) {
      const answer = await visit(fixture, await signedIn(), 'GET', `${PATH}?${new URLSearchParams({ fromURI })}`)
      assert.equal(answer.status, 200, fromURI)
      assert.equal(answer.headers.location, undefined)
    }
  })

  it('keeps the trusted address through the question, and drops the other', async () => {
    for (const [fromURI, status] of [
      [`${APP}/bye`, 303],
      ['https://evil.example/', 200],
    ] as const) {
      const browser = await signedIn()
      const asked = await visit(fixture, browser, 'GET', `${PATH}?${new URLSearchParams({ fromURI })}`, {
        headers: FOREIGN,
      })
      assert.ok(!asked.text.includes('evil.example'))
      const csp = String(asked.headers['content-security-policy'])
      assert.equal(csp.includes(`form-action 'self' ${APP};`), status === 303)
      const action = /<form[^>]* action="([^"]*)"/.exec(asked.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const answer = await visit(fixture, browser, 'POST', action, { form: hiddenFields(asked.text) })
      assert.equal(answer.status, status)
      assert.equal(answer.headers.location, status === 303 ? fromURI : undefined)
    }
  })

  it('signs out from the start page', async () => {
    const browser = await signedIn()
    const cookies = { ...browser.cookies }
    const home = await visit(fixture, browser, 'GET', '/app/UserHome')
    assert.equal((await visit(fixture, browser, 'POST', PATH, { form: hiddenFields(home.text) })).status, 200)
    assert.equal(await isIn(cookies), false)
  })

  it('stands in the log, with the session that ended', async () => {
    const browser = await signedIn()
    const { id } = (await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: browser.cookies })).json
    await visit(fixture, browser, 'GET', PATH)
    const filter = encodeURIComponent('eventType eq "user.session.end"')
    const { json } = await fixture.request('GET', `/api/v1/logs?filter=${filter}&sortOrder=DESCENDING&limit=1`)
    assert.equal(json[0].actor.id, person.id)
    assert.equal(json[0].authenticationContext.externalSessionId, id)
  })
})
