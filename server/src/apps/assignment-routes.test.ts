import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { newApp, newPair, newPerson, refresh, signInForTokens } from '#test/oauth-client.ts'
import { assignmentCalls, expectOk, groups, idsOf, users } from './test-calls.ts'

onEachDatabase('people of apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const { newGroup, give, take, assignDirectly, assignmentOf } = assignmentCalls(() => fixture)

  test('a person is assigned in the shape that Okta gives, by their login where no name is said', async () => {
    const [app, person] = [await newApp(fixture), await newPerson(fixture)]
    const answer = await assignDirectly(app, person)
    const at = new Date(fixture.clock.now()).toISOString()
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.json, {
      id: person.id,
      externalId: null,
      created: at,
      lastUpdated: at,
      scope: 'USER',
      status: 'ACTIVE',
      statusChanged: at,
      passwordChanged: null,
      syncState: 'DISABLED',
      credentials: { userName: person.login },
      profile: {},
      _links: {
        app: { href: `${fixture.org.url}/api/v1/apps/${app.id}` },
        user: { href: `${fixture.org.url}/api/v1/users/${person.id}` },
      },
    })
    assert.deepEqual((await fixture.request('GET', users(app, `/${person.id}`))).json, answer.json)
    assert.deepEqual((await fixture.request('GET', users(app))).json, [answer.json])
    assert.deepEqual(await assignmentOf(app, person), { userName: person.login, scope: 'USER', profile: {} })
  })

  test('who is behind an assignment is shown where that is asked for, and the apps of a group are listed', async () => {
    const [app, person, groupId] = [await newApp(fixture), await newPerson(fixture), await newGroup()]
    await assignDirectly(app, person)
    await expectOk(fixture.request('PUT', groups(app, `/${groupId}`), { json: {} }))
    const [appUser] = (await fixture.request('GET', users(app, '?expand=user'))).json
    assert.equal(appUser._embedded.user.profile.login, person.login)
    const [appGroup] = (await fixture.request('GET', groups(app, '?expand=group'))).json
    assert.equal(appGroup._embedded.group.id, groupId)
    const listed = await fixture.request('GET', `/api/v1/groups/${groupId}/apps`)
    assert.deepEqual(idsOf(listed), [app.id])
    const unknown = await fixture.request('GET', '/api/v1/groups/00gUnknown/apps')
    assert.deepEqual([unknown.status, unknown.json.errorCode], [404, 'E0000007'])
  })

  test("an app's template gives the name", async () => {
    const userNameTemplate = { template: `\${source.email}`, type: 'BUILT_IN' }
    const app = await newApp(fixture, { type: 'web' })
    const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
    const changed = { ...json, credentials: { ...json.credentials, userNameTemplate } }
    await expectOk(fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: changed }))
    const person = await newPerson(fixture, { email: `mail-${dialect}@example.test` })
    assert.equal((await assignDirectly(app, person)).json.credentials.userName, `mail-${dialect}@example.test`)
  })

  test('a person is assigned once', async () => {
    const { app, person } = await newPair(fixture)
    const again = await assignDirectly(app, person)
    assert.deepEqual([again.status, again.json.errorCode], [409, 'E0000062'])
    const [other, third] = [await newPerson(fixture), await newPerson(fixture)]
    const statuses = (await Promise.all([other, other, other, third].map((one) => assignDirectly(app, one)))).map(
      ({ status }) => status,
    )
    assert.deepEqual(statuses.toSorted(), [200, 200, 409, 409])
  })

  test('name and profile are changed, each alone too', async () => {
    const { app, person } = await newPair(fixture)
    const path = users(app, `/${person.id}`)
    const named = await expectOk(
      fixture.request('POST', path, { json: { credentials: { userName: 'ada-in-the-shop' } } }),
    )
    assert.partialDeepStrictEqual(named, { credentials: { userName: 'ada-in-the-shop' }, profile: {}, scope: 'USER' })
    const profiled = await expectOk(fixture.request('POST', path, { json: { profile: { nickname: '<b>Ada</b>' } } }))
    assert.partialDeepStrictEqual(profiled, {
      credentials: { userName: 'ada-in-the-shop' },
      profile: { nickname: '<b>Ada</b>' },
    })
    assert.equal((await assignmentOf(app, person))?.userName, 'ada-in-the-shop')
  })

  test('whoever is unassigned is gone, with the tokens of this app alone', async () => {
    const { app, person } = await newPair(fixture)
    const other = await newApp(fixture)
    await assignDirectly(other, person)
    const here = await signInForTokens(fixture, app, person)
    const there = await signInForTokens(fixture, other, person)
    const deleted = await fixture.request('DELETE', users(app, `/${person.id}?sendEmail=false`))
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    for (const method of ['GET', 'DELETE'])
      assert.equal((await fixture.request(method, users(app, `/${person.id}`))).status, 404)
    await assignDirectly(app, person)
    assert.equal((await refresh(fixture, app, here.refresh_token)).json.error, 'invalid_grant')
    assert.equal((await refresh(fixture, other, there.refresh_token)).status, 200)
  })

  test('an app that everybody has keeps its tokens when an assignment goes', async () => {
    const { app, person } = await newPair(fixture, { app: {} })
    const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
    const open = { ...json, settings: { ...json.settings, implicitAssignment: true } }
    await expectOk(fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: open }))
    const tokens = await signInForTokens(fixture, app, person)
    const groupId = await newGroup(person)
    await give(app, groupId)
    await fixture.request('DELETE', users(app, `/${person.id}`))
    await take(app, groupId)
    assert.equal(await assignmentOf(app, person), undefined)
    assert.equal((await refresh(fixture, app, tokens.refresh_token)).status, 200)
  })

  test('people are found by the beginning of a name or address, however they are assigned', async () => {
    const app = await newApp(fixture)
    const byHand = await newPerson(fixture, { firstName: 'Grâce', lastName: 'Hopper' })
    const byGroup = await newPerson(fixture, { firstName: 'Edsger', lastName: 'Dijkstra' })
    await assignDirectly(app, byHand, { credentials: { userName: 'cobol' } })
    await give(app, await newGroup(byGroup))
    const find = async (q: string) => idsOf(await fixture.request('GET', `${users(app)}?q=${encodeURIComponent(q)}`))
    assert.deepEqual(await find('grace'), [byHand.id])
    assert.deepEqual(await find('HOP'), [byHand.id])
    assert.deepEqual(await find('cob'), [byHand.id])
    assert.deepEqual(await find('dijk'), [byGroup.id])
    assert.deepEqual(await find(byGroup.login.slice(0, 12)), [byGroup.id])
    assert.deepEqual(await find("'; --"), [])
    assert.deepEqual(await find('\0'), [byHand.id, byGroup.id].toSorted())
  })

  test('who or what does not exist is not found, and nothing is assigned', async () => {
    const { app, person } = await newPair(fixture)
    const nobody = { id: '0oanothing', clientId: '', secret: undefined }
    const missing: readonly [answer: Promise<TestAnswer>, type: string][] = [
      [assignDirectly(app, { ...person, id: '00unobody' }), '00unobody (User)'],
      [assignDirectly(app, { ...person, id: '\0' }), '\0 (User)'],
      [assignDirectly(nobody, person), '0oanothing (AppInstance)'],
      [fixture.request('GET', users(nobody)), '0oanothing (AppInstance)'],
      [fixture.request('GET', groups(nobody)), '0oanothing (AppInstance)'],
      [fixture.request('GET', users(app, '/00unobody')), '00unobody (AppUser)'],
      [fixture.request('PUT', groups(app, '/00gnothing'), { json: {} }), '00gnothing (UserGroup)'],
      [fixture.request('DELETE', groups(app, '/00gnothing')), '00gnothing (UserGroup)'],
      [fixture.request('GET', groups(app, '/00gnothing')), '00gnothing (ApplicationGroupAssignment)'],
    ]
    for (const [answer, subject] of missing) {
      const { status, json } = await answer
      assert.deepEqual([status, json.errorSummary], [404, `Not found: Resource not found: ${subject}`])
    }
    assert.equal((await take(app, await newGroup())).status, 404)
    assert.deepEqual(idsOf(await fixture.request('GET', users(app))), [person.id])
  })

  test('a person who was deactivated is not assigned', async () => {
    const [app, person] = [await newApp(fixture), await newPerson(fixture)]
    await expectOk(fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/deactivate`))
    const answer = await assignDirectly(app, person)
    assert.deepEqual([answer.status, answer.json.errorCode], [403, 'E0000117'])
  })

  const WRONG: readonly [why: string, json: unknown, subject: string][] = [
    ['no id', {}, 'id'],
    ['a number for an id', { id: 7 }, 'id'],
    ['a number for a name', { id: 'x', credentials: { userName: 7 } }, 'userName'],
    ['a blank name', { id: 'x', credentials: { userName: ' ' } }, 'userName'],
    ['an unknown scope', { id: 'x', scope: 'ALL' }, 'scope'],
    ['a list for a profile', { id: 'x', profile: [] }, 'profile'],
    ['the scope of a group', { id: 'x', scope: 'GROUP' }, 'scope'],
  ]
  for (const [why, json, subject] of WRONG)
    test(`${why} is refused`, async () => {
      const answer = await fixture.request('POST', users(await newApp(fixture)), { json })
      assert.deepEqual([answer.status, answer.json.errorSummary], [400, `Api validation failed: ${subject}`])
    })

  test('each change is in the System Log', async () => {
    const { app, person } = await newPair(fixture)
    const groupId = await newGroup()
    await fixture.request('POST', users(app, `/${person.id}`), { json: { profile: {} } })
    await fixture.request('DELETE', users(app, `/${person.id}`))
    await give(app, groupId)
    await give(app, groupId)
    await take(app, groupId)
    const filter = encodeURIComponent(`target.id eq "${app.id}"`)
    const { json } = await fixture.request(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${filter}`,
    )
    assert.deepEqual(json.map(({ eventType }: { eventType: string }) => eventType).slice(2), [
      ...['add', 'update', 'remove'].map((change) => `application.user_membership.${change}`),
      ...['add', 'update', 'remove'].map((change) => `group.application_assignment.${change}`),
    ])
    assert.deepEqual(
      json[2].target.map(({ id, type, alternateId }: Record<string, string>) => [id, type, alternateId]),
      [
        [person.id, 'AppUser', person.login],
        [app.id, 'AppInstance', json[2].target[1].alternateId],
        [person.id, 'User', person.login],
      ],
    )
  })

  test('a person or a group that is deleted leaves no assignment behind', async () => {
    const { app, person } = await newPair(fixture)
    const groupId = await newGroup(person)
    await give(app, groupId)
    await expectOk(fixture.request('DELETE', `/api/v1/groups/${groupId}`))
    for (let times = 0; times < 2; times++) await expectOk(fixture.request('DELETE', `/api/v1/users/${person.id}`))
    assert.deepEqual((await fixture.request('GET', users(app))).json, [])
    assert.deepEqual((await fixture.request('GET', groups(app))).json, [])
  })

  test("another org's apps, people and groups are not there", async () => {
    const { app, person } = await newPair(fixture)
    const groupId = await newGroup(person)
    await give(app, groupId)
    const org = await fixture.newOrg(`foreign-${dialect}`)
    const theirs = await newApp(fixture, {}, org)
    const calls: readonly [method: string, path: string, json?: object][] = [
      ['GET', users(app)],
      ['POST', users(app), { id: person.id }],
      ['GET', users(app, `/${person.id}`)],
      ['POST', users(app, `/${person.id}`), { profile: {} }],
      ['DELETE', users(app, `/${person.id}`)],
      ['GET', groups(app)],
      ['GET', groups(app, `/${groupId}`)],
      ['PUT', groups(app, `/${groupId}`), {}],
      ['DELETE', groups(app, `/${groupId}`)],
      ['POST', users(theirs), { id: person.id }],
      ['PUT', groups(theirs, `/${groupId}`), {}],
    ]
    for (const [method, path, json] of calls) {
      const answer = await fixture.request(method, path, { org, ...(json ? { json } : {}) })
      assert.deepEqual([answer.status, answer.json.errorCode], [404, 'E0000007'], `${method} ${path}`)
    }
    assert.equal((await assignmentOf(app, person))?.scope, 'USER')
  })

  test('who brings no credential, or a bad one, is refused', async () => {
    const { app, person } = await newPair(fixture)
    for (const path of [users(app), users(app, `/${person.id}`), groups(app)]) {
      const none = await fixture.request('GET', path, { token: null })
      assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
      const bad = await fixture.request('GET', path, { token: 'nonsense' })
      assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
    }
  })
})
