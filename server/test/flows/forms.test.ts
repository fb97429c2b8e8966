// Every form that the server takes, from its own list of routes: a new one is missed by the test, not by the reader.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Route } from '#http/route.ts'
import { allRoutes } from '../../src/server.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import { type Browser, hiddenFields, newBrowser, newPerson, submitSignIn, visit } from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'

/** Forms of clients, which prove themselves or hold what they send, and of which no cookie is read. */
const OF_CLIENTS = /^\/oauth2(\/:server)?\/v1\/(token|introspect|revoke|userinfo)$/
/** What a link may do as well: the request says the same by GET, or brings the proof of a sign-in with it. */
const LIKE_A_LINK = [
  ...['/oauth2/v1/authorize', '/oauth2/:server/v1/authorize', '/oauth2/v1/logout', '/oauth2/:server/v1/logout'],
  '/login/sessionCookieRedirect',
]

const EXPIRED = 'Request expired, please start over and try again.'

/** A form of a page's, or a POST of a page without a body; what is left takes JSON and is guarded at the edge. */
const isFormOfPages = ({ method, form, hidden, body, permission }: Route): boolean =>
  method === 'POST' && (form === true || (hidden === true && body === undefined && permission === undefined))

describe('a form of our pages', () => {
  let fixture: Fixture
  let routes: readonly Route[]
  let browser: Browser
  let csrf: string
  let strangers: string
  let stateToken: string

  before(async () => {
    fixture = await startFixture()
    routes = allRoutes(fixture.deps).filter(isFormOfPages)
    const person = await newPerson(fixture)
    browser = newBrowser()
    const page = await visit(fixture, browser, 'GET', '/')
    await submitSignIn(fixture, browser, page.text, person)
    const again = hiddenFields((await visit(fixture, browser, 'GET', '/signin')).text)
    csrf = again.csrf ?? ''
    stateToken = again.stateToken ?? ''
    strangers = hiddenFields((await visit(fixture, newBrowser(), 'GET', '/signin')).text).csrf ?? ''
    assert.ok(csrf && strangers && csrf !== strangers)
  })
  after(() => fixture.close())

  const ours = () => routes.filter(({ url }) => !OF_CLIENTS.test(url) && !LIKE_A_LINK.includes(url))
  const send = (
    { url }: Route,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
    by = browser,
  ): Promise<TestAnswer> =>
    // Answers may clear cookies: the browser of the test keeps its own.
    visit(fixture, { cookies: { ...by.cookies } }, 'POST', url.replaceAll(/:\w+/g, 'x'), { form, headers })

  it('is one of many', () => {
    assert.ok(ours().length >= 20, String(ours().length))
    for (const url of LIKE_A_LINK)
      assert.ok(
        routes.some((route) => route.url === url),
        url,
      )
  })

  const ELSEWHERE: readonly Readonly<Record<string, string>>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { origin: 'http://first.test.evil.test' },
    { origin: 'http://first.test:8080' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://first.test' },
  ]

  it('that a page elsewhere sends does nothing, whichever it is', async () => {
    for (const route of ours())
      for (const headers of ELSEWHERE) {
        const answer = await changingNothing(fixture.deps.db, () => send(route, { csrf, stateToken }, headers))
        const shown = `${route.url} ${JSON.stringify(headers)}`
        assert.equal(answer.status, 400, shown)
        assert.ok(answer.text.includes(EXPIRED) || answer.json?.errorCode === 'E0000212', `${shown}: ${answer.text}`)
        assert.equal(answer.headers.location, undefined, shown)
      }
  })

  it('without its browser’s token, or with another browser’s, does nothing', async () => {
    const spoilt = ['', csrf.slice(1), `${csrf}A`, strangers, csrf.toUpperCase()]
    for (const route of ours().filter(({ form }) => form))
      for (const token of spoilt) {
        const answer = await changingNothing(fixture.deps.db, () => send(route, { csrf: token, stateToken }))
        assert.deepEqual([answer.status, answer.text.includes(EXPIRED)], [400, true], `${route.url} ${token}`)
      }
    for (const route of ours().filter(({ form }) => form)) {
      const answer = await send(route, { csrf, stateToken }, {}, newBrowser())
      assert.deepEqual([answer.status, answer.text.includes(EXPIRED)], [400, true], route.url)
    }
  })

  it('with the token and from our own page is read', async () => {
    const headers = { 'sec-fetch-site': 'same-origin', origin: fixture.org.url }
    const read: string[] = []
    for (const route of ours()) {
      const answer = await send(route, { csrf, stateToken, identifier: 'nobody@example.test' }, headers)
      if (!answer.text.includes(EXPIRED)) read.push(route.url)
    }
    // The steps of a sign-in and the consent belong to one that is under way; there is none here.
    const rest = ours()
      .map(({ url }) => url)
      .filter((url) => !read.includes(url))
    for (const url of rest) assert.match(url, /^\/signin\/(?!forgot|recover|unlock|send)|consent/)
    assert.ok(read.length >= 12, String(read))
  })
})
