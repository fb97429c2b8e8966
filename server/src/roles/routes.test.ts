import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'

describe('the roles API', () => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]

  async function person(login: string): Promise<string> {
    const profile = { login, email: login, firstName: 'Ann', lastName: 'Lee' }
    return (await fixture.request('POST', '/api/v1/users', { json: { profile } })).json.id
  }

  test('grants, lists, reads and takes away in the shape of Okta', async () => {
    const id = await person('role@example.com')
    const roles = `/api/v1/users/${id}/roles`
    assert.deepEqual((await fixture.request('GET', roles)).json, [])
    const granted = await fixture.request('POST', roles, { json: { type: 'SUPER_ADMIN' } })
    const at = new Date(fixture.clock.now()).toISOString()
    assert.equal(granted.status, 201)
    const { id: roleId, ...rest } = granted.json
    assert.deepEqual(rest, {
      label: 'Super Administrator',
      type: 'SUPER_ADMIN',
      status: 'ACTIVE',
      created: at,
      lastUpdated: at,
      assignmentType: 'USER',
      _links: { assignee: { href: `http://first.test/api/v1/users/${id}` } },
    })
    assert.deepEqual((await fixture.request('GET', roles)).json, [granted.json])
    assert.deepEqual((await fixture.request('GET', `${roles}/${roleId}`)).json, granted.json)
    assert.deepEqual(errorOf(await fixture.request('POST', roles, { json: { type: 'SUPER_ADMIN' } })), [
      409,
      'E0000090',
    ])
    assert.equal((await fixture.request('DELETE', `${roles}/${roleId}`)).status, 204)
    const gone = await fixture.request('DELETE', `${roles}/${roleId}`)
    assert.equal(gone.json.errorSummary, `Not found: Resource not found: ${roleId} (RoleAssignment)`)
  })

  test('a role of one person is not another’s', async () => {
    const [one, two] = [await person('one@example.com'), await person('two@example.com')]
    const { json } = await fixture.request('POST', `/api/v1/users/${one}/roles`, { json: { type: 'APP_ADMIN' } })
    assert.deepEqual(errorOf(await fixture.request('DELETE', `/api/v1/users/${two}/roles/${json.id}`)), [
      404,
      'E0000007',
    ])
    assert.equal((await fixture.request('GET', `/api/v1/users/${one}/roles`)).json.length, 1)
  })

  test('wrong types, unknown roles and unknown people are refused', async () => {
    const id = await person('wrong@example.com')
    const grant = (json: unknown, userId = id) => fixture.request('POST', `/api/v1/users/${userId}/roles`, { json })
    assert.deepEqual(errorOf(await grant({ type: 5 })), [400, 'E0000001'])
    assert.deepEqual(errorOf(await grant({})), [400, 'E0000001'])
    assert.deepEqual(errorOf(await grant({ type: 'EMPEROR' })), [400, 'E0000001'])
    assert.deepEqual(errorOf(await grant({ type: 'CUSTOM' })), [501, 'E0000060'])
    assert.deepEqual(errorOf(await grant({ type: 'APP_ADMIN' }, '00uNobody')), [404, 'E0000007'])
  })

  test('the last super administrator keeps the role', async () => {
    const me = (await fixture.request('GET', '/api/v1/users/me')).json.id
    const roles = `/api/v1/users/${me}/roles`
    const [role] = (await fixture.request('GET', roles)).json
    assert.deepEqual(errorOf(await fixture.request('DELETE', `${roles}/${role.id}`)), [403, 'E0000006'])
    assert.equal((await fixture.request('GET', roles)).json.length, 1)
  })
})
