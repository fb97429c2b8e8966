// The apps of a person as they find them, through the API.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { switchFeature } from '#test/features.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { assign, newApp, newPerson, type TestPerson } from '#test/oauth-client.ts'
import { signIn } from '#test/people.ts'
import { hasTile } from './app-link.ts'
import { builtApp } from './test-app.ts'
import { assignmentCalls } from './test-calls.ts'

const LOGIN = 'http://localhost:8080/login'
/** What makes a tile of an app. */
const SHOWN = {
  settings: { initiate_login_uri: LOGIN, idp_initiated_login: { mode: 'SPEC', default_scope: [] } },
  app: { visibility: { hide: { iOS: false, web: false } } },
}

onEachDatabase('appLinks', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const { newGroup, give } = assignmentCalls(() => fixture)
  const linksOf = async ({ id }: Pick<TestPerson, 'id'>) =>
    (await fixture.request('GET', `/api/v1/users/${id}/appLinks`)).json
  const named = (label: string, extra: object = {}) => ({ ...SHOWN, app: { ...SHOWN.app, label, ...extra } })

  it('holds what is assigned to the person or to a group of theirs once, in the order of labels', async () => {
    const person = await newPerson(fixture)
    const [zebra, ant, other] = [
      await newApp(fixture, named('zebra')),
      await newApp(fixture, named('Änt')),
      await newApp(fixture, named('Nobody’s')),
    ]
    await assign(fixture, zebra, person)
    const group = await newGroup(person)
    for (const app of [zebra, ant]) await give(app, group)
    const links = await linksOf(person)
    assert.deepEqual(
      links.map(({ label, sortOrder }: { label: string; sortOrder: number }) => [label, sortOrder]),
      [
        ['Änt', 0],
        ['zebra', 1],
      ],
    )
    assert.ok(!JSON.stringify(links).includes(other.id))
    assert.deepEqual(links[1], {
      ...links[1],
      linkUrl: `${fixture.org.url}/home/oidc_client/${zebra.id}/alnOidcClientLink001`,
      appName: 'oidc_client',
      appInstanceId: zebra.id,
      credentialsSetup: false,
      hidden: false,
    })
    assert.match(links[1].appAssignmentId, /^0ua/)
  })

  it('leaves out what is inactive, hidden from people, or begins its sign-ins itself', async () => {
    const person = await newPerson(fixture)
    const apps = [
      await newApp(fixture, named('inactive')),
      await newApp(fixture, { ...SHOWN, app: {} }),
      await newApp(fixture, { ...SHOWN, settings: { ...SHOWN.settings, idp_initiated_login: { mode: 'DISABLED' } } }),
    ]
    for (const app of apps) await assign(fixture, app, person)
    await fixture.request('POST', `/api/v1/apps/${apps[0]?.id}/lifecycle/deactivate`)
    assert.deepEqual(await linksOf(person), [])
    assert.equal(hasTile(builtApp()), false)
  })

  it('shows an app that is open to everyone only while the feature is on', async () => {
    const person = await newPerson(fixture)
    await switchFeature(fixture, 'Federation Broker Mode', 'enable')
    const { id } = await newApp(fixture, named('For everyone'))
    const { json: app } = await fixture.request('GET', `/api/v1/apps/${id}`)
    const settings = { ...app.settings, implicitAssignment: true }
    assert.equal((await fixture.request('PUT', `/api/v1/apps/${id}`, { json: { ...app, settings } })).status, 200)
    assert.deepEqual(
      (await linksOf(person)).map(({ label }: { label: string }) => label),
      ['For everyone'],
    )
    await switchFeature(fixture, 'Federation Broker Mode', 'disable')
    assert.deepEqual(await linksOf(person), [])
  })

  it('opens to people with their session for themselves alone', async () => {
    const [person, other] = [await newPerson(fixture), await newPerson(fixture)]
    const app = await newApp(fixture, named('Mine'))
    await assign(fixture, app, person)
    const cookies = await signIn(fixture, person)
    const own = await fixture.request('GET', '/api/v1/users/me/appLinks', { token: null, cookies })
    assert.deepEqual([own.status, own.json.length], [200, 1])
    for (const id of [other.id, other.login])
      assert.equal((await fixture.request('GET', `/api/v1/users/${id}/appLinks`, { token: null, cookies })).status, 403)
    assert.equal((await fixture.request('GET', '/api/v1/users/me/appLinks', { token: null })).status, 403)
    assert.equal((await fixture.request('GET', '/api/v1/users/00uNobody/appLinks')).status, 404)
  })
})
