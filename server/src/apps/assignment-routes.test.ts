import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import {
  newApp,
  newPair,
  newPerson,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
} from '#test/oauth-client.ts'
import { findAssignment } from './service.ts'

onEachDatabase('assignments', (dialect) => {
  let fixture: Fixture
  let made = 0

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const users = (app: TestApp, rest = '') => `/api/v1/apps/${app.id}/users${rest}`
  const groups = (app: TestApp, rest = '') => `/api/v1/apps/${app.id}/groups${rest}`
  const expectOk = async (answer: Promise<TestAnswer>) => {
    const { status, text, json } = await answer
    assert.ok(status < 300, text)
    return json
  }
  const newGroup = async (...members: readonly TestPerson[]) => {
    const profile = { name: `Group ${++made}` }
    const { id } = await expectOk(fixture.request('POST', '/api/v1/groups', { json: { profile } }))
    for (const { id: userId } of members) await expectOk(fixture.request('PUT', `/api/v1/groups/${id}/users/${userId}`))
    return String(id)
  }
  const give = (app: TestApp, groupId: string, json?: object) =>
    expectOk(fixture.request('PUT', groups(app, `/${groupId}`), json ? { json } : {}))
  const take = (app: TestApp, groupId: string) => fixture.request('DELETE', groups(app, `/${groupId}`))
  const assignDirectly = (app: TestApp, person: TestPerson, more: object = {}) =>
    fixture.request('POST', users(app), { json: { id: person.id, scope: 'USER', ...more } })
  const idsOf = (answer: TestAnswer) => answer.json.map(({ id }: { id: string }) => id)
  const prioritiesOf = async (app: TestApp) =>
    (await expectOk(fixture.request('GET', groups(app)))).map(({ id, priority }: { id: string; priority: number }) => [
      id,
      priority,
    ])
  const assignmentOf = (app: TestApp, person: TestPerson) =>
    fixture.deps.db.read(findAssignment(fixture.deps.db.for(fixture.org.id), app.id, person.id))

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

  test("an app's template gives the name", async () => {
    const userNameTemplate = { template: `\${source.email}`, type: 'BUILT_IN' }
    const app = await newApp(fixture, { type: 'web' })
    const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
    const changed = { ...json, credentials: { ...json.credentials, userNameTemplate } }
    await expectOk(fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: changed }))
    const person = await newPerson(fixture, { email: `mail${++made}@example.test` })
    assert.equal((await assignDirectly(app, person)).json.credentials.userName, `mail${made}@example.test`)
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

  test('a group brings its members, and takes them along with their tokens', async () => {
    const [app, person] = [await newApp(fixture), await newPerson(fixture)]
    const groupId = await newGroup(person)
    assert.equal(await assignmentOf(app, person), undefined)
    const group = await give(app, groupId, { profile: { role: 'reader' } })
    const self = `${fixture.org.url}${groups(app, `/${groupId}`)}`
    assert.deepEqual(group, {
      id: groupId,
      lastUpdated: group.lastUpdated,
      priority: 0,
      profile: { role: 'reader' },
      _links: {
        app: { href: `${fixture.org.url}/api/v1/apps/${app.id}` },
        self: { href: self },
        group: { href: `${fixture.org.url}/api/v1/groups/${groupId}` },
      },
    })
    assert.deepEqual((await fixture.request('GET', groups(app, `/${groupId}`))).json, group)
    const appUser = (await fixture.request('GET', users(app, `/${person.id}`))).json
    assert.partialDeepStrictEqual(appUser, {
      id: person.id,
      scope: 'GROUP',
      credentials: { userName: person.login },
      profile: { role: 'reader' },
      _links: { group: { href: `${fixture.org.url}/api/v1/groups/${groupId}` } },
    })
    assert.deepEqual((await fixture.request('GET', users(app))).json, [appUser])
    const tokens = await signInForTokens(fixture, app, person)
    assert.equal((await take(app, groupId)).status, 204)
    assert.equal(await assignmentOf(app, person), undefined)
    await give(app, groupId)
    assert.equal((await refresh(fixture, app, tokens.refresh_token)).json.error, 'invalid_grant')
  })

  test('who has an app by something else too keeps it and its tokens', async () => {
    const [app, byHand, byGroup] = [await newApp(fixture), await newPerson(fixture), await newPerson(fixture)]
    const [first, second] = [await newGroup(byHand, byGroup), await newGroup(byGroup)]
    await give(app, first)
    await give(app, second)
    await assignDirectly(app, byHand)
    const tokens = [await signInForTokens(fixture, app, byHand), await signInForTokens(fixture, app, byGroup)]
    await take(app, first)
    for (const { refresh_token: token } of tokens) assert.equal((await refresh(fixture, app, token)).status, 200)
    // Taken from the person, it stays by the group.
    await give(app, first)
    const kept = await signInForTokens(fixture, app, byHand)
    await fixture.request('DELETE', users(app, `/${byHand.id}`))
    assert.equal((await assignmentOf(app, byHand))?.scope, 'GROUP')
    assert.equal((await refresh(fixture, app, kept.refresh_token)).status, 200)
  })

  test('an app that everybody has keeps its tokens when an assignment goes', async () => {
    const { app, person } = await newPair(fixture, { app: {} })
    const { json } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
    const open = { ...json, settings: { ...json.settings, implicitAssignment: true } }
    await expectOk(fixture.request('PUT', `/api/v1/apps/${app.id}`, { json: open }))
    const tokens = await signInForTokens(fixture, app, person)
    await fixture.request('DELETE', users(app, `/${person.id}`))
    assert.equal((await refresh(fixture, app, tokens.refresh_token)).status, 200)
  })

  test('a direct assignment wins over groups, and among groups the lowest priority', async () => {
    const [app, person] = [await newApp(fixture), await newPerson(fixture)]
    const [last, first] = [await newGroup(person), await newGroup(person)]
    await give(app, last, { priority: 5, profile: { from: 'last' } })
    await give(app, first, { priority: 1, profile: { from: 'first' } })
    const inherited = { userName: person.login, scope: 'GROUP', profile: { from: 'first' } }
    assert.deepEqual(await assignmentOf(app, person), inherited)
    assert.deepEqual((await fixture.request('GET', users(app, `/${person.id}`))).json.profile, { from: 'first' })
    await assignDirectly(app, person, { credentials: { userName: 'ada' }, profile: { from: 'hand' } })
    assert.deepEqual(await assignmentOf(app, person), { userName: 'ada', scope: 'USER', profile: { from: 'hand' } })
  })

  test('an assignment by group becomes a direct one when that is asked for, and only then', async () => {
    const [app, person] = [await newApp(fixture), await newPerson(fixture)]
    await give(app, await newGroup(person))
    const path = users(app, `/${person.id}`)
    const refused = await fixture.request('POST', path, { json: { credentials: { userName: 'ada' } } })
    assert.deepEqual([refused.status, refused.json.errorSummary], [400, 'Api validation failed: scope'])
    assert.equal((await fixture.request('DELETE', path)).status, 400)
    const direct = await expectOk(
      fixture.request('POST', path, { json: { scope: 'USER', credentials: { userName: 'ada' } } }),
    )
    assert.partialDeepStrictEqual(direct, { scope: 'USER', credentials: { userName: 'ada' } })
    assert.equal((await fixture.request('DELETE', path)).status, 204)
    assert.equal((await assignmentOf(app, person))?.scope, 'GROUP')
  })

  test('priorities: the next one when unsaid, and who stands in the way moves back', async () => {
    const app = await newApp(fixture)
    const [a, b, c] = [await newGroup(), await newGroup(), await newGroup()]
    await give(app, a)
    await give(app, b, {})
    assert.deepEqual(await prioritiesOf(app), [
      [a, 0],
      [b, 1],
    ])
    await give(app, c, { priority: 0 })
    assert.deepEqual(await prioritiesOf(app), [
      [c, 0],
      [a, 1],
      [b, 2],
    ])
    await give(app, a, { profile: { x: 1 } })
    await give(app, c, { priority: 7 })
    assert.deepEqual(await prioritiesOf(app), [
      [a, 1],
      [b, 2],
      [c, 7],
    ])
  })

  test('groups that are assigned at the same time get priorities of their own', async () => {
    const app = await newApp(fixture)
    const ids = [await newGroup(), await newGroup(), await newGroup(), await newGroup()]
    await Promise.all(ids.map((id) => give(app, id)))
    const priorities = (await prioritiesOf(app)).map(([, priority]: [string, number]) => priority)
    assert.deepEqual(priorities, [0, 1, 2, 3])
  })

  test('the lists page', async () => {
    const app = await newApp(fixture)
    const people = [await newPerson(fixture), await newPerson(fixture), await newPerson(fixture)]
    for (const person of people) await assignDirectly(app, person)
    const teams = [await newGroup(), await newGroup(), await newGroup()]
    for (const team of teams) await give(app, team)
    for (const [path, all] of [
      [users(app), people.map(({ id }) => id).toSorted()],
      [groups(app), teams],
    ] as const) {
      const page = await fixture.request('GET', `${path}?limit=2`)
      const next = /<(.*)>; rel="next"/.exec(String([page.headers.link].flat()[1]))?.[1]?.replace(fixture.org.url, '')
      const rest = await fixture.request('GET', next ?? '')
      assert.deepEqual([...idsOf(page), ...idsOf(rest)], all)
      assert.equal([rest.headers.link].flat().length, 1)
    }
    assert.equal((await fixture.request('GET', `${groups(app)}?after=eHg`)).status, 400)
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

  test('a priority is a whole number, and null is none', async () => {
    const [app, groupId] = [await newApp(fixture), await newGroup()]
    for (const priority of ['1', null, 0.5, -1, 2 ** 31]) {
      const answer = await fixture.request('PUT', groups(app, `/${groupId}`), { json: { priority } })
      assert.deepEqual(
        [answer.status, answer.json.errorSummary],
        [400, 'Api validation failed: priority'],
        String(priority),
      )
    }
    assert.deepEqual(await prioritiesOf(app), [])
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
