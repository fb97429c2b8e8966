// Who may ask and change what of people, and that all access is gone with the right to it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '#test/fixture.ts'
import { addPerson, authenticate, newSessionToken, signIn, type TestPerson } from '#test/people.ts'

const USERS = '/api/v1/users'

describe('access to the users API', () => {
  let fixture: Fixture
  let other: TestOrg

  before(async () => {
    fixture = await startFixture()
    other = await fixture.newOrg('other')
  })
  after(() => fixture.close())

  const profile = (login: string) => ({ login, email: login, firstName: 'Ann', lastName: 'Lee' })
  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]

  describe('who may', () => {
    const everything: [method: string, path: string, json?: object][] = [
      ['GET', USERS],
      ['POST', USERS, { profile: profile('x@example.com') }],
      ['GET', `${USERS}/ID`],
      ['POST', `${USERS}/ID`, { profile: { city: 'x' } }],
      ['PUT', `${USERS}/ID`, { profile: profile('x@example.com') }],
      ['DELETE', `${USERS}/ID`],
      ['GET', `${USERS}/ID/groups`],
      ['POST', `${USERS}/ID/lifecycle/activate`],
      ['POST', `${USERS}/ID/lifecycle/deactivate`],
      ['POST', `${USERS}/ID/lifecycle/suspend`],
      ['POST', `${USERS}/ID/lifecycle/unsuspend`],
      ['POST', `${USERS}/ID/lifecycle/unlock`],
      ['POST', `${USERS}/ID/lifecycle/reactivate`],
      ['POST', `${USERS}/ID/lifecycle/expire_password`],
      ['POST', `${USERS}/ID/credentials/change_password`, { oldPassword: { value: 'a' }, newPassword: { value: 'b' } }],
      ['GET', `${USERS}/ID/roles`],
      ['POST', `${USERS}/ID/roles`, { type: 'SUPER_ADMIN' }],
      ['DELETE', `${USERS}/ID/roles/ra1`],
      ['GET', '/api/v1/groups'],
      ['POST', '/api/v1/groups', { profile: { name: 'x' } }],
      ['PUT', '/api/v1/groups/00gX/users/ID'],
    ]

    test('nobody without a credential, with a bad token, or with another org’s id', async () => {
      const made = await addPerson(fixture)
      for (const [method, path, body] of everything) {
        const url = path.replace('ID', made.id)
        const options = body === undefined ? {} : { json: body }
        assert.deepEqual(
          [url, ...errorOf(await fixture.request(method, url, { ...options, token: null }))],
          [url, 403, 'E0000005'],
        )
        assert.deepEqual(
          [url, ...errorOf(await fixture.request(method, url, { ...options, token: 'bad' }))],
          [url, 401, 'E0000011'],
        )
        if (!url.includes(made.id)) continue
        const foreign = await fixture.request(method, url, { ...options, org: other })
        assert.deepEqual([url, ...errorOf(foreign)], [url, 404, 'E0000007'])
      }
      assert.equal((await fixture.request('GET', `${USERS}/${made.id}`)).json.status, 'ACTIVE')
    })

    test('a token of this org opens nothing in another', async () => {
      const answer = await fixture.request('GET', USERS, { org: other, token: fixture.admin.apiToken })
      assert.deepEqual(errorOf(answer), [401, 'E0000011'])
    })

    test('a person with a session reads and changes themselves only, and only a little', async () => {
      const made = await addPerson(fixture, 'self@example.com')
      const someone = await addPerson(fixture, 'someone@example.com')
      const cookies = await signIn(fixture, made)
      const ask = (method: string, path: string, json?: object) =>
        fixture.request(method, path, { token: null, cookies, ...(json ? { json } : {}) })

      for (const name of ['me', made.id, 'self@example.com']) {
        const answer = await ask('GET', `${USERS}/${name}`)
        assert.deepEqual([name, answer.status, answer.json.id], [name, 200, made.id])
      }
      assert.equal((await ask('GET', `${USERS}/me/groups`)).json[0].profile.name, 'Everyone')
      for (const name of [someone.id, 'someone@example.com', '00uNobody', 'admin']) {
        assert.deepEqual([name, ...errorOf(await ask('GET', `${USERS}/${name}`))], [name, 403, 'E0000006'])
        assert.deepEqual(errorOf(await ask('GET', `${USERS}/${name}/groups`)), [403, 'E0000006'])
      }
      const changed = await ask('POST', `${USERS}/me`, { profile: { firstName: 'Anna' } })
      assert.deepEqual([changed.status, changed.json.profile.firstName], [200, 'Anna'])
      const whole = await ask('POST', `${USERS}/me`, changed.json)
      assert.equal(whole.status, 200)
      for (const body of [
        { profile: { email: 'mine@example.com' } },
        { profile: { login: 'admin2@example.com' } },
        { profile: { department: 'Board' } },
        { credentials: { password: { value: 'Another-horse-9' } } },
        { credentials: { recovery_question: { question: 'Q', answer: 'answer' } } },
      ]) {
        assert.deepEqual(errorOf(await ask('POST', `${USERS}/me`, body)), [403, 'E0000006'])
      }
      // The cookie says nothing to operations that are not for browsers.
      assert.deepEqual(errorOf(await ask('GET', USERS)), [403, 'E0000005'])
      assert.deepEqual(errorOf(await ask('POST', `${USERS}/${made.id}`, { profile: { firstName: 'X' } })), [
        403,
        'E0000005',
      ])
    })

    test('a session’s change needs JSON, and the page of a trusted origin', async () => {
      const cookies = await signIn(fixture, await addPerson(fixture))
      const evil = {
        token: null,
        cookies,
        json: { profile: { firstName: 'X' } },
        headers: { origin: 'https://evil.example' },
      }
      assert.deepEqual(errorOf(await fixture.request('POST', `${USERS}/me`, evil)), [403, 'E0000212'])
      const form = { token: null, cookies, form: { firstName: 'X' } }
      assert.deepEqual(errorOf(await fixture.request('POST', `${USERS}/me`, form)), [400, 'E0000021'])
    })
  })

  describe('leaving', () => {
    async function newApp(label: string): Promise<string> {
      const oauthClient = {
        application_type: 'service',
        grant_types: ['client_credentials'],
        response_types: ['token'],
      }
      const json = { name: 'oidc_client', label, signOnMode: 'OPENID_CONNECT', settings: { oauthClient } }
      const answer = await fixture.request('POST', '/api/v1/apps', { json })
      assert.equal(answer.status, 200, answer.text)
      return answer.json.id
    }

    const act = async (person: TestPerson, action: string) => {
      const answer = await fixture.request('POST', `${USERS}/${person.id}/lifecycle/${action}`)
      assert.equal(answer.status, 200, answer.text)
    }

    for (const [way, back] of [
      ['suspend', 'unsuspend'],
      ['deactivate', 'activate'],
    ] as const) {
      test(`${way} ends sessions and session tokens for ever, and signing in until ${back}`, async () => {
        const person = await addPerson(fixture)
        const cookies = await signIn(fixture, person)
        const token = await newSessionToken(fixture, person)
        await act(person, way)
        assert.deepEqual(errorOf(await authenticate(fixture, person)), [401, 'E0000004'])
        await act(person, back)
        assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/me`, { token: null, cookies })), [
          403,
          'E0000005',
        ])
        const session = await fixture.request('POST', '/api/v1/sessions', {
          token: null,
          json: { sessionToken: token },
        })
        assert.deepEqual(errorOf(session), [401, 'E0000004'])
        assert.equal((await authenticate(fixture, person)).status, 200)
      })
    }

    test('a password changed with revokeSessions ends what the old one opened', async () => {
      const person = await addPerson(fixture)
      const cookies = await signIn(fixture, person)
      const json = {
        oldPassword: { value: person.password },
        newPassword: { value: 'Another-horse-9' },
        revokeSessions: true,
      }
      const answer = await fixture.request('POST', `${USERS}/${person.id}/credentials/change_password`, { json })
      assert.equal(answer.status, 200)
      assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/me`, { token: null, cookies })), [
        403,
        'E0000005',
      ])
    })

    test('takes the apps away, and deletion leaves nothing that could refuse it', async () => {
      const app = await newApp('Left behind')
      const person = await addPerson(fixture)
      await fixture.request('POST', `${USERS}/${person.id}/roles`, { json: { type: 'READ_ONLY_ADMIN' } })
      const assigned = await fixture.request('POST', `/api/v1/apps/${app}/users`, { json: { id: person.id } })
      assert.equal(assigned.status, 200, assigned.text)
      assert.equal((await fixture.request('DELETE', `${USERS}/${person.id}`)).status, 204)
      assert.deepEqual((await fixture.request('GET', `/api/v1/apps/${app}/users`)).json, [])
      assert.equal((await fixture.request('DELETE', `${USERS}/${person.id}`)).status, 204)
      assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/${person.id}`)), [404, 'E0000007'])
    })

    test('a group goes with its assignments and members', async () => {
      const app = await newApp('Of a group')
      const person = await addPerson(fixture)
      const group = (await fixture.request('POST', '/api/v1/groups', { json: { profile: { name: 'Going' } } })).json.id
      await fixture.request('PUT', `/api/v1/groups/${group}/users/${person.id}`)
      const assigned = await fixture.request('PUT', `/api/v1/apps/${app}/groups/${group}`, { json: {} })
      assert.equal(assigned.status, 200, assigned.text)
      assert.equal((await fixture.request('DELETE', `/api/v1/groups/${group}`)).status, 204)
      assert.deepEqual((await fixture.request('GET', `/api/v1/apps/${app}/groups`)).json, [])
    })
  })
})
