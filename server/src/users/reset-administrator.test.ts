// The operator's way back in, on both databases.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enrollApp } from '#test/authenticator-app.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, authenticate, signIn, type TestPerson } from '#test/people.ts'
import { newEnrollmentPolicy, newSignOnPolicy } from '#test/policies.ts'
import { resetAdministrator } from './reset-administrator.ts'

const NEW = 'K7qmx-rst23-uvw45-xyz671'
const CHOSEN = 'A-new-Harbour-52-Lamp'

onEachDatabase('a reset on the host', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const reset = () => resetAdministrator(fixture.deps, fixture.org.id, NEW)
  const send = async (path: string, json?: object) => {
    const answer = await fixture.request('POST', `/api/v1/users/${path}`, json ? { json } : {})
    assert.ok(answer.status < 300, answer.text)
    return answer.json
  }
  const superAdministrator = async (): Promise<TestPerson> => {
    const person = await addPerson(fixture)
    await send(`${person.id}/roles`, { type: 'SUPER_ADMIN' })
    return person
  }

  test('lets an administrator in who is locked out, with the new password alone', async () => {
    const { login, password } = fixture.admin
    for (let tries = 0; tries < 10; tries++) await authenticate(fixture, { login, password: 'Wrong-horse-99' })
    assert.equal((await authenticate(fixture, { login, password })).status, 401)
    assert.equal(await reset(), login)
    assert.equal((await authenticate(fixture, { login, password })).status, 401)
    const { json } = await authenticate(fixture, { login, password: NEW })
    assert.equal(json.status, 'PASSWORD_EXPIRED')
    const change = { stateToken: json.stateToken, oldPassword: NEW, newPassword: CHOSEN }
    const changed = await fixture.request('POST', '/api/v1/authn/credentials/change_password', {
      token: null,
      json: change,
    })
    assert.equal(changed.json.status, 'SUCCESS')
  })

  test('ends what the old password had opened', async () => {
    const { sid } = await signIn(fixture, { login: fixture.admin.login, password: CHOSEN })
    const asked = () => fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: { sid } })
    assert.equal((await asked()).status, 200)
    await reset()
    assert.equal((await asked()).status, 404)
  })

  test('is in the System Log as the work of the system', async () => {
    const filter = encodeURIComponent('eventType eq "user.account.reset_password"')
    const { json } = await fixture.request('GET', `/api/v1/logs?sortOrder=DESCENDING&limit=1&filter=${filter}`)
    assert.deepEqual([json[0].actor.type, json[0].target[0].alternateId], ['SystemPrincipal', fixture.admin.login])
  })

  test('lets in whom the policies would not, who has lost their phone, and leaves the policies to be mended', async () => {
    const policies = '/api/v1/policies'
    const everyone = (await fixture.request('GET', '/api/v1/groups?q=Everyone')).json[0].id
    await enrollApp(fixture, (await fixture.request('GET', '/api/v1/users/me')).json.id)
    const policyId = await newSignOnPolicy(fixture, everyone, { requireFactor: true })
    const [rule] = (await fixture.request('GET', `${policies}/${policyId}/rules`)).json
    const deny = { name: rule.name, actions: { signon: { access: 'DENY' } } }
    const refused = await fixture.request('PUT', `${policies}/${policyId}/rules/${rule.id}`, { json: deny })
    assert.equal(refused.status, 400)
    assert.match(refused.text, /No super administrator could sign in any more/)
    await newEnrollmentPolicy(fixture, everyone, {})
    // Nobody comes in by now for want of a factor: what mends it may take more than one change.
    await fixture.request('POST', `/api/v1/users/${encodeURIComponent(fixture.admin.login)}/lifecycle/reset_factors`)
    const step = { name: 'A step of mending', actions: { signon: { access: 'ALLOW', requireFactor: true } } }
    const mended = await fixture.request('PUT', `${policies}/${policyId}/rules/${rule.id}`, { json: step })
    assert.equal(mended.status, 200, mended.text)
    await reset()
    const { json } = await authenticate(fixture, { login: fixture.admin.login, password: NEW })
    assert.equal(json.status, 'PASSWORD_EXPIRED', JSON.stringify(json))
    const [first] = (await fixture.request('GET', `${policies}?type=OKTA_SIGN_ON`)).json
    assert.equal(first.name, 'Way back of the administrator')
    await reset()
    const all = (await fixture.request('GET', `${policies}?type=OKTA_SIGN_ON`)).json
    assert.equal(all.filter(({ name }: { name: string }) => name === first.name).length, 1)
    const stranger = await addPerson(fixture)
    assert.equal((await authenticate(fixture, stranger)).status, 401, 'nobody else comes in by it')
    for (const { id, system } of all) if (!system) await fixture.request('DELETE', `${policies}/${id}`)
  })

  test('is for an administrator who may still come in, not for one whom another has deactivated', async () => {
    const second = await superAdministrator()
    await send(`${encodeURIComponent(fixture.admin.login)}/lifecycle/expire_password`)
    assert.equal(await reset(), fixture.admin.login)
    await send(`${encodeURIComponent(fixture.admin.login)}/lifecycle/deactivate`)
    assert.equal(await reset(), second.login)
    const { json } = await authenticate(fixture, { login: second.login, password: NEW })
    assert.equal(json.status, 'PASSWORD_EXPIRED')
    assert.equal((await authenticate(fixture, { login: fixture.admin.login, password: NEW })).status, 401)
  })
})
