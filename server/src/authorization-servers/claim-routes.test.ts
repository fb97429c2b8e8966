import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { basic, newApp, tokenRequest } from '#test/oauth-client.ts'
import { fillOrg, redeem, type WholeOrg } from '#test/whole-org.ts'

const CLAIMS = '/api/v1/authorizationServers/default/claims'

interface Wish {
  readonly name: string
  readonly value: string
  readonly [member: string]: unknown
}

onEachDatabase('claims of an authorization server', (dialect) => {
  let fixture: Fixture
  let whole: WholeOrg
  before(async () => {
    fixture = await startFixture({ dialect })
    whole = await fillOrg(fixture, fixture, 'Crocus', 'READ_ONLY_ADMIN')
  })
  after(() => fixture.close())

  const add = async (wish: Wish) => {
    const json = { claimType: 'RESOURCE', valueType: 'EXPRESSION', ...wish }
    const made = await fixture.request('POST', CLAIMS, { json })
    assert.equal(made.status, 201, made.text)
    return made.json
  }
  const remove = async (id: string) => assert.equal((await fixture.request('DELETE', `${CLAIMS}/${id}`)).status, 204)
  const read = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const refresh = (refreshToken: string) =>
    tokenRequest(fixture, { grant_type: 'refresh_token', refresh_token: refreshToken }, { headers: basic(whole.app) })

  it('are created, replaced and deleted', async () => {
    const claim = await add({ name: 'city', value: 'user.city', alwaysIncludeInToken: false })
    assert.match(claim.id, /^ocl[0-9A-Za-z]{17}$/)
    assert.partialDeepStrictEqual(claim, {
      name: 'city',
      status: 'ACTIVE',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: 'user.city',
      conditions: { scopes: [] },
      system: false,
      alwaysIncludeInToken: true,
    })
    assert.deepEqual((await fixture.request('GET', `${CLAIMS}/${claim.id}`)).json, claim)
    const replaced = await fixture.request('PUT', `${CLAIMS}/${claim.id}`, {
      json: {
        name: 'teams',
        claimType: 'IDENTITY',
        valueType: 'GROUPS',
        value: 'C',
        group_filter_type: 'STARTS_WITH',
        conditions: { scopes: ['profile'] },
      },
    })
    assert.equal(replaced.status, 200, replaced.text)
    assert.deepEqual(
      [replaced.json.group_filter_type, replaced.json.alwaysIncludeInToken, replaced.json.conditions.scopes],
      ['STARTS_WITH', false, ['profile']],
    )
    await remove(claim.id)
    assert.equal((await fixture.request('GET', `${CLAIMS}/${claim.id}`)).status, 404)
    const { json } = await fixture.request(
      'GET',
      '/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=1000',
    )
    const types = json
      .filter(({ target }: { target: { id: string }[] | null }) => target?.some(({ id }) => id === claim.id))
      .map(({ eventType }: { eventType: string }) => eventType)
    assert.deepEqual(types.toSorted(), ['oauth2.claim.created', 'oauth2.claim.deleted', 'oauth2.claim.updated'])
  })

  it('stand in the tokens and at the userinfo endpoint that they are for', async () => {
    const made = [
      await add({ name: 'city', value: 'user.city' }),
      await add({ name: 'nothing', value: 'user.nickName' }),
      await add({ name: 'off', value: "'x'", status: 'INACTIVE' }),
      await add({ name: 'elsewhere', value: "'x'", conditions: { scopes: ['address'] } }),
      await add({ name: 'teams', value: 'Crocus', valueType: 'GROUPS', group_filter_type: 'STARTS_WITH' }),
      await add({ name: 'first', value: 'user.firstName', claimType: 'IDENTITY', alwaysIncludeInToken: true }),
      await add({ name: 'slow', value: 'access.scope', claimType: 'IDENTITY' }),
    ]
    const answer = await redeem(fixture, fixture, whole.app, whole.code)
    assert.equal(answer.status, 200, answer.text)
    const access = read(answer.json.access_token)
    assert.deepEqual(
      [access.city, access.teams, 'nothing' in access, 'off' in access, 'elsewhere' in access, 'first' in access],
      ['Crocus', ['Crocus group'], false, false, false, false],
    )
    const identity = read(answer.json.id_token)
    assert.equal(typeof identity.first, 'string')
    assert.deepEqual(['slow' in identity, 'city' in identity], [false, false])
    const userinfo = await fixture.request('GET', '/oauth2/default/v1/userinfo', {
      token: null,
      headers: { authorization: `Bearer ${answer.json.access_token}` },
    })
    assert.ok(userinfo.json.slow.includes('openid'))
    assert.equal(userinfo.json.first, identity.first)
    for (const { id } of made) await remove(id)
  })

  it('that fail refuse the request and consume nothing', async () => {
    const service = await newApp(fixture, { type: 'service' })
    const claim = await add({ name: 'failing', value: "user.city + String.substring(user.city, 'x', 2)" })
    const before = whole.tokens.refresh_token ?? ''
    const refused = await refresh(before)
    assert.deepEqual([refused.status, refused.json.error], [500, 'server_error'])
    const form = { grant_type: 'client_credentials', scope: 'Crocus:read' }
    assert.equal((await tokenRequest(fixture, form, { headers: basic(service) })).json.error, 'server_error')
    await remove(claim.id)
    const who = await add({ name: 'who', value: '(appuser != null) ? appuser.userName : app.clientId' })
    assert.equal((await tokenRequest(fixture, form, { headers: basic(service) })).status, 200)
    await remove(who.id)
  })

  const base = { claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'user.city' }
  for (const [why, json, cause] of [
    ['no name', base, 'name: The field cannot be left blank'],
    ...['iss', 'sub', 'scp', 'nonce'].map(
      (name) => [name, { ...base, name }, `name: '${name}' is a reserved`] as const,
    ),
    ['no value', { ...base, name: 'x', value: '' }, 'value: The field cannot be left blank'],
    ['an expression that is none', { ...base, name: 'x', value: 'user.' }, 'value: The expression is not valid'],
    ['an unknown function', { ...base, name: 'x', value: 'process.exit(1)' }, 'value: The expression is not valid'],
    ['an unknown scope', { ...base, name: 'x', conditions: { scopes: ['nope'] } }, "conditions.scopes: 'nope'"],
    ['groups without a filter', { ...base, name: 'x', valueType: 'GROUPS' }, 'group_filter_type: The field cannot'],
    [
      'a pattern that takes for ever',
      { ...base, name: 'x', valueType: 'GROUPS', group_filter_type: 'REGEX', value: '(a+)+b' },
      'value: The pattern is not supported',
    ],
    ['a filter of no groups', { ...base, name: 'x', group_filter_type: 'EQUALS' }, 'group_filter_type: Only a claim'],
    ['the type of the platform', { ...base, name: 'x', valueType: 'SYSTEM' }, "valueType: 'SYSTEM'"],
    ['another type', { ...base, name: 'x', claimType: 'BOTH' }, ''],
  ] as const) {
    it(`are refused with ${why}`, async () => {
      const answer = await fixture.request('POST', CLAIMS, { json })
      assert.equal(answer.status, 400, answer.text)
      assert.equal(answer.json.errorCode, 'E0000001')
      assert.ok(answer.json.errorCauses[0].errorSummary.startsWith(cause), answer.text)
    })
  }

  it('of the system stay, and a name is there once for each type', async () => {
    const { json: claims } = await fixture.request('GET', CLAIMS)
    const { id } = claims.find((claim: { system: boolean }) => claim.system)
    assert.equal((await fixture.request('PUT', `${CLAIMS}/${id}`, { json: { ...base, name: 'x' } })).status, 403)
    assert.equal((await fixture.request('DELETE', `${CLAIMS}/${id}`)).status, 403)
    const twice = await add({ name: 'twice', value: 'user.city' })
    assert.equal((await fixture.request('POST', CLAIMS, { json: { ...base, name: 'twice' } })).status, 400)
    const identity = await add({ name: 'twice', value: 'user.city', claimType: 'IDENTITY' })
    for (const claim of [twice, identity]) await remove(claim.id)
  })
})
