// CORS headers on whatever a route answers, errors of every kind before all: by the zone of the route, on the real routes.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { StoreUnavailable } from '#db/unit.ts'
import type { CorsZone } from '#http/cors.ts'
import type { Route } from '#http/route.ts'
import { setAliases } from '#orgs/service.ts'
import { allRoutes } from '../../src/server.ts'
import { switchFeature } from '../features.ts'
import { type Fixture, type Node, type RequestOptions, startFixture, type TestAnswer } from '../fixture.ts'
import { newApp, tokenRequest } from '../oauth-client.ts'
import { URL_CORPUS } from '../url-corpus.ts'

const TRUSTED = 'https://trusted.example'
const EVIL = 'https://evil.example'
const ORIGINS = [undefined, TRUSTED, EVIL, 'null'] as const
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Origin = (typeof ORIGINS)[number]

interface Failure {
  readonly what: string
  readonly status: readonly number[]
  readonly options: RequestOptions
  readonly methods?: readonly Route['method'][]
  /** Asked by an administrator's script: of others a permission is asked first. */
  readonly known?: true
}

const JSON_TYPE = { 'content-type': 'application/json' }
const FAILURES: readonly Failure[] = [
  { what: 'a credential that is none', status: [401], options: { token: 'nonsense' } },
  {
    what: 'a malformed body',
    status: [400],
    options: { raw: '{', headers: JSON_TYPE },
    methods: ['POST', 'PUT'],
    known: true,
  },
  {
    what: 'a body that is too large',
    status: [413],
    options: { raw: 'x'.repeat(1_000_001), headers: JSON_TYPE },
    methods: ['POST', 'PUT'],
    known: true,
  },
  {
    what: 'a body of a type that nobody reads',
    status: [400],
    options: { raw: 'x', headers: { 'content-type': 'text/csv' } },
    methods: ['POST', 'PUT'],
    known: true,
  },
]

/** Allowed to read: with credentials, without, or not at all. */
function decided(
  zone: CorsZone,
  origin: Origin,
): { readonly allow: string | undefined; readonly credentials: boolean } {
  if (zone === 'public' || zone === 'bearer') return { allow: '*', credentials: false }
  // No client is known in any of these calls, so there is nobody whose page it would not be.
  if (zone === 'token') return { allow: origin === 'null' ? undefined : origin, credentials: false }
  const isTrusted = zone === 'trusted' && origin === TRUSTED
  return { allow: isTrusted ? TRUSTED : undefined, credentials: isTrusted }
}

function assertCors(answer: TestAnswer, zone: CorsZone, origin: Origin, note: string): void {
  const { headers, status } = answer
  const { allow, credentials } = decided(zone, origin)
  const seen = `${note} from ${origin}: ${status}`
  assert.equal(headers['access-control-allow-origin'], allow, seen)
  assert.equal(headers['access-control-allow-credentials'], credentials ? 'true' : undefined, seen)
  // Documents that name their host vary by that.
  const varies = /^(X-Forwarded-)?Host$/.test(String(headers.vary)) ? undefined : headers.vary
  assert.equal(varies, zone === 'trusted' || zone === 'token' ? 'Origin' : undefined, seen)
  if (allow === undefined) assert.ok(!Object.keys(headers).some((name) => name.startsWith('access-control-')), seen)
  else assert.match(String(headers['access-control-expose-headers']), /X-Okta-Request-Id/, seen)
}

describe('CORS headers', () => {
  let fixture: Fixture
  let limited: Fixture
  let weak: Node
  let fault: Error | undefined
  let routes: readonly Route[]

  before(async () => {
    fixture = await startFixture()
    limited = await startFixture({ env: { KEYSTEAD_RATE_LIMITS: 'on' } })
    weak = await fixture.newNode({
      beforeTurn: () => {
        if (fault) throw fault
      },
    })
    routes = allRoutes(fixture.deps).filter(({ zone }) => zone !== 'none')
    const json = { name: TRUSTED, origin: TRUSTED, scopes: [{ type: 'CORS' }] }
    for (const one of [fixture, limited])
      assert.equal((await one.request('POST', '/api/v1/trustedOrigins', { json })).status, 200)
  })
  after(async () => {
    await fixture.close()
    await limited.close()
  })
  beforeEach(() => {
    fault = undefined
    fixture.clock.advance(60_000)
  })

  const pathOf = ({ url }: Route) => url.replaceAll(/:server\b/g, 'default').replaceAll(/:\w+/g, 'x')
  const call = (
    node: Node,
    method: string,
    path: string,
    origin: Origin,
    { headers, ...options }: RequestOptions = {},
  ): Promise<TestAnswer> =>
    node.request(method, path, {
      token: null,
      ...options,
      headers: { ...headers, ...(origin === undefined ? {} : { origin }) },
    })
  const routeOf = (method: string, url: string) =>
    routes.find((one) => one.method === method && one.url === url) ?? assert.fail(url)

  it('are decided for routes of every zone', () => {
    assert.deepEqual([...new Set(routes.map(({ zone }) => zone))].sort(), ['bearer', 'public', 'token', 'trusted'])
  })

  for (const { what, status, options, known, methods = METHODS } of FAILURES)
    it(`stand on the answer to ${what}, on each route`, async () => {
      for (const route of routes.filter(({ method }) => methods.includes(method)))
        for (const origin of ORIGINS) {
          const answer = await call(fixture, route.method, pathOf(route), origin, {
            ...options,
            ...(known ? { token: fixture.admin.apiToken } : {}),
          })
          const note = `${what}: ${route.method} ${route.url}`
          assertCors(answer, route.zone, origin, note)
          if (route.zone === 'trusted') assert.ok(status.includes(answer.status), `${note}: ${answer.status}`)
        }
    })

  it('stand on the answer to nobody, on each route', async () => {
    for (const route of routes)
      for (const origin of ORIGINS)
        assertCors(await call(fixture, route.method, pathOf(route), origin), route.zone, origin, route.url)
  })

  it('stand on 405 as on the methods that there are', async () => {
    let seen = 0
    for (const url of new Set(routes.map((one) => one.url))) {
      const known = allRoutes(fixture.deps).filter((one) => one.url === url)
      const other = METHODS.find((method) => known.every((one) => one.method !== method))
      const [first] = known
      if (!other || !first) continue
      for (const origin of ORIGINS) {
        const answer = await call(fixture, other, pathOf(first), origin)
        // The path may be that of another route, too, as /users/me is one of /users/{id}.
        if (answer.status !== 405) continue
        seen += 1
        assertCors(answer, first.zone, origin, `${other} ${url}`)
      }
    }
    assert.ok(seen > 100, String(seen))
  })

  it('vary on 421, which nobody reads but where anybody may', async () => {
    for (const route of routes)
      for (const origin of ORIGINS) {
        const answer = await call(fixture, route.method, pathOf(route), origin, { headers: { host: 'nobody.test' } })
        assert.equal(answer.status, 421)
        assertCors(answer, route.zone, route.zone === 'trusted' ? EVIL : origin, `421 ${route.url}`)
        assert.match(String(answer.headers['cache-control']), /no-store/)
      }
  })

  it('stand on 429', async () => {
    const authn = routeOf('POST', '/api/v1/authn')
    const json = { username: 'x', password: 'y' }
    for (let n = 0; n < 200; n++) await call(limited, 'POST', '/api/v1/authn', undefined, { json })
    const token = routeOf('POST', '/oauth2/:server/v1/token')
    for (let n = 0; n < 600; n++) await call(limited, 'POST', pathOf(token), undefined, { form: {} })
    for (const origin of ORIGINS)
      for (const [route, body] of [
        [authn, { json }],
        [token, { form: {} }],
      ] as const) {
        const answer = await call(limited, 'POST', pathOf(route), origin, body)
        assert.equal(answer.status, 429, route.url)
        assertCors(answer, route.zone, origin, `429 ${route.url}`)
        assert.match(
          String(answer.headers['access-control-expose-headers'] ?? 'X-Rate-Limit-Reset'),
          /X-Rate-Limit-Reset/,
        )
      }
  })

  it('stand on 503, once it is known whom the org trusts', async () => {
    // The host and the configuration are known to a node that has answered before.
    await call(weak, 'GET', '/api/v1/sessions/me', TRUSTED)
    const { clientId } = await newApp(fixture)
    await tokenRequest(weak, { grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId })
    fault = new StoreUnavailable('down')
    for (const [method, url, options] of [
      ['GET', '/api/v1/sessions/me', { cookies: { sid: 'x'.repeat(40) } }],
      ['POST', '/api/v1/authn', { json: { username: 'x', password: 'y' } }],
      ['GET', '/api/v1/users', { token: 'x'.repeat(40) }],
    ] as const)
      for (const origin of ORIGINS) {
        const route = routeOf(method, url)
        const answer = await call(weak, method, pathOf(route), origin, options)
        assert.equal(answer.status, 503, `${url} ${answer.text}`)
        assertCors(answer, route.zone, origin, `503 ${url}`)
      }
    const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: clientId }
    for (const origin of [undefined, TRUSTED, 'http://localhost:8080']) {
      const headers = origin === undefined ? {} : { origin }
      const answer = await tokenRequest(weak, form, { headers })
      assert.equal(answer.status, 503)
      assert.equal(answer.headers['access-control-allow-origin'], origin)
      assert.equal(answer.headers.vary, 'Origin')
    }
  })

  it('vary on 503 and on preflights while not even the host is known', async () => {
    const blind = await fixture.newNode({
      beforeTurn: () => {
        throw new StoreUnavailable('down')
      },
    })
    for (const origin of ORIGINS) {
      for (const [method, url] of [
        ['GET', '/api/v1/sessions/me'],
        ['GET', '/oauth2/:server/v1/keys'],
        ['POST', '/oauth2/:server/v1/token'],
        ['GET', '/oauth2/:server/v1/userinfo'],
      ] as const) {
        const route = routeOf(method, url)
        const answer = await call(blind, method, pathOf(route), origin)
        assert.equal(answer.status, 503)
        assertCors(answer, route.zone, route.zone === 'trusted' ? EVIL : origin, `503 ${url}`)
      }
      if (origin === undefined) continue
      const asked = await call(blind, 'OPTIONS', '/api/v1/sessions/me', origin, {
        headers: { 'access-control-request-method': 'GET' },
      })
      assert.equal(asked.status, 503)
      assertCors(asked, 'trusted', EVIL, 'preflight')
    }
  })

  it('stand on 500, which tells nothing besides', async () => {
    await call(weak, 'GET', '/api/v1/sessions/me', TRUSTED)
    fault = new Error('a secret of the database')
    const { error } = console
    console.error = () => undefined
    try {
      for (const origin of ORIGINS) {
        const answer = await call(weak, 'POST', '/api/v1/authn', origin, { json: { username: 'x', password: 'y' } })
        assert.equal(answer.status, 500)
        assertCors(answer, 'trusted', origin, '500')
        assert.ok(!answer.text.includes('secret'))
      }
    } finally {
      console.error = error
    }
  })

  it('let preflights be kept for an hour, for whom they allow', async () => {
    for (const route of routes)
      for (const origin of [TRUSTED, EVIL, 'null'] as const) {
        const headers = {
          'access-control-request-method': route.method,
          'access-control-request-headers': 'content-type',
        }
        const answer = await call(fixture, 'OPTIONS', pathOf(route), origin, { headers })
        const allow = route.zone === 'token' ? origin : decided(route.zone, origin).allow
        assert.equal(answer.status, 204)
        assert.equal(answer.headers['access-control-allow-origin'], allow, route.url)
        assert.equal(answer.headers['access-control-max-age'], allow === undefined ? undefined : '3600')
        assert.ok(
          allow === undefined || String(answer.headers['access-control-allow-methods']).includes(route.method),
          route.url,
        )
      }
  })

  describe('on what may be kept by caches', () => {
    const OPEN = [
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/oauth2/default/.well-known/openid-configuration',
      '/oauth2/default/.well-known/oauth-authorization-server',
      '/oauth2/default/v1/keys',
      '/oauth2/v1/keys',
    ]
    /** Of this one answer alone. */
    const OWN = ['x-okta-request-id', 'date']
    const shown = ({ status, text, headers }: TestAnswer) => ({
      status,
      text,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name))),
    })
    const get = (path: string, headers: Readonly<Record<string, string>>) =>
      fixture.request('GET', path, { token: null, headers })
    // What a header can hold.
    const origins = URL_CORPUS.map(({ text }) => text).filter((text) => /^[\x21-\x7e]*$/.test(text))

    for (const path of OPEN)
      it(`${path}: the same bytes and headers for ${origins.length} origins and for none`, async () => {
        const plain = shown(await get(path, {}))
        assert.equal(plain.status, 200)
        assert.match(String(plain.headers['cache-control']), /max-age=\d+/)
        for (const origin of origins) assert.deepEqual(shown(await get(path, { origin })), plain, origin)
      })

    it('an alias host answers the same as the org’s own, and no name that is sent is echoed', async () => {
      await setAliases(fixture.deps.db, fixture.org.id, ['http://keystead:8765'])
      fixture.deps.config.drop(fixture.org.id)
      fixture.clock.advance(2_000)
      for (const path of OPEN) {
        const plain = shown(await get(path, {}))
        for (const headers of [
          { host: 'keystead:8765' },
          { host: 'KEYSTEAD:8765' },
          { host: 'first.test:80' },
          { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
          { host: 'keystead:8765', origin: 'http://keystead:8765' },
        ])
          assert.deepEqual(shown(await get(path, headers as Record<string, string>)), plain, JSON.stringify(headers))
      }
    })

    it('of a dynamic issuer each host has its own, the same for every origin', async () => {
      await switchFeature(fixture, 'Dynamic Issuer Mode', 'enable')
      const path = '/oauth2/default/.well-known/openid-configuration'
      const [mine, alias] = await Promise.all(['first.test', 'keystead:8765'].map((host) => get(path, { host })))
      assert.equal(mine?.json.issuer, 'http://first.test/oauth2/default')
      assert.equal(alias?.json.issuer, 'http://keystead:8765/oauth2/default')
      for (const [host, plain] of [
        ['first.test', mine],
        ['keystead:8765', alias],
      ] as const)
        for (const origin of [TRUSTED, EVIL, 'null', 'http://first.test', 'http://keystead:8765'])
          for (const forged of [{}, { 'x-forwarded-host': 'keystead:8765' }, { 'x-forwarded-host': 'first.test' }])
            assert.deepEqual(shown(await get(path, { host, origin, ...forged })), plain && shown(plain))
      assert.match(String(mine?.headers.vary), /X-Forwarded-Host/)
      await switchFeature(fixture, 'Dynamic Issuer Mode', 'disable')
    })

    it('another org’s answer is its own, and stands under its own host alone', async () => {
      const other = await fixture.newOrg('second')
      for (const path of OPEN) {
        const mine = await get(path, {})
        const theirs = await get(path, { host: 'second.test' })
        assert.notEqual(mine.text, theirs.text)
        assert.ok(!mine.text.includes(other.org.url) && !theirs.text.includes(fixture.org.url))
      }
    })

    it('what is refused there is kept by nobody', async () => {
      for (const path of ['/oauth2/nobody/v1/keys', '/oauth2/nobody/.well-known/openid-configuration']) {
        const answer = await get(path, { origin: EVIL })
        assert.ok(answer.status >= 400)
        assert.match(String(answer.headers['cache-control']), /no-store/)
        assertCors(answer, 'public', EVIL, path)
      }
    })
  })
})
