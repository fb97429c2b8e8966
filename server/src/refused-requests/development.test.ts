// Who is told why, and who isn't: on a developer's own machine the caller and the log, elsewhere neither.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { instant, later, MINUTE } from '#kernel/instant.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import {
  authorizePath,
  basic,
  exchangeForm,
  newApp,
  newPkce,
  postForm,
  REDIRECT_URI,
  type TestApp,
  tokenRequest,
} from '#test/oauth-client.ts'
import { hintPace } from './hint-pace.ts'
import { keptRequest, type RefusedFact } from './refused-request.ts'

const ORIGIN = 'http://localhost:5173'
const ME = '/api/v1/sessions/me'
const NOT_READABLE = `${ORIGIN} is not a trusted origin with the scope CORS. There is none.`
const PAGE = 'http://first.test/admin/reports/refused-requests'
const TRUST = `Trust ${ORIGIN} for CORS (Security > API > Trusted Origins). One click: ${PAGE}`
const WHITELISTED = 'Browser requests to the token endpoint must be part of at least one whitelisted redirect_uri.'

const ask = (fixture: Fixture, method: string, path: string, headers: Readonly<Record<string, string>>) =>
  fixture.request(method, path, { token: null, headers })

/** What the log has explained since. */
async function explained(fixture: Fixture) {
  await fixture.deps.refusedRequests.flush()
  return fixture.logged.filter(({ facts }) => 'fix' in facts)
}

describe('on a developer’s own machine', () => {
  let fixture: Fixture
  let app: TestApp
  let linesBefore = 0

  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_URL: 'http://localhost:8765' } })
    app = await newApp(fixture, { app: { label: 'Shop' } })
  })
  after(() => fixture.close())
  beforeEach(async () => {
    fixture.clock.advance(2 * MINUTE)
    linesBefore = (await explained(fixture)).length
  })
  const told = async () => (await explained(fixture)).slice(linesBefore)

  test('the token endpoint keeps its sentence and says beside it what mends the call', async () => {
    const form = exchangeForm(app, 'code', newPkce())
    const answer = await tokenRequest(fixture, form, { headers: { origin: ORIGIN } })
    const sentence = `${ORIGIN} is not the origin of a redirect URI of 'Shop', nor a trusted one. The nearest one, http://localhost:8080, has the port 8080 instead of 5173.`
    const fix = `${TRUST}?app=${app.id}`
    assert.equal(answer.status, 400)
    assert.deepEqual(answer.json, {
      error: 'invalid_request',
      error_description: WHITELISTED,
      keystead_explanation: { sentence, fix },
    })
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
    const [line, ...more] = await told()
    assert.deepEqual(more, [])
    assert.equal(line?.message, sentence)
    assert.deepEqual(line?.facts, {
      reason: 'origin-not-registered',
      endpoint: '/oauth2/default/v1/token',
      count: 1,
      fix,
    })
  })

  test('so do the endpoints beside it', async () => {
    const web = await newApp(fixture, { type: 'web', app: { label: `Web ${fixture.clock.now()}` } })
    for (const path of ['introspect', 'revoke']) {
      const answer = await postForm(fixture, path, { token: 'x', client_id: web.clientId })
      assert.equal(answer.json.error_description, 'No client credentials found.')
      assert.match(
        answer.json.keystead_explanation.sentence,
        /registered as a web app, which proves itself with a secret/,
      )
      assert.equal(answer.json.keystead_explanation.fix, null)
    }
    assert.deepEqual(
      (await told()).map(({ facts }) => 'endpoint' in facts && facts.endpoint),
      ['/oauth2/default/v1/introspect', '/oauth2/default/v1/revoke'],
    )
  })

  test('an error that the browser hides from the page says why, where the developer tools show it', async () => {
    const answer = await ask(fixture, 'GET', ME, { origin: ORIGIN })
    assert.equal(answer.status, 404)
    const { errorCode, keystead_explanation } = answer.json
    assert.equal(errorCode, 'E0000007')
    assert.deepEqual(keystead_explanation, { sentence: NOT_READABLE, fix: TRUST })
    const [line] = await told()
    assert.equal(line?.message, NOT_READABLE)
    assert.partialDeepStrictEqual(line?.facts, { reason: 'origin-not-trusted', endpoint: ME, fix: TRUST })
  })

  test('an answer that succeeds is as it always is, and the log says why the page can’t read it', async () => {
    const answer = await fixture.request('GET', '/api/v1/users?limit=1', { headers: { origin: ORIGIN } })
    assert.equal(answer.status, 200)
    assert.ok(Array.isArray(answer.json))
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
    assert.deepEqual(
      (await told()).map(({ message }) => message),
      [NOT_READABLE],
    )
  })

  test('a preflight has no room for words, and the log has', async () => {
    const answer = await ask(fixture, 'OPTIONS', ME, { origin: ORIGIN, 'access-control-request-method': 'GET' })
    assert.deepEqual([answer.status, answer.text], [204, ''])
    assert.equal((await told())[0]?.message, NOT_READABLE)
  })

  test('an error page stays as it is, and the log says why', async () => {
    const path = authorizePath(app, newPkce(), { redirect_uri: `${REDIRECT_URI}/` })
    const page = await fixture.request('GET', path, { token: null })
    assert.ok(!page.text.includes('One click'))
    const [line] = await told()
    assert.match(line?.message ?? '', /is not a sign-in redirect URI of 'Shop'.* has no slash at the end\.$/)
    assert.partialDeepStrictEqual(line?.facts, {
      fix: `Add this sign-in redirect URI (Applications > Shop > General). One click: ${PAGE}?app=${app.id}`,
    })
  })

  test('errors that nothing of the kind has caused are as documented', async () => {
    const own = await tokenRequest(fixture, exchangeForm(app, 'code', newPkce()), {
      headers: { origin: 'http://localhost:8080' },
    })
    assert.deepEqual(Object.keys(own.json), ['error', 'error_description'])
    for (const headers of [{}, { origin: 'http://first.test' }, { origin: ORIGIN, authorization: 'Bearer x' }]) {
      const answer = await ask(fixture, 'GET', ME, headers)
      assert.deepEqual(Object.keys(answer.json).sort(), [
        'errorCauses',
        'errorCode',
        'errorId',
        'errorLink',
        'errorSummary',
      ])
    }
    assert.deepEqual(await told(), [])
  })

  test('no secret is told, whatever was sent in its place', async () => {
    const secret = 'tulip-garden-4711'
    const web = await newApp(fixture, { type: 'web', app: { label: `Web ${fixture.clock.now()}` } })
    const answers = [
      await tokenRequest(fixture, exchangeForm(app, secret, newPkce()), {
        headers: { origin: `https://user:${secret}@evil.example` },
      }),
      await tokenRequest(fixture, { ...exchangeForm(app, 'x', newPkce()), client_secret: secret }),
      await tokenRequest(fixture, exchangeForm(web, secret, newPkce()), { headers: basic({ ...web, secret }) }),
      await ask(fixture, 'GET', ME, { origin: `https://${secret}@evil.example` }),
      await ask(fixture, 'GET', `/login/sessionCookieRedirect?redirectUrl=https://evil.example/?token=${secret}`, {}),
      await ask(fixture, 'GET', `/login/signout?fromURI=https://${secret}@evil.example`, {}),
      await ask(
        fixture,
        'GET',
        authorizePath(app, newPkce(), { redirect_uri: `https://a.example/?code=${secret}` }),
        {},
      ),
    ]
    const lines = await told()
    assert.ok(lines.length >= 5)
    for (const seen of [...answers.map(({ text }) => text), JSON.stringify(lines)])
      assert.ok(!seen.includes(secret), seen)
  })

  test('a flood of one kind is one line a minute, and the next one tells how many were passed over', async () => {
    for (let n = 0; n < 50; n++) {
      await ask(fixture, 'GET', ME, { origin: 'http://localhost:6000' })
      await fixture.deps.refusedRequests.flush()
    }
    assert.equal((await told()).length, 1)
    fixture.clock.advance(MINUTE)
    await ask(fixture, 'GET', ME, { origin: 'http://localhost:6000' })
    assert.partialDeepStrictEqual((await told())[1]?.facts, { count: 1, passedOver: 49 })
  })

  test('a flood of many kinds is as many lines as fit into a minute', async () => {
    for (let n = 0; n < 150; n++) {
      await ask(fixture, 'GET', ME, { origin: `http://localhost:${7000 + n}` })
      if (n % 10 === 0) await fixture.deps.refusedRequests.flush()
    }
    assert.equal((await told()).length, 60)
  })
})

test('anywhere else nobody is told: neither the caller nor the log', async () => {
  for (const url of ['https://id.example.com', 'http://localhost.example.com', 'http://10.0.0.1:8765']) {
    const fixture = await startFixture({ env: { KEYSTEAD_URL: url } })
    try {
      const app = await newApp(fixture)
      const form = exchangeForm(app, 'code', newPkce())
      const answer = await tokenRequest(fixture, form, { headers: { origin: ORIGIN } })
      assert.deepEqual(answer.json, { error: 'invalid_request', error_description: WHITELISTED })
      const hidden = await ask(fixture, 'GET', ME, { origin: ORIGIN })
      assert.deepEqual(Object.keys(hidden.json).sort(), [
        'errorCauses',
        'errorCode',
        'errorId',
        'errorLink',
        'errorSummary',
      ])
      assert.deepEqual(await explained(fixture), [])
    } finally {
      await fixture.close()
    }
  }
})

test('a kind is told once a minute, at most so many kinds, and what was passed over is counted in requests', () => {
  const noon = instant(Date.UTC(2026, 0, 15, 12))
  const client = { ip: '192.0.2.1', userAgent: 'Browser', requestId: 'req', path: '/' }
  const fact: RefusedFact = { reason: 'origin-not-trusted', sent: { name: 'Origin', value: ORIGIN } }
  const seen = (id: string, count = 1) => ({ ...keptRequest({ client }, '/', fact, noon), id, count })
  const pace = hintPace(2)
  const pick = (at: number, ...requests: ReturnType<typeof seen>[]) => {
    const { told, passedOver } = pace.pick(requests, later(noon, at))
    return [told.map(({ id }) => id).join(''), passedOver]
  }
  assert.deepEqual(pick(0, seen('a', 9)), ['a', 0])
  assert.deepEqual(pick(1, seen('a', 5)), ['', 0])
  assert.deepEqual(pick(2, seen('a', 2), seen('b'), seen('c', 3)), ['b', 5])
  assert.deepEqual(pick(MINUTE - 1, seen('d')), ['', 0])
  assert.deepEqual(pick(MINUTE, seen('d'), seen('a')), ['da', 6])
  assert.deepEqual(pick(2 * MINUTE, seen('a')), ['a', 0])
})
