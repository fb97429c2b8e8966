import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addressLimit } from '#http/rate-limit.ts'
import { DAY, HOUR } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '#test/fixture.ts'
import { type Browser, hiddenFields, newBrowser, visit } from '#test/oauth-client.ts'
import { assertSoundPage } from '#test/page-checks.ts'
import { addPerson, authenticate, newSessionToken, signIn, type TestPerson } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'

const NEW = 'Another-Horse-8'
const FORM = '/signin/reset-password'

onEachDatabase('the page behind a link to choose a password', (dialect) => {
  let fixture: Fixture
  let other: TestOrg
  before(async () => {
    fixture = await startFixture({ dialect })
    other = await fixture.newOrg('other')
  })
  after(() => fixture.close())

  const users = (path: string, json?: object) => fixture.request('POST', `/api/v1/users/${path}`, json ? { json } : {})
  const pathOf = (url: string): string => url.replace(fixture.org.url, '')

  async function resetLink({ id }: TestPerson): Promise<string> {
    const { status, json, text } = await users(`${id}/lifecycle/reset_password?sendEmail=false`)
    assert.equal(status, 200, text)
    return pathOf(json.resetPasswordUrl)
  }

  const open = (path: string, browser: Browser = newBrowser()) => visit(fixture, browser, 'GET', path)

  const send = (
    browser: Browser,
    page: TestAnswer,
    { password = NEW, repeated = password, ...more }: Readonly<Record<string, string>> = {},
  ) => {
    const form = { ...hiddenFields(page.text), 'credentials.passcode': password, confirmPassword: repeated, ...more }
    return visit(fixture, browser, 'POST', FORM, { form })
  }

  const assertDead = (answer: TestAnswer) => {
    assert.equal(answer.status, 404)
    assert.match(answer.text, /This link can’t be used/)
  }

  async function choose(path: string, password = NEW): Promise<TestAnswer> {
    const browser = newBrowser()
    return send(browser, await open(path, browser), { password })
  }

  test('it is a sound page that says who it is for, loads nothing and leads nowhere else', async () => {
    const person = await addPerson(fixture)
    const path = await resetLink(person)
    assert.match(path, /^\/signin\/reset-password\/[\w-]{32}$/)
    const answer = await open(path)
    const csp = String(answer.headers['content-security-policy'])
    assertSoundPage(answer.text, /'nonce-([^']+)'/.exec(csp)?.[1] ?? '')
    assert.match(csp, /default-src 'none'.*form-action 'self'; frame-ancestors 'none'/)
    assert.doesNotMatch(csp, /script-src|unsafe/)
    assert.equal(answer.headers['cache-control'], 'no-cache, no-store')
    assert.equal(answer.headers['referrer-policy'], 'same-origin')
    assert.ok(answer.text.includes(person.login))
  })

  test('opening it uses nothing up; setting the password ends everything that the old one had opened', async () => {
    const person = await addPerson(fixture)
    const cookies = await signIn(fixture, person)
    const sessionToken = await newSessionToken(fixture, person)
    const path = await resetLink(person)
    for (let n = 0; n < 3; n++) assert.equal((await open(path)).status, 200)
    assert.equal((await authenticate(fixture, person)).status, 401)
    fixture.clock.advance(1_000)
    const done = await choose(path)
    assert.deepEqual([done.status, done.headers.location], [303, '/app/UserHome'])
    assert.equal((await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })).status, 404)
    assert.equal((await fixture.request('POST', '/api/v1/sessions', { json: { sessionToken } })).status, 401)
    assert.equal((await authenticate(fixture, person)).status, 401)
    assert.equal((await authenticate(fixture, { ...person, password: NEW })).json.status, 'SUCCESS')
    const { json } = await fixture.request('GET', `/api/v1/logs?since=2026-01-01T00:00:00Z&q=${person.id}&limit=1000`)
    const events = json.map(({ eventType, actor }: { eventType: string; actor: { id: string } }) => [
      eventType,
      actor.id,
    ])
    for (const type of ['user.account.use_token', 'user.account.update_password'])
      assert.ok(
        events.some(([eventType, actor]: string[]) => eventType === type && actor === person.id),
        type,
      )
    assert.ok(events.some(([eventType]: string[]) => eventType === 'user.account.reset_password'))
  })

  test('whatever is wrong with a link, one page says so and nothing is changed', async () => {
    const person = await addPerson(fixture)
    const superseded = await resetLink(person)
    const good = await resetLink(person)
    const token = good.slice(good.lastIndexOf('/') + 1)
    const flipped = (at: number) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    const wrong = [
      superseded,
      good.slice(0, -1),
      `${good}A`,
      `${FORM}/${flipped(0)}`,
      `${FORM}/${flipped(token.length - 1)}`,
      `${FORM}/%00`,
      `${FORM}/%F0%9F%98%80`,
      `${FORM}/${'x'.repeat(90)}`,
      `${FORM}/${token.toLowerCase()}`,
      '/welcome/x',
    ]
    const texts = new Set<string>()
    await changingNothing(fixture.deps.db, async () => {
      for (const path of wrong) {
        const answer = await open(path)
        assertDead(answer)
        texts.add(answer.text.replaceAll(/nonce="[^"]*"/g, ''))
      }
      const browser = newBrowser()
      const page = await open(good, browser)
      for (const path of wrong) {
        const value = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
        if (value !== token) assertDead(await send(browser, page, { token: value }))
      }
    })
    assert.equal(texts.size, 1)
    assert.equal((await choose(good)).status, 303)
    assertDead(await open(good))
  })

  test('of twenty who hold one link one sets the password', async () => {
    const person = await addPerson(fixture)
    const path = await resetLink(person)
    const browser = newBrowser()
    const page = await open(path, browser)
    const passwords = Array.from({ length: 20 }, (_, n) => `Another-Horse-${n}`)
    const answers = await Promise.all(passwords.map((password) => send(browser, page, { password })))
    const won = answers.flatMap(({ status }, at) => (status === 303 ? [passwords[at] ?? ''] : []))
    assert.equal(won.length, 1)
    assert.equal((await authenticate(fixture, { ...person, password: won[0] ?? '' })).status, 200)
  })

  test('a reset is good for an hour, an activation for a week', async () => {
    const person = await addPerson(fixture)
    const path = await resetLink(person)
    fixture.clock.advance(HOUR - 1)
    const browser = newBrowser()
    const page = await open(path, browser)
    assert.equal(page.status, 200)
    fixture.clock.advance(1)
    assertDead(await open(path))
    assertDead(await send(browser, page))
    const profile = { login: `new-${dialect}@example.com`, email: 'a@example.com', firstName: 'A', lastName: 'B' }
    const { json: made } = await fixture.request('POST', '/api/v1/users?activate=false', { json: { profile } })
    const { json } = await users(`${made.id}/lifecycle/activate?sendEmail=false`)
    assert.equal(json.activationUrl, `${fixture.org.url}/welcome/${json.activationToken}`)
    fixture.clock.advance(7 * DAY - 1)
    assert.match((await open(pathOf(json.activationUrl))).text, /Welcome/)
    fixture.clock.advance(1)
    assertDead(await open(pathOf(json.activationUrl)))
    const again = await users(`${made.id}/lifecycle/reactivate`)
    assert.equal((await choose(pathOf(again.json.activationUrl))).status, 303)
    assert.equal((await authenticate(fixture, { login: profile.login, password: NEW })).json.status, 'SUCCESS')
  })

  test('a password that the policy refuses, or that is not the same twice, leaves the link good', async () => {
    const path = await resetLink(await addPerson(fixture))
    const browser = newBrowser()
    let page = await open(path, browser)
    await changingNothing(fixture.deps.db, async () => {
      for (const [password, repeated] of [
        ['weak', 'weak'],
        [NEW, 'Another-Horse-9'],
        [`Aa1${'x'.repeat(70)}`, `Aa1${'x'.repeat(70)}`],
        ['x'.repeat(5_000), 'x'.repeat(5_000)],
      ] as const) {
        page = await send(browser, page, { password, repeated })
        assert.equal(page.status, 400)
        assert.match(page.text, /role="alert" id="password-error" class="alert"/)
        assert.ok(!page.text.includes(password))
      }
    })
    assert.equal((await send(browser, page)).status, 303)
  })

  test('a form without its proof, from another page or another browser sets nothing', async () => {
    const path = await resetLink(await addPerson(fixture))
    const browser = newBrowser()
    const page = await open(path, browser)
    const form = { ...hiddenFields(page.text), 'credentials.passcode': NEW, confirmPassword: NEW }
    await changingNothing(fixture.deps.db, async () => {
      const refused = [
        await send(browser, page, { csrf: '' }),
        await send(newBrowser(), page),
        await visit(fixture, browser, 'POST', FORM, { form, headers: { origin: 'https://evil.example' } }),
        await visit(fixture, browser, 'POST', FORM, { form, headers: { 'sec-fetch-site': 'cross-site' } }),
      ]
      for (const answer of refused) {
        assert.equal(answer.status, 400)
        assert.match(answer.text, /Request expired/)
      }
    })
  })

  test("another org's link is none here, and a person who was suspended or changed meanwhile has none", async () => {
    const foreign = await addPerson(fixture, `foreign-${dialect}@example.com`, other)
    const answer = await fixture.request(
      'POST',
      `/api/v1/users/${foreign.id}/lifecycle/reset_password?sendEmail=false`,
      {
        org: other,
      },
    )
    assertDead(await open(answer.json.resetPasswordUrl.replace(other.org.url, '')))
    const suspended = await addPerson(fixture)
    const { json } = await users(`${suspended.id}/credentials/forgot_password?sendEmail=false`)
    await users(`${suspended.id}/lifecycle/suspend`)
    assertDead(await open(pathOf(json.resetPasswordUrl)))
    await users(`${suspended.id}/lifecycle/unsuspend`)
    assertDead(await open(pathOf(json.resetPasswordUrl)))
    const changed = await addPerson(fixture)
    const link = await users(`${changed.id}/credentials/forgot_password?sendEmail=false`)
    await users(changed.id, { credentials: { password: { value: NEW } } })
    assertDead(await open(pathOf(link.json.resetPasswordUrl)))
  })

  test('a forgotten password stays good until another is chosen, and a lockout ends with it', async () => {
    const person = await addPerson(fixture)
    const { json } = await users(`${person.id}/credentials/forgot_password?sendEmail=false`)
    assert.equal((await authenticate(fixture, person)).json.status, 'SUCCESS')
    for (let n = 0; n < 10; n++) await authenticate(fixture, { ...person, password: 'wrong' })
    fixture.clock.advance(1_000)
    assert.equal((await choose(pathOf(json.resetPasswordUrl))).status, 303)
    assert.equal((await authenticate(fixture, { ...person, password: NEW })).json.status, 'SUCCESS')
  })

  test('no token of a link stands in the System Log', async () => {
    const person = await addPerson(fixture)
    const path = await resetLink(person)
    await choose(path)
    await fixture.deps.events.flush()
    const { text } = await fixture.request('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000')
    assert.ok(!text.includes(path.slice(path.lastIndexOf('/') + 1)))
  })
})

test('nor where the request for its page was one too many', async () => {
  const fixture = await startFixture({ env: { KEYSTEAD_RATE_LIMITS: 'on' } })
  try {
    const { id } = await addPerson(fixture)
    const reset = `/api/v1/users/${id}/lifecycle/reset_password?sendEmail=false`
    const { resetPasswordUrl } = (await fixture.request('POST', reset)).json
    const open = () => fixture.request('GET', new URL(resetPasswordUrl).pathname, { token: null })
    for (let n = 0; n < addressLimit('sign-in'); n++) await open()
    assert.equal((await open()).status, 429)
    await fixture.deps.events.flush()
    const { text } = await fixture.request('GET', '/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000')
    assert.match(text, /system\.org\.rate_limit\.violation/)
    assert.ok(!text.includes(resetPasswordUrl.slice(resetPasswordUrl.lastIndexOf('/') + 1)))
  } finally {
    await fixture.close()
  }
})
