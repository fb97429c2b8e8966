// An org is a wall. Org A holds one of everything; then every route of org B is asked for A's ids, and for lists, and must answer
// "not found" and nothing of A; afterwards A's rows are what they were. A new route or table that this test doesn't know fails it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { SYSTEM_TABLES } from '#db/tables.ts'
import { all } from '#db/unit.ts'
import type { Route } from '#http/route.ts'
import { allRoutes } from '../src/server.ts'
import { CONSOLE_COOKIE, CONSOLE_HEADERS } from './console-client.ts'
import { onEachDatabase } from './databases.ts'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from './fixture.ts'
import { basic, REDIRECT_URI, tokenRequest } from './oauth-client.ts'
import { uploadOf } from './upload.ts'
import { fillOrg, type OrgIds, redeem, type WholeOrg } from './whole-org.ts'

/** What stands behind a word of a path. */
const KINDS: Readonly<Record<string, keyof OrgIds>> = {
  apps: 'app',
  oidc_client: 'app',
  users: 'user',
  groups: 'group',
  secrets: 'clientSecret',
  jwks: 'clientKey',
  roles: 'role',
  factors: 'factor',
  authenticators: 'authenticator',
  qr: 'qrCode',
  trustedOrigins: 'trustedOrigin',
  features: 'feature',
  logos: 'logo',
  sessions: 'session',
  'api-tokens': 'apiToken',
  authorizationServers: 'server',
  oauth2: 'server',
  scopes: 'scope',
  claims: 'claim',
  keys: 'kid',
  policies: 'policy',
  rules: 'policyRule',
  'refused-requests': 'refusedRequest',
  'authorization-servers': 'server',
  'reset-password': 'resetLink',
  welcome: 'activationLink',
  unlock: 'resetLink',
  clients: 'client',
  mailbox: 'mail',
  tokens: 'refreshToken',
  grants: 'consent',
}
const OF_SERVERS: Readonly<Record<string, keyof OrgIds>> = { policies: 'accessPolicy', rules: 'accessRule' }

/** A parameter of a path that is a word of the API, not somebody's id. */
const withWords = (url: string): string =>
  url
    .replace(':lifecycle', 'disable')
    .replace(':kind', 'activation')
    .replace(':language', 'nl')
    .replace('/:app/:link', '/:app/alnOidcClientLink001')

function kindsOf(url: string): readonly (keyof OrgIds)[] {
  const words = url.split('/')
  return words.flatMap((word, at) => {
    if (!word.startsWith(':')) return []
    const before = words[at - 1] ?? ''
    const kind = (url.includes('/authorizationServers/') ? OF_SERVERS[before] : undefined) ?? KINDS[before]
    assert.ok(kind, `say in isolation.test.ts what stands behind /${before}/${word} of ${url}`)
    return [kind]
  })
}

const app = {
  name: 'oidc_client',
  label: 'Another label',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
  settings: {
    oauthClient: {
      application_type: 'browser',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [REDIRECT_URI],
    },
  },
}
const profile = { firstName: 'A', lastName: 'B', login: 'another@example.test', email: 'another@example.test' }
const origin = { name: 'Another', origin: 'https://another.example.com', scopes: [{ type: 'CORS' }] }
const claim = { name: 'another', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'user.login' }
const question = { question: 'disliked_food', answer: 'porridge' }
const accessRule = { name: 'Another', conditions: { grantTypes: { include: ['client_credentials'] } } }
const passwordRule = { name: 'Another', actions: { passwordChange: { access: 'ALLOW' } } }
const policy = (groupId: string) => ({
  type: 'PASSWORD',
  name: 'Another',
  conditions: { people: { groups: { include: [groupId] } } },
})

/** A body that each route would take, with the ids of an org where it names any. */
const BODIES: Readonly<Record<string, (ids: OrgIds) => object>> = {
  'PUT /api/v1/apps/:appId': () => app,
  'POST /api/v1/apps/:appId/users': ({ user }) => ({ id: user, scope: 'USER' }),
  'POST /api/v1/apps/:appId/users/:userId': () => ({ credentials: { userName: 'another' } }),
  'PUT /api/v1/apps/:appId/groups/:groupId': () => ({ priority: 0 }),
  'POST /api/v1/apps/:appId/credentials/secrets': () => ({}),
  'POST /api/v1/apps/:appId/credentials/jwks': () => ({ kty: 'RSA', kid: 'other', e: 'AQAB', n: 'sXch'.repeat(86) }),
  'POST /api/v1/users/:id': () => ({ profile: { nickName: 'x' } }),
  'PUT /api/v1/users/:id': () => ({ profile }),
  'POST /api/v1/users/:id/credentials/change_password': () => ({
    oldPassword: { value: 'Tulip-Garden-1' },
    newPassword: { value: 'Tulip-Garden-2' },
  }),
  'PUT /api/v1/groups/:id': () => ({ profile: { name: 'Another group' } }),
  'POST /api/v1/users/:userId/roles': () => ({ type: 'APP_ADMIN' }),
  'POST /api/v1/users/:userId/factors': () => ({ factorType: 'question', provider: 'OKTA', profile: question }),
  'PUT /api/v1/users/:userId/factors/:factorId': () => ({ profile: question }),
  'POST /api/v1/users/:userId/factors/:factorId/lifecycle/activate': () => ({ passCode: '123456' }),
  'POST /api/v1/users/:userId/factors/:factorId/verify': () => ({ passCode: '123456' }),
  'PUT /api/v1/trustedOrigins/:id': () => origin,
  'POST /api/v1/authorizationServers/:serverId/scopes': () => ({ name: 'another:scope' }),
  'PUT /api/v1/authorizationServers/:serverId/scopes/:id': () => ({ name: 'another:scope' }),
  'POST /api/v1/authorizationServers/:serverId/claims': () => claim,
  'PUT /api/v1/authorizationServers/:serverId/claims/:id': () => claim,
  'PUT /api/v1/authorizationServers/:serverId': () => ({ name: 'Another', audiences: ['another'] }),
  'POST /api/v1/authorizationServers/:serverId/credentials/lifecycle/keyRotate': () => ({ use: 'sig' }),
  'POST /api/v1/keystead/authorization-servers/:serverId/token-preview': ({ app: clientId, user: userId }) => ({
    clientId,
    userId,
    grantType: 'authorization_code',
    scopes: ['openid'],
  }),
  'PUT /api/v1/policies/:policyId': () => ({ type: 'PASSWORD', name: 'Another' }),
  'POST /api/v1/policies/:policyId/rules': () => passwordRule,
  'PUT /api/v1/policies/:policyId/rules/:ruleId': () => passwordRule,
  'POST /api/v1/authorizationServers/:serverId/policies': () => ({ name: 'Another' }),
  'PUT /api/v1/authorizationServers/:serverId/policies/:policyId': () => ({ name: 'Another' }),
  'POST /api/v1/authorizationServers/:serverId/policies/:policyId/rules': () => accessRule,
  'PUT /api/v1/authorizationServers/:serverId/policies/:policyId/rules/:ruleId': () => accessRule,
}

/** Goes on with a transaction of classic authentication, which its token alone opens. */
const isTransaction = (url: string): boolean => url.startsWith('/api/v1/authn/')

const tokensOf = ({ stateToken, sessionToken }: WholeOrg) => ({ stateToken, recoveryToken: sessionToken })

/** Bodies of routes without an id in the path that carry one, or a credential, of an org. */
const CARRYING: Readonly<Record<string, (whole: WholeOrg) => object>> = {
  'POST /api/v1/users': ({ ids }) => ({ profile, groupIds: [ids.group] }),
  'POST /api/v1/policies': ({ ids }) => policy(ids.group),
  'POST /api/v1/sessions': ({ sessionToken }) => ({ sessionToken }),
  'POST /api/v1/authn': ({ person }) => ({ username: person.login, password: person.password }),
}

/** Makes things in the caller's own org, or asks for nothing of anybody's. */
const CARRYING_NOTHING: readonly RegExp[] = [
  /^POST \/api\/v1\/(apps|groups|trustedOrigins|authorizationServers|keystead\/api-tokens)$/,
  /^POST \/api\/v1\/users\/me/,
]

type Row = Readonly<Record<string, unknown>>
type Dump = ReadonlyMap<string, readonly Row[]>

onEachDatabase('an org is a wall', (dialect) => {
  let fixture: Fixture
  let a: WholeOrg
  let b: WholeOrg
  let ofA: Dump
  /** What stands in A's rows and not in B's. */
  let secretsOfA: readonly string[]
  const saidToB: string[] = []

  before(async () => {
    fixture = await startFixture({ dialect, env: { KEYSTEAD_MAILBOX: 'on' } })
    a = await fillOrg(fixture, fixture, 'Anemone', 'READ_ONLY_ADMIN')
    b = await fillOrg(fixture, await fixture.newOrg('second'), 'Begonia', 'REPORT_ADMIN')
    ofA = await dump(a.org)
    const common = stringsOf(await dump(b.org))
    secretsOfA = [...stringsOf(ofA)].filter((text) => text.length >= 8 && !common.has(text))
  })
  after(() => fixture.close())

  async function dump({ org }: TestOrg): Promise<Dump> {
    await fixture.deps.events.flush()
    await fixture.deps.refusedRequests.flush()
    const { db } = fixture.deps
    const catalogue =
      dialect === 'sqlite'
        ? sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
        : sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`
    const names = (await db.read(all({ compile: () => catalogue.compile(db.system) }))).map(({ name }) => name)
    const tables = names.filter((name) => !SYSTEM_TABLES.some((table) => table === name)).toSorted()
    const rows = new Map<string, readonly Row[]>()
    for (const table of tables) {
      // Beside the scope that is tested here.
      const query = sql<Row>`SELECT * FROM ${sql.table(table)} WHERE org_id = ${org.id} ORDER BY 1, 2, 3`
      rows.set(table, await db.read(all({ compile: () => query.compile(db.system) })))
    }
    return rows
  }

  /** Sends the request to B and holds the answer to telling nothing of A but what the request itself said. */
  async function askB(
    method: string,
    path: string,
    options: Parameters<Fixture['request']>[2] = {},
  ): Promise<TestAnswer> {
    const answer = await fixture.request(method, path, { ...options, org: b.org })
    const said = decodeURIComponent(path) + JSON.stringify(options)
    saidToB.push(said)
    const told = answer.text + JSON.stringify(answer.headers)
    // What B was asked for in vain is what that list is about.
    const known = path.startsWith('/api/v1/keystead/refused-requests') ? saidToB.join() : said
    const leaked = secretsOfA.filter((text) => told.includes(text) && !known.includes(text))
    assert.deepEqual(leaked, [], `${method} ${path} tells of another org`)
    return answer
  }

  test('the walk sees rows in every table', () => {
    const empty = [...ofA].filter(([, rows]) => rows.length === 0).map(([table]) => table)
    assert.deepEqual(empty, NOT_WRITTEN_YET, 'whole-org.ts makes no row of these')
    assert.ok(secretsOfA.length > 100)
  })

  test("every route with an id answers that another org's is not there", async () => {
    const wrong: string[] = []
    for (const spec of allRoutes(fixture.deps)) {
      for (const { path, json } of foreignRequests(spec, a, b)) {
        const form = spec.form ? { form: { token: a.tokens.access_token, ...clientForm(a) } } : {}
        const upload = spec.upload === undefined ? {} : uploadOf('<svg/>')
        const answer = await askB(spec.method, path, { ...(json ? { json } : {}), ...form, ...upload })
        const isRefused =
          /^\/(oauth2|home)\//.test(spec.url) || spec.url.includes('.well-known')
            ? answer.status >= 400 && answer.status < 500
            : answer.status === 404
        if (!isRefused)
          wrong.push(
            `${spec.method} ${path} ${JSON.stringify(json ?? '')}: ${answer.status} ${answer.text.slice(0, 200)}`,
          )
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('every list and page tells of its own org alone', async () => {
    for (const { method, url } of allRoutes(fixture.deps)) {
      if (method !== 'GET' || url.includes(':')) continue
      const queries = [
        '',
        '?limit=200&type=PASSWORD',
        '?q=Anemone&type=PASSWORD',
        '?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z',
      ]
      for (const query of queries) {
        assert.ok((await askB(method, url + query)).status < 500, url + query)
        assert.ok((await askB(method, url + query, { token: null, cookies: { sid: b.sessionCookie } })).status < 500)
      }
    }
  })

  test('what carries an id or a credential of another org in its body is refused', async () => {
    for (const { method, url, body } of allRoutes(fixture.deps)) {
      const name = `${method} ${url}`
      if (!body || (url.includes(':') && !isTransaction(url)) || CARRYING_NOTHING.some((pattern) => pattern.test(name)))
        continue
      const make = isTransaction(url) ? tokensOf : CARRYING[name]
      assert.ok(make, `say in isolation.test.ts what ${name} takes`)
      const answer = await askB(method, url.replaceAll(/:\w+/g, 'any'), { json: make(a) })
      assert.ok([400, 401, 403, 404].includes(answer.status), `${name}: ${answer.status} ${answer.text}`)
    }
  })

  test("another org's credentials open nothing", async () => {
    const token = a.org.admin.apiToken
    assert.equal((await askB('GET', '/api/v1/users/me', { token })).status, 401)
    const cookies = { sid: a.sessionCookie, idx: a.sessionCookie }
    assert.equal((await askB('GET', '/api/v1/sessions/me', { token: null, cookies })).status, 404)
    assert.equal((await askB('GET', '/api/v1/users/me', { token: null, cookies })).status, 403)
    const consoleCookies = { [CONSOLE_COOKIE]: a.consoleCookie }
    const asConsole = { token: null, cookies: consoleCookies, headers: CONSOLE_HEADERS }
    assert.equal((await fixture.request('GET', '/api/v1/keystead/me', { ...asConsole, org: a.org })).status, 200)
    assert.equal((await askB('GET', '/api/v1/keystead/me', asConsole)).status, 403)
    assert.equal((await askB('GET', '/admin/', asConsole)).status, 302)
    assert.equal((await askB('POST', '/admin/sign-out', asConsole)).status, 204)
    const bearer = { authorization: `Bearer ${a.tokens.access_token}` }
    for (const server of ['', '/default']) {
      assert.equal((await askB('GET', `/oauth2${server}/v1/userinfo`, { token: null, headers: bearer })).status, 401)
      for (const presented of [a.tokens.access_token, a.tokens.refresh_token, a.tokens.id_token]) {
        const form = { token: presented }
        const read = await askB('POST', `/oauth2${server}/v1/introspect`, { token: null, form, headers: basic(b.app) })
        assert.deepEqual(read.json, { active: false })
        const foreign = await askB('POST', `/oauth2${server}/v1/introspect`, {
          token: null,
          form,
          headers: basic(a.app),
        })
        assert.equal(foreign.status, 401)
        await askB('POST', `/oauth2${server}/v1/revoke`, { token: null, form, headers: basic(b.app) })
      }
    }
    const refresh = { grant_type: 'refresh_token', refresh_token: a.tokens.refresh_token }
    for (const client of [a.app, b.app]) {
      const answers = [
        await redeem(fixture, b.org, client, a.code),
        await tokenRequest(fixture, refresh, { headers: basic(client), org: b.org }),
      ]
      for (const answer of answers)
        assert.ok(['invalid_grant', 'invalid_client'].includes(answer.json?.error), answer.text)
    }
    const redirect = `/login/sessionCookieRedirect?token=${a.sessionToken}&redirectUrl=${encodeURIComponent(b.org.org.url)}`
    const crossed = await askB('GET', redirect, { token: null })
    assert.equal(crossed.cookies.sid, undefined)
  })

  test('none of it changed a row of the other org, and its credentials still work', async () => {
    const now = await dump(a.org)
    for (const [table, rows] of ofA) assert.deepEqual(now.get(table), rows, `rows of ${table}`)
    assert.equal((await redeem(fixture, a.org, a.app, a.code)).status, 200)
    const refresh = { grant_type: 'refresh_token', refresh_token: a.tokens.refresh_token }
    assert.equal((await tokenRequest(fixture, refresh, { headers: basic(a.app), org: a.org })).status, 200)
    const session = await fixture.request('GET', '/api/v1/sessions/me', {
      token: null,
      cookies: { sid: a.sessionCookie },
    })
    assert.equal(session.status, 200)
  })
})

/** Tables that nothing fills yet. */
const NOT_WRITTEN_YET: readonly string[] = []

interface ForeignRequest {
  readonly path: string
  readonly json?: object
}

/** Every way in which some of a request's ids are A's and the others B's. */
function foreignRequests({ method, body, ...spec }: Route, a: WholeOrg, b: WholeOrg): readonly ForeignRequest[] {
  const url = withWords(spec.url)
  const kinds = isTransaction(url) ? [] : kindsOf(url)
  if (kinds.length === 0) return []
  const make = BODIES[`${method} ${url}`]
  assert.ok(!body || make, `say in isolation.test.ts what ${method} ${url} takes`)
  const owners = Array.from({ length: 2 ** kinds.length }, (_, mask) =>
    kinds.map((_kind, at) => ((mask >> at) & 1 ? a : b)),
  )
  return owners.flatMap((list) => {
    let at = 0
    const path = url.replaceAll(/:\w+/g, () => list[at]?.ids[kinds[at++] ?? 'app'] ?? '')
    const isForeign = list.includes(a)
    if (!make) return isForeign ? [{ path }] : []
    const [own, foreign] = [make(b.ids), make(a.ids)]
    const carries = JSON.stringify(own) !== JSON.stringify(foreign)
    return [...(isForeign ? [{ path, json: own }] : []), ...(carries ? [{ path, json: foreign }] : [])]
  })
}

const clientForm = ({ app: { clientId, secret } }: WholeOrg) => ({ client_id: clientId, client_secret: secret ?? '' })

/** Every text in the rows, and in the JSON that they hold. */
function stringsOf(dump: Dump): ReadonlySet<string> {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      found.add(value)
      if (/^[[{]/.test(value)) collect(JSON.parse(value))
    } else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part)
  }
  for (const rows of dump.values()) for (const row of rows) collect(row)
  return found
}
