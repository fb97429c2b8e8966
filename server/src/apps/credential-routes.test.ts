import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import { seedApiToken } from '#api-tokens/service.ts'
import { seedRole } from '#roles/service.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { newPerson } from '#test/oauth-client.ts'
import { EC_KEY, SERVICE, sentApp, WEB } from './test-app.ts'

onEachDatabase('credentials of apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const create = async (oauthClient: object, credentials: object = {}) => {
    const answer = await fixture.request('POST', '/api/v1/apps', {
      json: sentApp({ oauthClient: { ...oauthClient }, credentials: { ...credentials } }),
    })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  const secrets = (app: { id: string }, rest = '') => `/api/v1/apps/${app.id}/credentials/secrets${rest}`
  const keys = (app: { id: string }, rest = '') => `/api/v1/apps/${app.id}/credentials/jwks${rest}`
  const ask = (method: string, path: string, json?: object) => fixture.request(method, path, json ? { json } : {})
  const refusal = ({ status, json }: TestAnswer) => [status, json.errorSummary, json.errorCauses[0]?.errorSummary]
  const MEDIATED = 'Api validation failed: OAuth2ClientSecretMediated'

  /** What the token endpoint says to a secret. */
  const present = async (app: { id: string }, secret: string) => {
    const authorization = `Basic ${Buffer.from(`${app.id}:${secret}`).toString('base64')}`
    const form = { grant_type: 'client_credentials', scope: 'none' }
    return (
      await fixture.request('POST', '/oauth2/default/v1/token', { token: null, form, headers: { authorization } })
    ).json.error
  }

  test('the secret of a new app is listed as Okta lists it', async () => {
    const app = await create(WEB)
    const { status, json } = await ask('GET', secrets(app))
    const [secret] = json
    assert.equal(status, 200)
    assert.match(secret.id, /^ocs[0-9A-Za-z]{17}$/)
    assert.match(secret.secret_hash, /^[A-Za-z0-9_-]{22}$/)
    const deactivate = {
      href: `${fixture.org.url}${secrets(app, `/${secret.id}`)}/lifecycle/deactivate`,
      hints: { allow: ['POST'] },
    }
    assert.deepEqual(json, [
      {
        id: secret.id,
        created: app.created,
        lastUpdated: app.created,
        status: 'ACTIVE',
        client_secret: app.credentials.oauthClient.client_secret,
        secret_hash: secret.secret_hash,
        _links: { deactivate },
      },
    ])
    assert.deepEqual((await ask('GET', secrets(app, `/${secret.id}`))).json, secret)
  })

  test('one secret takes over from the other, and both open until then', async () => {
    const app = await create(SERVICE)
    const first = app.credentials.oauthClient.client_secret
    fixture.clock.advance(1)
    const added = await ask('POST', secrets(app))
    const { id, client_secret: second } = added.json
    assert.equal(added.status, 201)
    for (const secret of [first, second]) assert.notEqual(await present(app, secret), 'invalid_client')
    const [{ id: firstId }] = (await ask('GET', secrets(app))).json
    const off = await ask('POST', secrets(app, `/${firstId}/lifecycle/deactivate`))
    assert.partialDeepStrictEqual(off, { status: 200, json: { id: firstId, status: 'INACTIVE', client_secret: first } })
    assert.deepEqual(Object.keys(off.json._links), ['activate', 'delete'])
    assert.equal(await present(app, first), 'invalid_client')
    assert.notEqual(await present(app, second), 'invalid_client')
    const deleted = await ask('DELETE', secrets(app, `/${firstId}`))
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    assert.deepEqual(
      (await ask('GET', secrets(app))).json.map((secret: { id: string }) => secret.id),
      [id],
    )
  })

  test('two secrets are the most', async () => {
    const app = await create(WEB)
    assert.equal((await ask('POST', secrets(app), {})).status, 201)
    const third = await ask('POST', secrets(app), {})
    assert.deepEqual(refusal(third), [400, MEDIATED, "You've reached the maximum number of client secrets per client."])
  })

  test('the only active one is not deactivated, and no active one deleted', async () => {
    const app = await create(WEB)
    const [{ id }] = (await ask('GET', secrets(app))).json
    const off = await ask('POST', secrets(app, `/${id}/lifecycle/deactivate`))
    assert.deepEqual(refusal(off), [400, MEDIATED, "You can't deactivate the only active client secret."])
    const deleted = await ask('DELETE', secrets(app, `/${id}`))
    const sentence = "You can't delete an active client secret. Deactivate the secret before deleting it."
    assert.deepEqual(refusal(deleted), [400, MEDIATED, sentence])
  })

  test('of two that are deactivated at the same time one stays', async () => {
    const app = await create(WEB)
    await ask('POST', secrets(app))
    const ids = (await ask('GET', secrets(app))).json.map(({ id }: { id: string }) => id)
    const answers = await Promise.all(ids.map((id: string) => ask('POST', secrets(app, `/${id}/lifecycle/deactivate`))))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
  })

  test('a chosen secret and an inactive one are added, and activated later', async () => {
    const app = await create(SERVICE)
    const text = 'chosen by somebody'
    const { json, status } = await ask('POST', secrets(app), { client_secret: text, status: 'INACTIVE' })
    assert.partialDeepStrictEqual({ json, status }, { status: 201, json: { client_secret: text, status: 'INACTIVE' } })
    assert.equal(await present(app, text), 'invalid_client')
    const on = await ask('POST', secrets(app, `/${json.id}/lifecycle/activate`))
    assert.partialDeepStrictEqual(on, { status: 200, json: { status: 'ACTIVE' } })
    assert.notEqual(await present(app, text), 'invalid_client')
  })

  const BAD: readonly [why: string, json: object, method: string][] = [
    ['too short', { client_secret: 'short' }, 'client_secret_basic'],
    ['too long', { client_secret: 'x'.repeat(101) }, 'client_secret_basic'],
    ['beyond ASCII', { client_secret: 'ü'.repeat(20) }, 'client_secret_basic'],
    ['too short to sign with', { client_secret: 'x'.repeat(31) }, 'client_secret_jwt'],
    ['a number', { client_secret: 12345678901234 }, 'client_secret_basic'],
  ]
  for (const [why, json, token_endpoint_auth_method] of BAD)
    test(`a secret that is ${why} is refused`, async () => {
      const app = await create(WEB, { token_endpoint_auth_method })
      const answer = await ask('POST', secrets(app), json)
      assert.deepEqual([answer.status, answer.json.errorSummary], [400, 'Api validation failed: client_secret'])
      assert.equal((await ask('GET', secrets(app))).json.length, 1)
    })

  test('an app without secrets gets none', async () => {
    const app = await create({})
    assert.equal((await ask('POST', secrets(app))).status, 400)
    assert.deepEqual((await ask('GET', secrets(app))).json, [])
  })

  test('who may only read sees no secret', async () => {
    const app = await create(WEB)
    const person = await newPerson(fixture)
    const { deps, org, clock } = fixture
    const tx = deps.db.for(org.id)
    const token = `token-of-a-reader-${dialect}`
    const context = { org, now: clock.now(), random: randomBytes }
    await deps.db.write(function* () {
      yield* seedRole(tx, context, person.id, 'READ_ONLY_ADMIN')
      yield* seedApiToken(tx, context, { userId: person.id, token })
    })
    const { status, json, text } = await fixture.request('GET', secrets(app), { token })
    assert.equal(status, 200)
    assert.equal(text.includes(app.credentials.oauthClient.client_secret), false)
    assert.equal('client_secret' in json[0], false)
    assert.equal((await fixture.request('POST', secrets(app), { token })).status, 403)
  })

  test('reading and changing secrets is in the System Log, without them', async () => {
    const app = await create(WEB)
    const { json: added } = await ask('POST', secrets(app))
    await ask('POST', secrets(app, `/${added.id}/lifecycle/deactivate`))
    await ask('POST', secrets(app, `/${added.id}/lifecycle/activate`))
    await ask('POST', secrets(app, `/${added.id}/lifecycle/deactivate`))
    await ask('GET', secrets(app, `/${added.id}`))
    await ask('DELETE', secrets(app, `/${added.id}`))
    await fixture.deps.events.flush()
    const filter = encodeURIComponent(`target.id eq "${added.id}"`)
    const { json, text } = await ask(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${filter}`,
    )
    const types = json.map(({ eventType }: { eventType: string }) => eventType)
    const changes = ['create', 'deactivate', 'activate', 'deactivate', 'delete']
    assert.deepEqual(
      types.filter((type: string) => type !== 'app.oauth2.client.read_client_secret'),
      changes.map((change) => `app.oauth2.credentials.lifecycle.${change}`),
    )
    assert.equal(types.length, changes.length + 1)
    assert.equal(text.includes(added.client_secret), false)
  })

  const newKey = () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { jwk: publicKey.export({ format: 'jwk' }), privateKey }
  }

  test('a service that signs is let in by an active key alone', async () => {
    const [one, two] = [newKey(), newKey()]
    const jwks = { keys: [{ ...one.jwk, kid: 'one' }] }
    const app = await create({ ...SERVICE, jwks }, { token_endpoint_auth_method: 'private_key_jwt' })
    assert.equal(app.credentials.oauthClient.client_secret, undefined)
    assert.deepEqual(
      app._links.clientCredentials.map(({ name }: { name: string }) => name),
      ['jwks'],
    )
    const added = await ask('POST', keys(app), { ...two.jwk, kid: 'two', use: 'sig' })
    assert.equal(added.status, 201)
    const { id } = added.json
    const self = `${fixture.org.url}${keys(app, `/${id}`)}`
    assert.match(id, /^pks[0-9A-Za-z]{17}$/)
    assert.deepEqual(added.json, {
      kty: 'EC',
      id,
      status: 'ACTIVE',
      kid: 'two',
      use: 'sig',
      crv: 'P-256',
      x: two.jwk.x,
      y: two.jwk.y,
      created: added.json.created,
      lastUpdated: added.json.created,
      _links: { deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } } },
    })
    assert.deepEqual((await ask('GET', keys(app, `/${id}`))).json, added.json)
    assert.equal((await ask('GET', keys(app))).json.length, 2)

    const audience = `${fixture.org.url}/oauth2/default/v1/token`
    const assertion = (kid: string, key: typeof one) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(app.id)
        .setSubject(app.id)
        .setAudience(audience)
        .setExpirationTime(Math.floor(fixture.clock.now() / 1_000) + 60)
        .sign(key.privateKey)
    const error = async (kid: string, key: typeof one) => {
      const form = {
        grant_type: 'client_credentials',
        scope: 'none',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(kid, key),
      }
      return (await fixture.request('POST', '/oauth2/default/v1/token', { token: null, form })).json.error
    }
    assert.notEqual(await error('one', one), 'invalid_client')
    assert.notEqual(await error('two', two), 'invalid_client')
    assert.equal(await error('two', one), 'invalid_client')
    assert.equal((await ask('POST', keys(app, `/${id}/lifecycle/deactivate`))).json.status, 'INACTIVE')
    assert.equal(await error('two', two), 'invalid_client')
    const [{ id: last }] = (await ask('GET', keys(app))).json
    const off = await ask('POST', keys(app, `/${last}/lifecycle/deactivate`))
    assert.deepEqual(refusal(off), [
      400,
      'Api validation failed: JsonWebKey',
      "You can't deactivate the only active signing key.",
    ])
    const deleted = await ask('DELETE', keys(app, `/${last}`))
    assert.equal(
      deleted.json.errorCauses[0].errorSummary,
      "You can't delete an active key. Deactivate the key before deleting it.",
    )
    assert.equal((await ask('POST', keys(app, `/${id}/lifecycle/activate`))).status, 200)
    assert.equal((await ask('POST', keys(app, `/${id}/lifecycle/deactivate`))).status, 200)
    assert.deepEqual(
      [(await ask('DELETE', keys(app, `/${id}`))).status, (await ask('GET', keys(app))).json.length],
      [204, 1],
    )
  })

  test('a weak key is refused in the words of Okta', async () => {
    const app = await create(WEB)
    const { n, e } = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' })
    const answer = await ask('POST', keys(app), {
      kty: 'RSA',
      n,
      e,
      kid: 'test-key-2048',
      use: 'sig',
      status: 'ACTIVE',
    })
    const sentence = "RSA key length in the 'jwks' is less than '2,048' bits for the given key."
    assert.deepEqual(refusal(answer), [400, 'Api validation failed: JsonWebKey', sentence])
  })

  test('two keys of one name, and keys beside an address of keys, are refused', async () => {
    const app = await create(WEB)
    assert.equal((await ask('POST', keys(app), { ...EC_KEY, kid: 'one' })).status, 201)
    assert.equal((await ask('POST', keys(app), { ...newKey().jwk, kid: 'one' })).status, 400)
    const remote = await create({ ...WEB, jwks_uri: 'https://example.com/keys' })
    assert.equal((await ask('POST', keys(remote), EC_KEY)).status, 400)
    assert.deepEqual((await ask('GET', keys(remote))).json, [])
  })

  test('what is not there, or in another org, is not found', async () => {
    const app = await create(WEB)
    await ask('POST', keys(app), EC_KEY)
    const [{ id: secretId }] = (await ask('GET', secrets(app))).json
    const [{ id: keyId }] = (await ask('GET', keys(app))).json
    const org = await fixture.newOrg(`elsewhere-${dialect}`)
    const unknown = await ask('GET', secrets(app, '/ocsnothing'))
    assert.deepEqual(
      [unknown.status, unknown.json.errorSummary],
      [404, 'Not found: Resource not found: ocsnothing (OAuth2ClientSecretMediated)'],
    )
    for (const [method, path] of [
      ['GET', secrets(app)],
      ['POST', secrets(app)],
      ['GET', keys(app)],
      ...[secrets(app, `/${secretId}`), keys(app, `/${keyId}`)].flatMap((one) => [
        ['GET', one],
        ['DELETE', one],
        ['POST', `${one}/lifecycle/activate`],
        ['POST', `${one}/lifecycle/deactivate`],
      ]),
    ] as const) {
      const answer = await fixture.request(String(method), String(path), { org })
      assert.deepEqual([answer.status, answer.json.errorCode], [404, 'E0000007'], `${method} ${path}`)
      const none = await fixture.request(String(method), String(path), { token: null })
      assert.deepEqual([none.status, none.json.errorCode], [403, 'E0000005'])
      const bad = await fixture.request(String(method), String(path), { token: 'nonsense' })
      assert.deepEqual([bad.status, bad.json.errorCode], [401, 'E0000011'])
    }
    assert.equal((await ask('GET', secrets(app))).json.length, 1)
  })
})
