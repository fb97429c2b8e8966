// The edge with routes of the test's own: the order of the checks, and what is answered where no handler is reached.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import Type from 'typebox'
import { StoreUnavailable, UnstorableText } from '#db/unit.ts'
import type { Actor } from '#kernel/caller.ts'
import type { OrgId } from '#kernel/id.ts'
import { instant } from '#kernel/instant.ts'
import { invalid, Refusal } from '#kernel/refusal.ts'
import { empty, json } from './answer.ts'
import { newListener } from './listener.ts'
import { type Edge, type Host, mount } from './mount.ts'
import { addressLimit, RATE_BUCKETS, rateLimiter } from './rate-limit.ts'
import { type Call, type Route, route } from './route.ts'
import { clearDoubled } from './session-cookies.ts'
import { mountUnknown } from './unknown-path.ts'

const NOON = Date.UTC(2026, 0, 15, 12)
const ORG = 'an-org' as OrgId
const ORG_URL = 'https://id.example.com'
const TRUSTED = 'https://spa.example.com'

const person = { userId: '00u1', login: 'zoe@example.com', displayName: 'Zoë' }
const ACTORS: Readonly<Record<string, Actor>> = {
  admin: { kind: 'api-token', tokenId: '00T1', ...person, roles: ['SUPER_ADMIN'] },
  reader: { kind: 'api-token', tokenId: '00T2', ...person, roles: ['READ_ONLY_ADMIN'] },
  nobody: { kind: 'api-token', tokenId: '00T3', ...person, roles: [] },
}
const CONSOLE: Actor = {
  kind: 'console',
  consoleSessionId: '103',
  sessionId: '102',
  ...person,
  roles: ['SUPER_ADMIN'],
}
const SESSION: Actor = { kind: 'session', sessionId: '102', ...person, roles: ['SUPER_ADMIN'] }

const FAULTS: Readonly<Record<string, unknown>> = {
  refused: invalid('name', 'name: is taken', 'name: is long'),
  broken: new Error('the secret of the machine'),
  thrown: 'a string',
  unavailable: new StoreUnavailable('disk full'),
  unstorable: new UnstorableText(),
}

const told = (call: Call) =>
  json(200, {
    actor: call.caller.actor.kind,
    ip: call.caller.client.ip,
    orgUrl: call.caller.orgUrl,
    body: call.body instanceof URLSearchParams ? [...call.body] : call.body,
    query: [...call.query],
    params: call.params,
  })

const body = Type.Object({ name: Type.String(), count: Type.Optional(Type.Integer()) })
const open = { zone: 'none', bucket: 'api', summary: 'A route of the test', handler: told } as const
const things = { ...open, url: '/api/v1/things', zone: 'trusted', cookie: true } as const
const thing = { ...open, url: '/api/v1/things/:id', permission: 'authenticated' } as const
const ROUTES: readonly Route[] = [
  route({ ...things, method: 'GET', permission: 'okta.apps.read' }),
  route({ ...things, method: 'POST', permission: 'okta.apps.manage', body }),
  route({ ...thing, method: 'GET' }),
  route({ ...thing, method: 'DELETE', zone: 'trusted', cookie: true, handler: () => empty(204) }),
  route({ ...thing, method: 'POST', url: '/api/v1/things/:id/lifecycle/turn' }),
  route({ ...open, method: 'POST', url: '/api/v1/authn', body, bucket: 'authn', zone: 'trusted' }),
  route({ ...open, method: 'POST', url: '/form', form: true }),
  route({
    ...open,
    method: 'POST',
    url: '/token',
    form: true,
    zone: 'token',
    bucket: 'token',
    alias: true,
    isProven: async ({ body }) => body instanceof URLSearchParams && body.get('secret') === 'right',
  }),
  route({ ...open, method: 'GET', url: '/keys', zone: 'public', bucket: 'unmetered', alias: true }),
  route({ ...open, method: 'GET', url: '/userinfo', zone: 'bearer' }),
  route({ ...open, method: 'GET', url: '/admin/page', console: true }),
  route({
    ...open,
    method: 'GET',
    url: '/varies',
    zone: 'trusted',
    handler: () => empty(204, { headers: { vary: 'Accept-Language' } }),
  }),
  route({
    ...open,
    method: 'GET',
    url: '/doubled',
    cookie: true,
    handler: (call) => ({ ...told(call), cookies: clearDoubled(call) }),
  }),
  route({
    ...open,
    method: 'POST',
    url: '/fails/:how',
    zone: 'trusted',
    handler: ({ params }) => {
      throw FAULTS[params.how ?? ''] ?? new Error('no such fault')
    },
  }),
  route({
    ...open,
    method: 'POST',
    url: '/own-tongue',
    form: true,
    refuse: (error) => json(418, { code: error instanceof Refusal ? error.code : 'a fault' }),
    handler: () => {
      throw new Error('it breaks')
    },
  }),
]

interface World {
  readonly logged: object[]
  /** What the credentials were asked for. */
  readonly asked: string[]
  /** Origins that were kept out, with the route. */
  readonly refused: readonly unknown[]
  /** Limits that were reached, with the route. */
  readonly reached: readonly unknown[]
  ask(method: string, url: string, options?: InjectOptions): ReturnType<typeof answered>
}

function newWorld({ proxies = [] as readonly string[], limits = false } = {}): World {
  const server = newListener({ trustedProxies: proxies, random: randomBytes })
  const logged: object[] = []
  const asked: string[] = []
  const refused: unknown[] = []
  const reached: unknown[] = []
  const hosts: Readonly<Record<string, Host['role']>> = {
    'id.example.com': 'canonical',
    'keystead:8765': 'alias',
    'console.example.com': 'console',
    // Where the console has moved away from.
    'moved.example.com': 'canonical',
  }
  const edge: Edge = {
    now: () => instant(NOON),
    random: randomBytes,
    limiter: rateLimiter(limits),
    credentials: {
      async apiToken(_org, token) {
        asked.push(token)
        return ACTORS[token] ?? Promise.reject(new Refusal('invalid_token'))
      },
      async session(_org, cookie) {
        asked.push(cookie)
        return cookie === 'alive' ? SESSION : undefined
      },
      async console(_org, cookie) {
        asked.push(cookie)
        return cookie === 'at-work' ? CONSOLE : undefined
      },
    },
    async resolveHost(host) {
      if (host === 'slow.example.com') throw new StoreUnavailable('no answer')
      const role = hosts[host]
      return role === undefined
        ? undefined
        : {
            org: ORG,
            orgUrl: ORG_URL,
            role,
            origin: role === 'alias' ? `http://${host}` : ORG_URL,
            consoleUrl: host.startsWith('id.') ? ORG_URL : 'https://console.example.com',
          }
    },
    isTrusted: async () => (origin) => origin === TRUSTED,
    refusedOrigin: (_caller, url, origin) => refused.push([url, origin]),
    explainOrigin: async () => undefined,
    limitReached: (_caller, url, limit) => reached.push([url, limit]),
    logError: (facts) => logged.push(facts),
    logWarning: (facts) => logged.push(facts),
  }
  mount(server, edge, ROUTES)
  mountUnknown(server, edge, ROUTES)
  return { logged, asked, refused, reached, ask: (method, url, options) => answered(server, method, url, options) }
}

async function answered(
  server: FastifyInstance,
  method: string,
  url: string,
  { headers: sent, ...options }: InjectOptions = {},
) {
  const answer = await server.inject({
    method: method as 'GET',
    url,
    headers: { host: 'id.example.com', ...sent },
    ...options,
  })
  const { statusCode: status, headers, payload: text } = answer
  return { status, headers, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
}

type Headers = Readonly<Record<string, string>>
const ssws = (token: string): Headers => ({ authorization: `SSWS ${token}` })
const JSON_TYPE: Headers = { 'content-type': 'application/json' }
const FORM_TYPE: Headers = { 'content-type': 'application/x-www-form-urlencoded' }
const NAMED = '{"name":"a"}'
const world = newWorld()
const { ask } = world

describe('the Admin Console', () => {
  const COOKIE = '__Host-keystead_console'
  const called = (more: Headers = {}): Headers => ({
    cookie: `${COOKIE}=at-work; sid=alive`,
    'x-keystead-console': '1',
    'sec-fetch-site': 'same-origin',
    ...more,
  })
  const actorAt = async (url: string, headers: Headers, method = 'GET') => {
    const answer = await ask(method, url, { headers })
    return answer.json?.actor ?? [answer.status, answer.json?.errorCode]
  }

  test('is the caller of whatever asks for a permission, before the session', async () => {
    assert.equal(await actorAt('/api/v1/things', called()), 'console')
    assert.equal(await actorAt('/api/v1/things/1', called()), 'console')
    assert.equal(await actorAt('/api/v1/things/1/lifecycle/turn', called(), 'POST'), 'console')
    assert.equal(await actorAt('/api/v1/things', called(ssws('reader'))), 'api-token')
    assert.equal(await actorAt('/doubled', called()), 'session')
  })

  test('is nobody once its session has ended, whatever session the browser has', async () => {
    for (const cookie of [`${COOKIE}=ended; sid=alive`, 'sid=alive', `${COOKIE}=at-work; ${COOKIE}=at-work; sid=alive`])
      assert.deepEqual(await actorAt('/api/v1/things', called({ cookie })), [403, 'E0000005'])
    // On https the cookie of the plain name could be another host's.
    const planted = called({ cookie: 'keystead_console=at-work; sid=alive' })
    assert.deepEqual(await actorAt('/api/v1/things', planted), [403, 'E0000005'])
  })

  test('is taken at the word of the browser alone', async () => {
    for (const site of ['cross-site', 'same-site', 'none', ''])
      assert.deepEqual(await actorAt('/api/v1/things', called({ 'sec-fetch-site': site })), [403, 'E0000005'])
    const { 'x-keystead-console': _, ...withoutHeader } = called()
    assert.equal(await actorAt('/api/v1/things', withoutHeader), 'session')
  })

  test('is granted nothing by CORS, at a trusted origin neither', async () => {
    const { headers } = await ask('GET', '/api/v1/things', { headers: called({ origin: TRUSTED }) })
    assert.ok(!Object.keys(headers).some((name) => name.startsWith('access-control')))
  })

  test('at an origin of its own is served there, with the API and nothing else', async () => {
    const at = { host: 'console.example.com' }
    assert.equal(await actorAt('/api/v1/things', called(at)), 'console')
    assert.equal(await actorAt('/admin/page', at), 'anonymous')
    for (const url of ['/keys', '/doubled', '/userinfo'])
      assert.equal((await ask('GET', url, { headers: called(at) })).status, 421, url)
    const session = { cookie: 'sid=alive', ...at }
    assert.deepEqual(await actorAt('/api/v1/things', session), [403, 'E0000005'])
    const elsewhere = { host: 'moved.example.com' }
    assert.deepEqual(await actorAt('/api/v1/things', called(elsewhere)), [403, 'E0000005'])
    assert.equal((await ask('GET', '/admin/page', { headers: elsewhere })).status, 421)
  })
})

describe('a host', () => {
  const STRANGE = [
    'evil.example',
    'localhost',
    'id.example.com:8080',
    'id.example.com.evil.example',
    'x@id.example.com',
  ]
  for (const host of STRANGE) {
    test(`${host} is nobody's`, async () => {
      for (const url of ['/api/v1/things', '/keys', '/nowhere']) {
        const answer = await ask('GET', url, { headers: { host, ...ssws('admin') } })
        assert.partialDeepStrictEqual(answer, { status: 421, json: { errorCode: 'E0000008' } })
        assert.ok(!answer.text.includes(host))
      }
    })
  }

  test('is what the request says and not what it says was said', async () => {
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-forwarded-proto': 'http',
    }
    assert.equal((await ask('GET', '/keys', { headers: forwarded })).json.orgUrl, ORG_URL)
    const hostile = { host: 'evil.example', 'x-forwarded-host': 'id.example.com' }
    assert.equal((await ask('GET', '/keys', { headers: hostile })).status, 421)
  })

  test('that can not be looked up is no news about the org', async () => {
    const answer = await ask('GET', '/keys', { headers: { host: 'slow.example.com' } })
    assert.partialDeepStrictEqual(answer, { status: 503, json: { errorCode: 'E0000010' } })
  })

  test('that is an alias serves machines alone', async () => {
    const host = 'keystead:8765'
    assert.equal((await ask('GET', '/keys', { headers: { host } })).json.orgUrl, ORG_URL)
    assert.equal((await ask('GET', '/api/v1/things', { headers: { host, ...ssws('admin') } })).status, 421)
  })
})

describe('the address of a caller', () => {
  const FORWARDED = { 'x-forwarded-for': '203.0.113.9, 10.0.0.2' }
  const ipOf = async (proxies: readonly string[], remoteAddress: string, headers: Headers = FORWARDED) =>
    (await newWorld({ proxies }).ask('GET', '/keys', { remoteAddress, headers })).json?.ip

  test('is that of the connection where no proxy is trusted', async () => {
    assert.equal(await ipOf([], '198.51.100.7'), '198.51.100.7')
  })

  test('is what a trusted proxy says', async () => {
    assert.equal(await ipOf(['10.0.0.0/8'], '10.0.0.1'), '203.0.113.9')
  })

  test('is that of the connection where it is no trusted proxy', async () => {
    assert.equal(await ipOf(['10.0.0.0/8'], '198.51.100.7'), '198.51.100.7')
  })

  test('is not what stands before the first address that nobody trusts', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1, 203.0.113.9, 10.0.0.2' }
    assert.equal(await ipOf(['10.0.0.0/8'], '10.0.0.1', headers), '203.0.113.9')
  })

  test('comes with the host that was asked for, from a trusted proxy alone', async () => {
    const trusting = newWorld({ proxies: ['10.0.0.0/8'] })
    const headers = { host: 'inner:8765', 'x-forwarded-host': 'id.example.com' }
    assert.equal((await trusting.ask('GET', '/keys', { remoteAddress: '10.0.0.1', headers })).status, 200)
    assert.equal((await trusting.ask('GET', '/keys', { remoteAddress: '198.51.100.7', headers })).status, 421)
  })
})

test('what is checked, in this order: host, caller, limit, permission, body', async () => {
  const limited = newWorld({ limits: true })
  const send = (headers: Headers) =>
    limited.ask('POST', '/api/v1/things', { headers: { ...JSON_TYPE, ...headers }, payload: '{' })
  assert.equal((await send({ ...ssws('unknown'), host: 'evil.example' })).status, 421)
  assert.equal((await send(ssws('unknown'))).json.errorCode, 'E0000011')
  assert.equal((await send(ssws('nobody'))).json.errorCode, 'E0000006')
  assert.equal((await send(ssws('admin'))).json.errorCode, 'E0000003')
  for (let n = 0; n < addressLimit('api'); n++) await limited.ask('GET', '/userinfo')
  limited.asked.length = 0
  assert.equal((await send({})).json.errorCode, 'E0000047')
  assert.deepEqual(limited.asked, [])
  assert.equal((await send(ssws('unknown'))).json.errorCode, 'E0000047')
  // What strangers use up is theirs alone.
  assert.equal((await send(ssws('admin'))).json.errorCode, 'E0000003')
})

describe('who is calling', () => {
  const CALLS: readonly [name: string, headers: Headers, status: number, code?: string][] = [
    ['nobody', {}, 403, 'E0000005'],
    ['a token', ssws('admin'), 200],
    ['a token, whatever the case of its scheme', { authorization: 'ssws admin' }, 200],
    ['a token that may only read', ssws('reader'), 200],
    ['a token without a role', ssws('nobody'), 403, 'E0000006'],
    ['an unknown token', ssws('unknown'), 401, 'E0000011'],
    ['no token after the scheme', { authorization: 'SSWS' }, 401, 'E0000011'],
    ['two tokens', ssws('admin admin'), 401, 'E0000011'],
    ['a token of no end', ssws('x'.repeat(501)), 401, 'E0000011'],
    ['a bearer token', { authorization: 'Bearer admin' }, 403, 'E0000005'],
    ['an empty header', { authorization: '' }, 403, 'E0000005'],
    ['a living session', { cookie: 'sid=alive' }, 200],
    ['a living session by the other name', { cookie: 'idx=alive' }, 200],
    ['a dead session beside a living one', { cookie: 'sid=dead; idx=alive' }, 200],
    ['a dead session', { cookie: 'sid=dead' }, 403, 'E0000005'],
    ['a session cookie twice', { cookie: 'sid=alive; sid=alive' }, 403, 'E0000005'],
    ['a session cookie that was planted beside', { cookie: 'sid=dead; sid=alive' }, 403, 'E0000005'],
    ['a session cookie twice, far apart', { cookie: `sid=alive; ${'a=b; '.repeat(500)}sid=alive` }, 403, 'E0000005'],
    ['a session behind a bad token', { cookie: 'sid=alive', ...ssws('unknown') }, 401, 'E0000011'],
    ['a session behind a bearer token', { cookie: 'sid=alive', authorization: 'Bearer x' }, 403, 'E0000005'],
  ]
  for (const [name, headers, status, errorCode] of CALLS) {
    test(name, async () => {
      const answer = await ask('GET', '/api/v1/things', { headers })
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.json.errorCode, errorCode)
    })
  }

  test('a token that may only read changes nothing', async () => {
    const headers = { ...ssws('reader'), ...JSON_TYPE }
    const answer = await ask('POST', '/api/v1/things', { headers, payload: NAMED })
    assert.partialDeepStrictEqual(answer, { status: 403, json: { errorCode: 'E0000006' } })
  })

  test('a cookie opens only what says so', async () => {
    const answer = await ask('GET', '/api/v1/things/1', { headers: { cookie: 'sid=alive' } })
    assert.partialDeepStrictEqual(answer, { status: 403, json: { errorCode: 'E0000005' } })
  })

  test('cookies of ours that came twice are cleared, and nobody else’s', async () => {
    const { headers } = await ask('GET', '/doubled', {
      headers: { cookie: 'sid=alive; sid=dead; idx=alive; theme=a; theme=b; keystead_browser=a; keystead_browser=b' },
    })
    assert.deepEqual(headers['set-cookie'], [
      'sid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
      'keystead_browser=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    ])
  })
})

describe('a change that is asked for with a cookie', () => {
  const session = { cookie: 'sid=alive' }
  const CHANGES: readonly [name: string, headers: Headers, status: number, code?: string][] = [
    ['from a page of the org, as JSON', { origin: ORG_URL, ...JSON_TYPE }, 200],
    ['from a trusted origin, as JSON', { origin: TRUSTED, ...JSON_TYPE }, 200],
    ['from no page, as JSON', JSON_TYPE, 200],
    ['as JSON in UTF-8', { 'content-type': 'application/json; charset=utf-8' }, 200],
    ['from a foreign origin', { origin: 'https://evil.example', ...JSON_TYPE }, 403, 'E0000212'],
    ['from a sandboxed frame', { origin: 'null', ...JSON_TYPE }, 403, 'E0000212'],
    ['from a sibling host', { origin: 'https://evil.id.example.com', ...JSON_TYPE }, 403, 'E0000212'],
    ['from the same host without TLS', { origin: 'http://id.example.com', ...JSON_TYPE }, 403, 'E0000212'],
    ['as a form', { origin: ORG_URL, ...FORM_TYPE }, 400, 'E0000021'],
    ['as text', { 'content-type': 'text/plain' }, 400, 'E0000021'],
    ['as a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 400, 'E0000021'],
    ['as nothing', {}, 400, 'E0000021'],
    ['as what only begins like JSON', { 'content-type': 'application/json-patch' }, 400, 'E0000021'],
  ]
  for (const [name, headers, status, errorCode] of CHANGES) {
    test(name, async () => {
      const answer = await ask('POST', '/api/v1/things', { headers: { ...session, ...headers }, payload: NAMED })
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.json.errorCode, errorCode)
    })
  }

  test('a removal needs no type, and the same origins', async () => {
    const remove = async (headers: Headers) =>
      (await ask('DELETE', '/api/v1/things/1', { headers: { ...session, ...headers } })).status
    assert.deepEqual([await remove({ origin: ORG_URL }), await remove({})], [204, 204])
    assert.equal(await remove({ origin: 'https://evil.example' }), 403)
  })

  test('with a token instead, any origin will do', async () => {
    const headers = { ...ssws('admin'), origin: 'https://evil.example', ...JSON_TYPE }
    assert.equal((await ask('POST', '/api/v1/things', { headers, payload: NAMED })).status, 200)
  })
})

describe('a preflight', () => {
  const preflight = (url: string, method: string, origin: string, host = 'id.example.com') =>
    ask('OPTIONS', url, { headers: { origin, host, 'access-control-request-method': method } })
  const allowed = 'access-control-allow-origin'

  const ZONES: readonly [url: string, method: string, origin: string, allow?: string, credentials?: 'true'][] = [
    ['/api/v1/things', 'POST', TRUSTED, TRUSTED, 'true'],
    ['/api/v1/things', 'POST', 'https://evil.example'],
    ['/api/v1/things', 'POST', 'null'],
    ['/token', 'POST', 'https://anyone.example', 'https://anyone.example'],
    ['/keys', 'GET', 'https://anyone.example', '*'],
    ['/userinfo', 'GET', 'https://anyone.example', '*'],
    ['/form', 'POST', TRUSTED],
  ]
  for (const [url, method, origin, allow, credentials] of ZONES) {
    test(`for ${method} ${url} from ${origin}`, async () => {
      const { status, headers, text } = await preflight(url, method, origin)
      assert.deepEqual([status, text, headers[allowed]], [204, '', allow])
      assert.equal(headers['access-control-allow-credentials'], credentials)
    })
  }

  test('for a host that is nobody’s allows nobody', async () => {
    assert.equal((await preflight('/api/v1/things', 'POST', TRUSTED, 'evil.example')).headers[allowed], undefined)
  })

  test('for a path that nobody has is not answered', async () => {
    assert.equal((await preflight('/nowhere', 'POST', TRUSTED)).status, 404)
  })
})

describe('the headers of an answer', () => {
  const asAdmin = (headers: Headers, payload: string) => ({ headers: { ...ssws('admin'), ...headers }, payload })
  const ANSWERS: readonly [name: string, method: string, url: string, options: InjectOptions, status: number][] = [
    ['what was asked for', 'GET', '/api/v1/things', { headers: ssws('admin') }, 200],
    ['nobody is there', 'GET', '/api/v1/things', {}, 403],
    ['a bad token', 'GET', '/api/v1/things', { headers: ssws('unknown') }, 401],
    ['malformed JSON', 'POST', '/api/v1/things', asAdmin(JSON_TYPE, '{'), 400],
    ['a body that is not valid', 'POST', '/api/v1/things', asAdmin(JSON_TYPE, '{}'), 400],
    ['a body that is too large', 'POST', '/api/v1/things', asAdmin(JSON_TYPE, 'x'.repeat(1_000_001)), 413],
    ['a type that nobody reads', 'POST', '/api/v1/things', asAdmin({ 'content-type': 'text/csv' }, 'x'), 400],
    ['a refusal', 'POST', '/fails/refused', {}, 400],
    ['a fault', 'POST', '/fails/broken', {}, 500],
    ['a method that it does not have', 'PATCH', '/api/v1/things', {}, 405],
    ['a path that nobody has', 'GET', '/api/v1/nowhere', {}, 404],
  ]
  for (const [name, method, url, { headers, ...options }, status] of ANSWERS) {
    test(`${name}: id, limits, not to be stored, not to be guessed at`, async () => {
      const answer = await ask(method, url, { ...options, headers: { ...headers, origin: TRUSTED } })
      const isKnown = status !== 401 && headers?.authorization !== undefined
      assert.equal(answer.status, status, answer.text)
      assert.match(String(answer.headers['x-okta-request-id']), /^req\w{17}$/)
      assert.match(String(answer.headers['x-rate-limit-remaining']), /^\d+$/)
      assert.match(String(answer.headers['content-type']), /^application\/json/)
      assert.partialDeepStrictEqual(answer.headers, {
        'x-rate-limit-limit': String(isKnown ? RATE_BUCKETS.api : addressLimit('api')),
        'x-rate-limit-reset': String(NOON / 1_000 + 60),
        'cache-control': 'no-cache, no-store',
        'x-content-type-options': 'nosniff',
      })
      if (status !== 404 && status !== 405) assert.equal(answer.headers['access-control-allow-origin'], TRUSTED)
      const five = ['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses']
      if (status !== 200) assert.deepEqual(Object.keys(answer.json), five)
    })
  }

  test('what is not metered says nothing of limits', async () => {
    assert.equal((await ask('GET', '/keys')).headers['x-rate-limit-limit'], undefined)
  })

  test('an origin that is not trusted may not read, no error either', async () => {
    for (const headers of [{ cookie: 'sid=alive' }, {}]) {
      const answer = await ask('GET', '/api/v1/things', { headers: { ...headers, origin: 'https://evil.example' } })
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
      assert.equal(answer.headers.vary, 'Origin')
    }
  })

  test('what an answer varies by itself stands beside the origin', async () => {
    assert.equal((await ask('GET', '/varies')).headers.vary, 'Origin, Accept-Language')
  })

  test('an origin that was kept out is told with the route, a trusted one and the org’s own are not', async () => {
    const told = newWorld()
    for (const origin of [TRUSTED, ORG_URL, 'https://evil.example']) {
      const preflight = { origin, 'access-control-request-method': 'GET' }
      await told.ask('GET', '/api/v1/things?x=1', { headers: { origin } })
      await told.ask('OPTIONS', '/api/v1/things', { headers: preflight })
      await told.ask('GET', '/keys', { headers: { origin } })
      await told.ask('GET', '/api/v1/nowhere', { headers: { origin } })
    }
    const evil = ['/api/v1/things', 'https://evil.example']
    assert.deepEqual(told.refused, [evil, evil])
  })
})

test('beyond a limit it is said when to come again, and other buckets go on', async () => {
  const limited = newWorld({ limits: true })
  const sent = { headers: { ...ssws('admin'), ...JSON_TYPE }, payload: NAMED }
  for (let n = 1; n <= RATE_BUCKETS.authn; n++) {
    const { status, headers } = await limited.ask('POST', '/api/v1/authn', sent)
    assert.deepEqual([status, headers['x-rate-limit-remaining']], [200, String(RATE_BUCKETS.authn - n)])
  }
  const answer = await limited.ask('POST', '/api/v1/authn', sent)
  assert.partialDeepStrictEqual(answer, {
    status: 429,
    json: {
      errorCode: 'E0000047',
      errorSummary: 'API call exceeded rate limit due to too many requests.',
      errorLink: 'E0000047',
      errorCauses: [],
    },
    headers: { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(NOON / 1_000 + 60) },
  })
  assert.ok(!Number.isNaN(Date.parse(String(answer.headers.date))))
  await limited.ask('POST', '/api/v1/authn', sent)
  assert.deepEqual(limited.reached, [['/api/v1/authn', RATE_BUCKETS.authn]])
  assert.equal((await limited.ask('GET', '/userinfo', { headers: ssws('admin') })).status, 200)
})

describe('a stranger who floods the token endpoint', () => {
  const SHARE = addressLimit('token')
  const RIGHT = { headers: FORM_TYPE, payload: 'secret=right' }
  const newFlood = (proxies: readonly string[] = []) => {
    const { ask, reached } = newWorld({ limits: true, proxies })
    const from = async (remoteAddress: string, options: InjectOptions = { headers: FORM_TYPE, payload: 'a=b' }) => {
      const { status, headers } = await ask('POST', '/token', { ...options, remoteAddress })
      return [status, headers['x-rate-limit-limit'], headers['x-rate-limit-remaining']]
    }
    const flood = async (address: string) => {
      for (let n = 0; n < SHARE; n++) await from(address)
    }
    return { from, flood, reached }
  }
  const refusedBy = (limit: number) => [429, String(limit), '0']

  test('is refused what one address may ask, and another address is served', async () => {
    const { from, flood, reached } = newFlood()
    await flood('192.0.2.1')
    assert.deepEqual(await from('192.0.2.1'), refusedBy(SHARE))
    assert.deepEqual(await from('192.0.2.1'), refusedBy(SHARE))
    assert.deepEqual(await from('192.0.2.2'), [200, String(SHARE), String(SHARE - 1)])
    assert.deepEqual(reached, [['/token', SHARE]])
  })

  test('has one share, whatever addresses of a network of IPv6 are used', async () => {
    const { from, flood } = newFlood()
    await flood('2001:db8:1:2::1')
    assert.deepEqual(await from('2001:db8:1:2:ffff::9'), refusedBy(SHARE))
    assert.deepEqual(await from('2001:db8:1:3::1'), [200, String(SHARE), String(SHARE - 1)])
  })

  test('is counted by the address that a trusted proxy tells', async () => {
    const { from } = newFlood(['10.0.0.0/8'])
    const forwarded = (address: string) => ({
      headers: { ...FORM_TYPE, 'x-forwarded-for': address },
      payload: 'a=b',
    })
    for (let n = 0; n < SHARE; n++) await from('10.0.0.1', forwarded('192.0.2.1'))
    assert.deepEqual(await from('10.0.0.1', forwarded('192.0.2.1')), refusedBy(SHARE))
    assert.deepEqual(await from('10.0.0.1', forwarded('192.0.2.2')), [200, String(SHARE), String(SHARE - 1)])
  })

  test('from many addresses shuts out other strangers, and no client that proves itself', async () => {
    const { from, flood, reached } = newFlood()
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) await flood(address)
    assert.deepEqual(await from('192.0.2.5'), refusedBy(RATE_BUCKETS.token))
    assert.deepEqual(await from('192.0.2.5', RIGHT), [200, '2000', '1999'])
    assert.deepEqual(reached, [['/token', RATE_BUCKETS.token]])
  })

  test('is not told whether a proof was right once the address has used up its share', async () => {
    const { from } = newFlood()
    for (let n = 0; n < SHARE; n++) await from('192.0.2.1', { headers: FORM_TYPE, payload: `secret=${n}` })
    assert.deepEqual(await from('192.0.2.1', RIGHT), refusedBy(SHARE))
  })
})

describe('a body', () => {
  const post = (payload: string, headers: Headers = JSON_TYPE, url = '/api/v1/authn') =>
    ask('POST', url, { headers, payload })

  const BODIES: readonly [name: string, payload: string, status: number, code?: string][] = [
    ['what the route asks for', '{"name":"a","count":1}', 200],
    ['with members that nobody knows', '{"name":"a","other":{"x":1}}', 200],
    ['nothing', '', 400, 'E0000003'],
    ['no JSON', 'name=a', 400, 'E0000003'],
    ['half of it', '{"name":"a"', 400, 'E0000003'],
    ['two of it', '{"name":"a"}{"name":"b"}', 400, 'E0000003'],
    ['a byte behind it', '{"name":"a"}\u0000', 400, 'E0000003'],
    ['a prototype', '{"name":"a","__proto__":{"admin":true}}', 400, 'E0000003'],
    ['a prototype further in', '{"name":"a","other":[{"__proto__":{"admin":true}}]}', 400, 'E0000003'],
    ['a constructor’s prototype', '{"name":"a","constructor":{"prototype":{"admin":true}}}', 400, 'E0000003'],
    ['null', 'null', 400, 'E0000001'],
    ['a list', '[]', 400, 'E0000001'],
    ['text', '"name"', 400, 'E0000001'],
    ['without what is needed', '{}', 400, 'E0000001'],
    ['a number for text', '{"name":1}', 400, 'E0000001'],
    ['null for text', '{"name":null}', 400, 'E0000001'],
    ['text for a number', '{"name":"a","count":"1"}', 400, 'E0000001'],
    ['half a number', '{"name":"a","count":1.5}', 400, 'E0000001'],
    ['of a million bytes', `{"name":"${'x'.repeat(1_000_000 - 11)}"}`, 200],
    ['of a million and one', `{"name":"${'x'.repeat(1_000_000 - 10)}"}`, 413, 'E0000003'],
  ]
  for (const [name, payload, status, errorCode] of BODIES) {
    test(name, async () => {
      const answer = await post(payload)
      assert.equal(answer.status, status, answer.text.slice(0, 200))
      assert.equal(answer.json.errorCode, errorCode)
      if (status === 200) assert.deepEqual(answer.json.body, JSON.parse(payload))
    })
  }

  test('what is wrong with it is said of its field', async () => {
    const answer = await post('{"name":1}')
    assert.equal(answer.json.errorSummary, 'Api validation failed: name')
    assert.match(answer.json.errorCauses[0].errorSummary, /^name: /)
  })

  test('JSON where a form belongs, and a form where JSON belongs, are refused', async () => {
    const answers = [
      await post(NAMED, JSON_TYPE, '/form'),
      await post('name=a', FORM_TYPE),
      await post('', {}, '/form'),
    ]
    for (const answer of answers) {
      assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: 'E0000021' } })
    }
  })

  test('a form’s names may come again, and none of them is special', async () => {
    const answer = await post('a=1&a=2&__proto__=3&b=%00&c=a+b', FORM_TYPE, '/form')
    assert.deepEqual(answer.json.body, [
      ['a', '1'],
      ['a', '2'],
      ['__proto__', '3'],
      ['b', '\0'],
      ['c', 'a b'],
    ])
  })

  test('none is needed where none is read, whatever its type', async () => {
    for (const headers of [{}, JSON_TYPE, FORM_TYPE]) {
      const answer = await post('', { ...ssws('admin'), ...headers }, '/api/v1/things/1/lifecycle/turn')
      assert.equal(answer.status, 200, answer.text)
    }
  })

  test('of another type is refused', async () => {
    for (const type of ['text/plain', 'text/xml', 'application/jsonx', 'multipart/form-data; boundary=x', 'nonsense']) {
      const answer = await post(NAMED, { 'content-type': type })
      assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: 'E0000021' } })
    }
  })
})

describe('what fails', () => {
  const fail = (how: string) => ask('POST', `/fails/${how}`)

  test('a refusal tells its subject and causes', async () => {
    const answer = await fail('refused')
    assert.equal(answer.json.errorSummary, 'Api validation failed: name')
    assert.deepEqual(answer.json.errorCauses, [{ errorSummary: 'name: is taken' }, { errorSummary: 'name: is long' }])
    assert.match(answer.json.errorId, /^oae\w{22}$/)
  })

  test('a fault tells nobody but the operator', async () => {
    for (const how of ['broken', 'thrown']) {
      world.logged.length = 0
      const answer = await fail(how)
      assert.partialDeepStrictEqual(answer, { status: 500, json: { errorCode: 'E0000009', errorCauses: [] } })
      assert.ok(!answer.text.includes('secret'))
      const requestId = answer.headers['x-okta-request-id']
      assert.partialDeepStrictEqual(world.logged, [{ err: FAULTS[how], requestId, url: '/fails/:how' }])
    }
  })

  test('a database that can not take the work is 503, with its cause in the log', async () => {
    world.logged.length = 0
    const answer = await fail('unavailable')
    assert.partialDeepStrictEqual(answer, { status: 503, json: { errorCode: 'E0000010' } })
    assert.equal(answer.headers['retry-after'], '1')
    assert.partialDeepStrictEqual(world.logged, [{ err: FAULTS.unavailable, url: '/fails/:how' }])
    assert.equal(world.logged.length, 1)
  })

  test('text that the database can not keep is 400', async () => {
    world.logged.length = 0
    assert.partialDeepStrictEqual(await fail('unstorable'), { status: 400, json: { errorCode: 'E0000001' } })
    assert.deepEqual(world.logged, [])
  })

  const OWN: readonly [headers: Headers, payload: string, code: string][] = [
    [FORM_TYPE, 'a=b', 'a fault'],
    [FORM_TYPE, 'x'.repeat(1_000_001), 'payload_too_large'],
    [{ 'content-type': 'text/csv' }, 'a', 'unsupported_media_type'],
    [{ ...FORM_TYPE, ...ssws('unknown') }, 'a=b', 'invalid_token'],
  ]
  for (const [headers, payload, code] of OWN) {
    test(`a route with a tongue of its own says so: ${code}`, async () => {
      const answer = await ask('POST', '/own-tongue', { headers, payload })
      assert.partialDeepStrictEqual(answer, { status: 418, json: { code } })
    })
  }
})

describe('a path', () => {
  const REACHED: readonly [method: string, url: string, status: number, allow?: string][] = [
    ['GET', '/api/v1/things/1', 403],
    ['PUT', '/api/v1/things/1', 405, 'GET, DELETE, OPTIONS'],
    ['HEAD', '/api/v1/things', 405, 'GET, POST, OPTIONS'],
    ['PATCH', '/api/v1/things', 405, 'GET, POST, OPTIONS'],
    ['GET', '/form', 405, 'POST, OPTIONS'],
    ['GET', '/form?a=b', 405, 'POST, OPTIONS'],
    ['GET', '/form/', 404],
    ['GET', '/api/v1/things/1/2', 404],
    ['GET', '/api/v1/thing', 404],
    ['GET', '/API/v1/things', 404],
    ['GET', '//api/v1/things', 404],
    ['GET', '/', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/%zz', 404],
    ['GET', `/api/v1/things/${'x'.repeat(501)}`, 404],
    ['OPTIONS', '/nowhere', 404],
  ]
  const CODES: Readonly<Record<number, string>> = { 403: 'E0000005', 404: 'E0000008', 405: 'E0000022' }
  for (const [method, url, status, allow] of REACHED) {
    test(`${method} ${url.slice(0, 40)} is ${status}`, async () => {
      const answer = await ask(method, url)
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.headers.allow, allow)
      if (method !== 'HEAD') assert.equal(answer.json.errorCode, CODES[status])
    })
  }

  test('that nobody has stays so whatever is sent there', async () => {
    const SENT: readonly [headers: Headers, payload: string][] = [
      [JSON_TYPE, '{'],
      [{ 'content-type': 'text/csv' }, 'a'],
      [JSON_TYPE, 'x'.repeat(1_000_001)],
    ]
    for (const [headers, payload] of SENT) {
      assert.equal((await ask('POST', '/nowhere', { headers, payload })).status, 404)
      assert.equal((await ask('PUT', '/api/v1/things', { headers, payload })).status, 405)
    }
  })

  test('its parameters are decoded once', async () => {
    const answer = await ask('GET', '/api/v1/things/a%2Fb%2520c?x=%2561&x=2', { headers: ssws('admin') })
    assert.deepEqual(answer.json.params, { id: 'a/b%20c' })
    assert.deepEqual(answer.json.query, [
      ['x', '%61'],
      ['x', '2'],
    ])
  })
})
