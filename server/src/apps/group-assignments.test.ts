import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newApp, newPerson, refresh, signInForTokens } from '#test/oauth-client.ts'
import { assignmentCalls, expectOk, groups, idsOf, users } from './test-calls.ts'

onEachDatabase('groups of apps', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const { newGroup, give, take, assignDirectly, prioritiesOf, assignmentOf } = assignmentCalls(() => fixture)

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
    const priorities = (await prioritiesOf(app)).map(([, priority]) => priority)
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

  test('groups are found by the beginning of their name', async () => {
    const app = await newApp(fixture)
    const groupId = await newGroup()
    await give(app, groupId)
    const find = async (q: string) => idsOf(await fixture.request('GET', `${groups(app)}?q=${encodeURIComponent(q)}`))
    assert.deepEqual([await find('grOUP'), await find('roup'), await find("' OR 1=1")], [[groupId], [], []])
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
})
