import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DAY } from '#kernel/instant.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import {
  assign,
  isActive,
  newApp,
  newPair,
  newPerson,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
  tokenRequest,
} from '#test/oauth-client.ts'
import { organizationAdministratorToken } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'
import { insertConsent } from '../tokens/consent-store.ts'

onEachDatabase('tokens under apps, people and servers', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const ask = (method: string, path: string, token?: string) =>
    fixture.request(method, `/api/v1${path}`, token === undefined ? {} : { token })
  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]
  const idsOf = ({ json }: TestAnswer) => json.map(({ id }: { id: string }) => id)

  const placesOf = (app: TestApp, person: TestPerson) => [
    `/apps/${app.id}/tokens`,
    `/users/${person.id}/clients/${app.clientId}/tokens`,
    `/authorizationServers/default/clients/${app.clientId}/tokens`,
  ]

  test('a family of refresh tokens is one token, in the shape that Okta gives, wherever it is asked for', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    const made = new Date(fixture.clock.now()).toISOString()
    const [listed] = (await ask('GET', `/apps/${app.id}/tokens`)).json
    const server = (await ask('GET', '/authorizationServers/default')).json
    const label = (await ask('GET', `/apps/${app.id}`)).json.label
    const url = fixture.org.url
    const { id, _links, expiresAt, created, lastUpdated, ...rest } = listed
    assert.match(id, /^oar[0-9A-Za-z]{17}$/)
    assert.ok(created <= made && lastUpdated <= made && expiresAt > made)
    assert.deepEqual(rest, {
      status: 'ACTIVE',
      issuer: `${url}/oauth2/default`,
      clientId: app.clientId,
      userId: person.id,
      scopes: ['openid', 'profile', 'email', 'offline_access'],
    })
    const self = `${url}/api/v1/apps/${app.id}/tokens/${id}`
    assert.deepEqual(_links, {
      app: { href: `${url}/api/v1/apps/${app.id}`, title: label },
      authorizationServer: { href: `${url}/api/v1/authorizationServers/${server.id}`, title: server.name },
      client: { href: `${url}/oauth2/v1/clients/${app.clientId}`, title: label },
      user: { href: `${url}/api/v1/users/${person.id}`, title: _links.user.title },
      self: { href: self },
      revoke: { href: self, hints: { allow: ['DELETE'] } },
    })
    await refresh(fixture, app, tokens.refresh_token)
    for (const place of placesOf(app, person)) {
      assert.deepEqual(idsOf(await ask('GET', place)), [id], place)
      const one = await ask('GET', `${place}/${id}?expand=scope`)
      assert.equal(one.json.id, id)
      assert.match(one.json._embedded.scopes[0].id, /^scp/)
      assert.ok(one.json._links.self.href.endsWith(`/tokens/${id}`))
    }
    for (const owner of [`/users/${person.id}`, `/users/${encodeURIComponent(person.login)}`]) {
      const clients = (await ask('GET', `${owner}/clients`)).json
      assert.deepEqual(clients[0].client_id, app.clientId)
      assert.equal(clients[0]._links.tokens.href, `${url}/api/v1${placesOf(app, person)[1]}`)
    }
    const clients = (await ask('GET', '/authorizationServers/default/clients')).json
    assert.ok(clients.some(({ client_id }: { client_id: string }) => client_id === app.clientId))
  })

  test('revoking one ends its refresh and access tokens, and no other', async () => {
    for (const at of [0, 1, 2]) {
      const { app, person } = await newPair(fixture)
      const first = await signInForTokens(fixture, app, person)
      fixture.clock.advance(1)
      const second = await signInForTokens(fixture, app, person)
      const place = placesOf(app, person)[at] ?? ''
      const [older, newer] = idsOf(await ask('GET', place))
      assert.equal((await ask('DELETE', `${place}/${older}`)).status, 204)
      assert.deepEqual(idsOf(await ask('GET', place)), [newer])
      assert.deepEqual(errorOf(await ask('GET', `${place}/${older}`)), [404, 'E0000007'])
      const again = await ask('DELETE', `${place}/${older}`)
      assert.equal(again.json.errorSummary, `Not found: Resource not found: ${app.id}.${older} (OAuth2RefreshTokenTx)`)
      assert.equal((await refresh(fixture, app, first.refresh_token)).json.error, 'invalid_grant')
      assert.equal(await isActive(fixture, app, first.access_token), false)
      assert.equal((await refresh(fixture, app, second.refresh_token)).status, 200)
      const log = (await ask('GET', `/logs?since=2026-01-01T00:00:00Z&q=${older}`)).json
      assert.equal(log[0].eventType, 'app.oauth2.as.token.revoke')
    }
  })

  test('revoking all ends those of the place alone', async () => {
    for (const at of [0, 1, 2]) {
      const { app, person } = await newPair(fixture)
      const other = await newPerson(fixture)
      await assign(fixture, app, other)
      const mine = await signInForTokens(fixture, app, person)
      const others = await signInForTokens(fixture, app, other)
      const ofOrg = await signInForTokens(fixture, app, person, {}, undefined, '')
      assert.equal((await ask('DELETE', placesOf(app, person)[at] ?? '')).status, 204)
      const works = async (token: string, server = '/default') => {
        const form = { grant_type: 'refresh_token', refresh_token: token, client_id: app.clientId }
        return (await tokenRequest(fixture, form, { server })).status === 200
      }
      assert.deepEqual(
        [await works(mine.refresh_token), await works(others.refresh_token), await works(ofOrg.refresh_token, '')],
        [
          [false, false, false],
          [false, true, false],
          [false, false, true],
        ][at],
      )
    }
  })

  test('a list is paged, and leaves out what has ended', async () => {
    const { app, person } = await newPair(fixture)
    for (let n = 0; n < 3; n++) await signInForTokens(fixture, app, person)
    const all = idsOf(await ask('GET', `/apps/${app.id}/tokens`))
    assert.equal(all.length, 3)
    const page = await ask('GET', `/apps/${app.id}/tokens?limit=2`)
    const next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1] ?? ''
    const rest = await fixture.request('GET', next.replace(fixture.org.url, ''))
    assert.deepEqual([...idsOf(page), ...idsOf(rest)], all)
    assert.ok(!String(rest.headers.link).includes('rel="next"'))
    fixture.clock.advance(8 * DAY)
    assert.deepEqual((await ask('GET', `/apps/${app.id}/tokens`)).json, [])
    assert.deepEqual((await ask('GET', `/users/${person.id}/clients`)).json, [])
  })

  test('what the path names must be there, and what another path names is not', async () => {
    const one = await newPair(fixture)
    const two = await newPair(fixture)
    await signInForTokens(fixture, one.app, one.person)
    const [id] = idsOf(await ask('GET', `/apps/${one.app.id}/tokens`))
    await changingNothing(fixture.deps.db, async () => {
      for (const [path, type] of [
        ['/apps/0oaNone/tokens', 'AppInstance'],
        [`/apps/${two.app.id}/tokens/${id}`, 'OAuth2RefreshTokenTx'],
        [`/apps/${one.app.id}/tokens/%00`, 'OAuth2RefreshTokenTx'],
        [`/users/00uNone/clients/${one.app.clientId}/tokens`, 'User'],
        [`/users/${one.person.id}/clients/none/tokens`, 'PublicClientApp'],
        [`/users/${two.person.id}/clients/${one.app.clientId}/tokens/${id}`, 'OAuth2RefreshTokenTx'],
        [`/authorizationServers/none/clients/${one.app.clientId}/tokens`, 'AuthorizationServer'],
        [`/authorizationServers/default/clients/${two.app.clientId}/tokens/${id}`, 'OAuth2RefreshTokenTx'],
        [`/users/${one.person.id}/grants/oagNone`, 'OAuth2ScopeConsentGrant'],
      ]) {
        for (const method of ['GET', 'DELETE']) {
          const answer = await ask(method, path ?? '')
          assert.deepEqual(errorOf(answer), [404, 'E0000007'], `${method} ${path}`)
          assert.ok(answer.json.errorSummary.endsWith(`(${type})`), answer.json.errorSummary)
        }
      }
    })
    assert.deepEqual(idsOf(await ask('GET', `/apps/${one.app.id}/tokens`)), [id])
  })

  test('the tokens of an administrator are out of reach of who may do less: none of the place ends', async () => {
    const { app, person } = await newPair(fixture)
    const other = await newPerson(fixture)
    await assign(fixture, app, other)
    await signInForTokens(fixture, app, person)
    await signInForTokens(fixture, app, other)
    const [id] = idsOf(await ask('GET', `/users/${person.id}/clients/${app.clientId}/tokens`))
    await fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type: 'SUPER_ADMIN' } })
    const token = await organizationAdministratorToken(fixture)
    await changingNothing(fixture.deps.db, async () => {
      for (const place of placesOf(app, person))
        for (const path of [place, `${place}/${id}`])
          assert.deepEqual(errorOf(await ask('DELETE', path, token)), [403, 'E0000006'], path)
    })
    assert.equal((await ask('DELETE', `/users/${other.id}/clients/${app.clientId}/tokens`, token)).status, 204)
    for (const place of placesOf(app, person))
      assert.deepEqual(errorOf(await ask('GET', place, 'x')), [401, 'E0000011'])
  })

  test('a consent is listed by person and client, and taken back with the tokens that rest on it', async () => {
    const app = await newApp(fixture)
    const person = await newPerson(fixture)
    await assign(fixture, app, person)
    const json = { name: `read:${dialect}`, displayName: 'Read', consent: 'REQUIRED' }
    const scope = (await fixture.request('POST', '/api/v1/authorizationServers/default/scopes', { json })).json
    const server = (await ask('GET', '/authorizationServers/default')).json
    const plain = await signInForTokens(fixture, app, person)
    const grants = `/users/${person.id}/grants`
    assert.deepEqual((await ask('GET', grants)).json, [])
    const { db, now } = fixture.deps
    const key = { userId: person.id, appId: app.id, serverId: server.id }
    await db.write(() => insertConsent(db.for(fixture.org.id), key, 'profile', 'oagTest0000000000001', now()))
    await db.write(() => insertConsent(db.for(fixture.org.id), key, scope.name, 'oagTest0000000000002', now()))
    const all = (await ask('GET', `${grants}?expand=scope`)).json
    assert.deepEqual(all.map((one: { id: string; scopeId: string }) => [one.id, one.scopeId]).slice(1), [
      ['oagTest0000000000002', scope.id],
    ])
    assert.equal(all[1]._embedded.scope.displayName, 'Read')
    assert.equal(all[1].issuer, `${fixture.org.url}/oauth2/default`)
    assert.deepEqual((await ask('GET', `/users/${person.id}/clients/${app.clientId}/grants`)).json.length, 2)
    assert.deepEqual(idsOf(await ask('GET', `${grants}?scopeId=${scope.id}`)), ['oagTest0000000000002'])
    assert.equal((await ask('GET', `${grants}/oagTest0000000000002`)).json.source, 'END_USER')
    assert.equal((await ask('DELETE', `${grants}/oagTest0000000000002`)).status, 204)
    assert.equal((await refresh(fixture, app, plain.refresh_token)).status, 200)
    assert.equal((await ask('DELETE', grants)).status, 204)
    assert.deepEqual((await ask('GET', grants)).json, [])
    assert.equal((await refresh(fixture, app, plain.refresh_token)).json.error, 'invalid_grant')
  })
})
