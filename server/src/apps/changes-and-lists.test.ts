import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newPair, newPerson, refresh, signInForTokens } from '#test/oauth-client.ts'
import { SERVICE, sentApp, WEB } from './test-app.ts'
import { appCalls, causeOf, PATH } from './test-calls.ts'

onEachDatabase('changes and lists of apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const { create, lifecycle, ids, filtered } = appCalls(() => fixture)

  test('a replacement that is refused changes nothing', async () => {
    const app = await create()
    const changes = [
      { settings: { oauthClient: { ...app.settings.oauthClient, redirect_uris: [] } } },
      { settings: { oauthClient: { ...app.settings.oauthClient, application_type: 'web' } } },
      { credentials: { oauthClient: { client_id: 'another-client' } } },
      { credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } } },
      { label: '' },
    ]
    for (const change of changes) {
      const answer = await fixture.request('PUT', `${PATH}/${app.id}`, { json: { ...app, ...change } })
      assert.deepEqual([answer.status, answer.json.errorCode], [400, 'E0000001'], JSON.stringify(change))
    }
    assert.deepEqual((await fixture.request('GET', `${PATH}/${app.id}`)).json, app)
  })

  test('an object that is sent back whole changes nothing but the time', async () => {
    const app = await create({
      app: { profile: { a: 1 } },
      oauthClient: { ...WEB, grant_types: ['authorization_code', 'refresh_token'], tos_uri: 'https://example.com/tos' },
    })
    fixture.clock.advance(1_000)
    const { json } = await fixture.request('PUT', `${PATH}/${app.id}`, { json: app })
    assert.notEqual(json.lastUpdated, app.lastUpdated)
    assert.deepEqual({ ...json, lastUpdated: '' }, { ...app, lastUpdated: '' })
  })

  test('a replacement resets what is unsaid, but for secret, ids and refresh token settings', async () => {
    const app = await create({
      app: { profile: { a: 1 } },
      credentials: { client_id: `kept-client-${dialect}`, client_secret: 'kept secret of mine' },
      oauthClient: {
        ...WEB,
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token: { rotation_type: 'ROTATE', leeway: 5 },
        post_logout_redirect_uris: ['http://localhost:8080'],
        client_uri: 'https://example.com',
      },
    })
    const { json } = await fixture.request('PUT', `${PATH}/${app.id}`, {
      json: sentApp({
        app: { label: app.label },
        oauthClient: { ...WEB, grant_types: ['authorization_code', 'refresh_token'] },
      }),
    })
    assert.deepEqual(json.credentials, app.credentials)
    assert.deepEqual(json.settings.oauthClient.refresh_token, { rotation_type: 'ROTATE', leeway: 5 })
    assert.deepEqual([json.id, json.created, json.status], [app.id, app.created, app.status])
    assert.equal(json.settings.oauthClient.post_logout_redirect_uris, undefined)
    assert.equal(json.settings.oauthClient.client_uri, null)
    assert.equal(json.profile, undefined)
  })

  test('a secret that is sent with a replacement takes the place of the old one', async () => {
    const app = await create({ oauthClient: WEB })
    const json = {
      ...app,
      credentials: { oauthClient: { ...app.credentials.oauthClient, client_secret: 'another secret' } },
    }
    const put = await fixture.request('PUT', `${PATH}/${app.id}`, { json })
    assert.equal(put.json.credentials.oauthClient.client_secret, 'another secret')
    const { json: secrets } = await fixture.request('GET', `${PATH}/${app.id}/credentials/secrets`)
    assert.deepEqual(
      secrets.map((secret: { client_secret: string }) => secret.client_secret),
      ['another secret'],
    )
  })

  test('a short secret does not follow into signing with it', async () => {
    const app = await create({ oauthClient: WEB, credentials: { client_secret: 'fourteen chars' } })
    const json = { ...app, credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_jwt' } } }
    const put = await fixture.request('PUT', `${PATH}/${app.id}`, { json })
    assert.deepEqual([put.status, put.json.errorSummary], [400, 'Api validation failed: client_secret'])
  })

  test('the life of an app: it is deleted only when it is inactive', async () => {
    const { id } = await create({ oauthClient: WEB })
    const refused = await fixture.request('DELETE', `${PATH}/${id}`)
    assert.equal(refused.status, 403)
    assert.equal(refused.json.errorCode, 'E0000056')
    assert.equal(causeOf(refused), 'The application must be deactivated before deletion.')
    for (const [verb, status] of [
      ['deactivate', 'INACTIVE'],
      ['deactivate', 'INACTIVE'],
      ['activate', 'ACTIVE'],
      ['activate', 'ACTIVE'],
      ['deactivate', 'INACTIVE'],
    ] as const) {
      const answer = await lifecycle(id, verb)
      assert.deepEqual([answer.status, answer.json], [200, {}])
      assert.equal((await fixture.request('GET', `${PATH}/${id}`)).json.status, status)
    }
    const deleted = await fixture.request('DELETE', `${PATH}/${id}`)
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/lifecycle/activate'],
      ['POST', '/lifecycle/deactivate'],
      ['GET', '/credentials/secrets'],
    ] as const) {
      const answer = await fixture.request(method, `${PATH}/${id}${path}`)
      assert.deepEqual(
        [answer.status, answer.json.errorSummary],
        [404, `Not found: Resource not found: ${id} (AppInstance)`],
      )
    }
  })

  for (const end of ['deactivate', 'delete'] as const)
    test(`to ${end} an app ends the tokens of its people`, async () => {
      const { app, person } = await newPair(fixture)
      const tokens = await signInForTokens(fixture, app, person)
      await lifecycle(app.id, 'deactivate')
      if (end === 'delete') assert.equal((await fixture.request('DELETE', `${PATH}/${app.id}`)).status, 204)
      else await lifecycle(app.id, 'activate')
      const answer = await refresh(fixture, app, tokens.refresh_token)
      assert.equal(answer.json.error, end === 'delete' ? 'invalid_client' : 'invalid_grant')
    })

  test('the list pages in the order of creation, in absolute links', async () => {
    const mine: string[] = []
    for (const name of ['one', 'two', 'three']) {
      fixture.clock.advance(1)
      mine.push((await create({ app: { label: `Zebra ${name} ${dialect}` } })).id)
    }
    assert.deepEqual(await ids('q=zEBRA'), mine)
    const page = await fixture.request('GET', `${PATH}?q=zebra&limit=2`)
    const [self, next] = [page.headers.link].flat()
    assert.equal(self, `<${fixture.org.url}${PATH}?q=zebra&limit=2>; rel="self"`)
    const path = /<(.*)>; rel="next"/.exec(String(next))?.[1]?.replace(fixture.org.url, '') ?? ''
    const rest = await fixture.request('GET', path)
    assert.deepEqual(
      [...page.json, ...rest.json].map(({ id }) => id),
      mine,
    )
    assert.equal([rest.headers.link].flat().length, 1)
  })

  test('the list is filtered by one condition, together with q as on Okta', async () => {
    const app = await create({ app: { label: `Yak ${dialect}` } })
    const other = await create({ oauthClient: SERVICE })
    await lifecycle(app.id, 'deactivate')
    assert.deepEqual(await filtered(`id eq "${app.id}"`), [app.id])
    assert.equal((await filtered('status eq "INACTIVE"')).includes(app.id), true)
    assert.equal((await filtered('status eq "ACTIVE"')).includes(app.id), false)
    assert.equal((await filtered('name eq "oidc_client"')).includes(other.id), true)
    assert.deepEqual(await filtered('name eq "bookmark"'), [])
    assert.equal((await filtered(`credentials.signing.kid eq "${app.credentials.signing.kid}"`)).includes(app.id), true)
    assert.deepEqual(await filtered('credentials.signing.kid eq "other"'), [])
    assert.deepEqual(await ids(`q=yak&filter=${encodeURIComponent('status eq "ACTIVE"')}`), [])
    assert.deepEqual(await ids(`q=yak&filter=${encodeURIComponent('status eq "INACTIVE"')}`), [app.id])
  })

  for (const query of ['filter=label%20eq%20"x"', 'filter=status', 'limit=ten', 'after=!', 'expand=user/id,group/id'])
    test(`a list with ${query} is refused`, async () => {
      assert.equal((await fixture.request('GET', `${PATH}?${query}`)).status, 400)
    })

  test('the apps of a person are listed with their assignment', async () => {
    const { app, person } = await newPair(fixture)
    const stranger = await newPerson(fixture)
    assert.deepEqual(await filtered(`user.id eq "${person.id}"`), [app.id])
    assert.deepEqual(await filtered(`user.id eq "${stranger.id}"`), [])
    const filter = encodeURIComponent(`user.id eq "${person.id}"`)
    const list = await fixture.request('GET', `${PATH}?filter=${filter}&expand=user/${person.id}`)
    const one = await fixture.request('GET', `${PATH}/${app.id}?expand=user/${person.id}`)
    for (const shown of [list.json[0], one.json])
      assert.partialDeepStrictEqual(shown._embedded.user, {
        id: person.id,
        scope: 'USER',
        credentials: { userName: person.login },
      })
    assert.equal((await fixture.request('GET', `${PATH}/${app.id}?expand=user/${stranger.id}`)).status, 404)
  })

  test('each change is in the System Log, and no secret is', async () => {
    const secret = 'a secret for no log'
    const { id } = await create({ oauthClient: WEB, credentials: { client_secret: secret } })
    await fixture.request('PUT', `${PATH}/${id}`, { json: sentApp({ oauthClient: WEB }) })
    await lifecycle(id, 'deactivate')
    await lifecycle(id, 'activate')
    await lifecycle(id, 'deactivate')
    await fixture.request('DELETE', `${PATH}/${id}`)
    const filter = encodeURIComponent(`target.id eq "${id}"`)
    const range = 'since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000'
    const logs = await fixture.request('GET', `/api/v1/logs?${range}&filter=${filter}`)
    const steps = ['create', 'update', 'deactivate', 'activate', 'deactivate', 'delete']
    assert.deepEqual(
      logs.json.map(({ eventType }: { eventType: string }) => eventType),
      steps.flatMap((step) => [`application.lifecycle.${step}`, `app.oauth2.client.lifecycle.${step}`]),
    )
    assert.equal(logs.text.includes(secret), false)
  })

  test('the snapshot of the org knows a change as soon as the answer is there', async () => {
    const app = await create()
    const known = async () => (await fixture.deps.config.get(fixture.org.id)).appsByClientId.get(app.id)
    assert.equal((await known())?.status, 'ACTIVE')
    await lifecycle(app.id, 'deactivate')
    assert.equal((await known())?.status, 'INACTIVE')
    await fixture.request('DELETE', `${PATH}/${app.id}`)
    assert.equal(await known(), undefined)
  })
})
