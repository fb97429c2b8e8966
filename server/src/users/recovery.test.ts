import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { run } from '#db/unit.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'
import { addPerson, authenticate, organizationAdministratorToken, signIn, type TestPerson } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'
import { USER_STATUSES, type UserStatus } from './user.ts'

const RESETS = ['lifecycle/reset_password?sendEmail=false', 'lifecycle/expire_password_with_temp_password']
const FORGOT = 'credentials/forgot_password?sendEmail=false'

describe('passwords that are taken away or forgotten', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const post = (id: string, path: string, token?: string) =>
    fixture.request('POST', `/api/v1/users/${id}/${path}`, token === undefined ? {} : { token })
  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]
  const read = async ({ id }: TestPerson) => (await fixture.request('GET', `/api/v1/users/${id}`)).json

  const put = (id: string, status: UserStatus) => {
    const { db } = fixture.deps
    return db.write(() => run(db.for(fixture.org.id).update('user').set({ status }).where('id', '=', id)))
  }

  test('each state allows what the table says, and what is refused changes nothing', async () => {
    const person = await addPerson(fixture)
    const resettable: readonly UserStatus[] = ['PROVISIONED', 'ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT']
    for (const status of USER_STATUSES) {
      for (const path of [...RESETS, FORGOT]) {
        await put(person.id, status)
        const allowed = path === FORGOT ? status === 'ACTIVE' : resettable.includes(status)
        const ask = () => post(person.id, path)
        const answer = allowed ? await ask() : await changingNothing(fixture.deps.db, ask)
        const code = path === FORGOT ? 'E0000034' : 'E0000038'
        assert.deepEqual(errorOf(answer), allowed ? [200, undefined] : [403, code], `${status} ${path}`)
        const after = { [RESETS[0] ?? '']: 'RECOVERY', [RESETS[1] ?? '']: 'PASSWORD_EXPIRED' }[path]
        assert.equal((await read(person)).status, allowed ? (after ?? status) : status)
      }
    }
  })

  test('the links of a person name what their state allows', async () => {
    const person = await addPerson(fixture)
    const names = async () =>
      Object.keys((await read(person))._links).filter((name) => !/^(self|type|schema)$/.test(name))
    assert.deepEqual(await names(), [
      'suspend',
      'resetPassword',
      'expirePassword',
      'forgotPassword',
      'changePassword',
      'deactivate',
    ])
    await put(person.id, 'LOCKED_OUT')
    assert.deepEqual(await names(), ['unlock', 'resetPassword', 'deactivate'])
  })

  test('where no mail goes out, who asks for one, or leaves it to the default of a reset, is told, and nothing is changed', async () => {
    const mute = await startFixture({ mails: false })
    const person = await addPerson(mute)
    await changingNothing(mute.deps.db, async () => {
      for (const path of [
        'lifecycle/reset_password',
        'lifecycle/reset_password?sendEmail=true',
        'credentials/forgot_password',
      ]) {
        const answer = await mute.request('POST', `/api/v1/users/${person.id}/${path}`)
        assert.deepEqual(errorOf(answer), [400, 'E0000001'], path)
        assert.match(answer.json.errorCauses[0].errorSummary, /^sendEmail: Mail is not configured/)
      }
    })
    await mute.close()
  })

  test('a link that is mailed is in no answer', async () => {
    const person = await addPerson(fixture)
    for (const path of ['credentials/forgot_password', 'lifecycle/reset_password?sendEmail=true']) {
      await fixture.mails()
      assert.deepEqual((await post(person.id, path)).json, {}, path)
      const [mail] = await fixture.mails()
      assert.match(mail?.links[0] ?? '', /\/signin\/reset-password\/[\w-]{32}$/)
    }
  })

  test('without a password, an activation answers a link where it is asked for, and else an empty object', async () => {
    const profile = { login: 'fresh@example.com', email: 'fresh@example.com', firstName: 'A', lastName: 'B' }
    const { json } = await fixture.request('POST', '/api/v1/users?activate=false', { json: { profile } })
    const { activationUrl, activationToken } = (await post(json.id, 'lifecycle/activate?sendEmail=false')).json
    assert.equal(activationUrl, `${fixture.org.url}/welcome/${activationToken}`)
    assert.deepEqual(errorOf(await post(json.id, 'lifecycle/activate?sendEmail=false')), [403, 'E0000016'])
    const again = await post(json.id, 'lifecycle/reactivate?sendEmail=false')
    assert.notEqual(again.json.activationToken, activationToken)
    const plain = await fixture.request('POST', '/api/v1/users?activate=false', {
      json: { profile: { ...profile, login: 'plain@example.com' } },
    })
    assert.deepEqual((await post(plain.json.id, 'lifecycle/activate')).json, {})
    const withPassword = await addPerson(fixture)
    await put(withPassword.id, 'STAGED')
    assert.deepEqual((await post(withPassword.id, 'lifecycle/activate?sendEmail=false')).json, {})
  })

  test('sessions stay through a reset unless it says otherwise', async () => {
    for (const path of RESETS) {
      const person = await addPerson(fixture)
      const cookies = await signIn(fixture, person)
      const session = () => fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })
      await post(person.id, path)
      assert.equal((await session()).status, 200, path)
      await post(person.id, `${path}${path.includes('?') ? '&' : '?'}revokeSessions=true`)
      assert.equal((await session()).status, 404, path)
    }
  })

  test('the old password is worth nothing once another was given', async () => {
    for (const path of RESETS) {
      const person = await addPerson(fixture)
      await post(person.id, path)
      assert.equal((await authenticate(fixture, person)).status, 401, path)
    }
  })

  test('who may do less than an administrator can neither reset their password nor get a link in their name', async () => {
    const token = await organizationAdministratorToken(fixture)
    const { json: admin } = await fixture.request('GET', '/api/v1/users/me')
    const person = await addPerson(fixture)
    for (const path of [...RESETS, FORGOT]) {
      const refused = await changingNothing(fixture.deps.db, () => post(admin.id, path, token))
      assert.deepEqual(errorOf(refused), [403, 'E0000006'], path)
      await put(person.id, 'ACTIVE')
      assert.equal((await post(person.id, path, token)).status, 200, path)
    }
  })
})
