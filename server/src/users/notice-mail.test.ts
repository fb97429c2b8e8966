import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { resetFactors } from '#authenticators/change-service.ts'
import { beginEnrollment } from '#authenticators/enrollment-service.ts'
import { challengeFactor } from '#authenticators/service.ts'
import { all } from '#db/unit.ts'
import type { Caller } from '#kernel/caller.ts'
import { MINUTE } from '#kernel/instant.ts'
import { enrollApp } from '#test/authenticator-app.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newPerson, type TestPerson } from '#test/oauth-client.ts'
import { anonymousCaller } from '#test/people.ts'
import { newGroup, newPasswordPolicy } from '#test/policies.ts'
import { updateUser } from './change-service.ts'
import { activateUser, changeStatus } from './lifecycle-service.ts'
import { forgotPassword, resetPassword } from './recovery-service.ts'
import { getUser } from './service.ts'

describe('mails about an account', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const post = (path: string, json: object = {}) => fixture.request('POST', `/api/v1${path}`, { json })
  const subjects = async (person: TestPerson) => (await fixture.mails(person.login)).map(({ subject }) => subject)
  const CHANGED = ['Your password was changed']

  test('a changed password, whoever changed it and however; a refused change tells nothing', async () => {
    const person = await newPerson(fixture)
    assert.deepEqual(await subjects(person), [])
    const change = (oldPassword: string, newPassword: string) =>
      post(`/users/${person.id}/credentials/change_password`, {
        oldPassword: { value: oldPassword },
        newPassword: { value: newPassword },
      })
    assert.equal((await change('Not-The-Old-1', 'Copper-Kettle-21')).status, 403)
    assert.deepEqual(await subjects(person), [])
    assert.equal((await change(person.password, 'Copper-Kettle-21')).status, 200)
    assert.deepEqual(await subjects(person), CHANGED)
    const set = await post(`/users/${person.id}`, { credentials: { password: { value: 'Copper-Kettle-22' } } })
    assert.equal(set.status, 200)
    assert.deepEqual(await subjects(person), CHANGED)
    assert.equal((await post(`/users/${person.id}`, { profile: { nickName: 'Countess' } })).status, 200)
    assert.deepEqual(await subjects(person), [])
  })

  test('goes to the address of before the change, and tells of no first password', async () => {
    const person = await newPerson(fixture)
    const moved = await post(`/users/${person.id}`, {
      profile: { email: `new.${person.login}` },
      credentials: { password: { value: 'Copper-Kettle-23' } },
    })
    assert.equal(moved.status, 200)
    assert.deepEqual(await subjects(person), CHANGED)
    const login = 'staged@example.test'
    const profile = { firstName: 'Ada', lastName: 'Lovelace', login, email: login }
    const { json: staged } = await post('/users?activate=false', { profile })
    const first = await post(`/users/${staged.id}`, { credentials: { password: { value: 'Copper-Kettle-24' } } })
    assert.equal(first.status, 200)
    assert.deepEqual(await fixture.mails(login), [])
  })

  test('a factor that was added, removed or reset, by name; one that was never activated is nobody’s news', async () => {
    const person = await newPerson(fixture)
    const app = await enrollApp(fixture, person.id)
    const [added] = await fixture.mails(person.login)
    assert.equal(added?.subject, 'A security method was added')
    assert.match(added.text, /Authenticator app was added/)
    assert.equal((await fixture.request('DELETE', app.path)).status, 204)
    const [removed] = await fixture.mails(person.login)
    assert.equal(removed?.subject, 'A security method was removed')
    assert.match(removed.text, /Method: Authenticator app/)

    await post(`/users/${person.id}/factors`, { factorType: 'token:software:totp', provider: 'GOOGLE' })
    await post(`/users/${person.id}/lifecycle/reset_factors`)
    assert.deepEqual(await subjects(person), [])
    await enrollApp(fixture, person.id)
    const profile = { question: 'disliked_food', answer: 'rhubarb crumble' }
    await post(`/users/${person.id}/factors`, { factorType: 'question', provider: 'OKTA', profile })
    assert.equal((await subjects(person)).length, 2)
    await post(`/users/${person.id}/lifecycle/reset_factors`)
    assert.deepEqual(await subjects(person), ['A security method was removed'])
  })

  test('in the person’s language, factors by their names there', async () => {
    const person = await newPerson(fixture)
    await post(`/users/${person.id}`, { profile: { locale: 'de_AT' } })
    const profile = { question: 'disliked_food', answer: 'rhubarb crumble' }
    const path = `/users/${person.id}/factors`
    const { json: factor } = await post(path, { factorType: 'question', provider: 'OKTA', profile })
    const [added] = await fixture.mails(person.login)
    assert.match(added?.text ?? '', /Sicherheitsfrage wurde Ihrem Konto/)
    assert.equal((await fixture.request('DELETE', `/api/v1${path}/${factor.id}`)).status, 204)
    const [removed] = await fixture.mails(person.login)
    assert.match(removed?.text ?? '', /Methode: Sicherheitsfrage/)
  })

  test('a lockout is told once, and only where the policy says so', async () => {
    const told = await newPerson(fixture)
    const untold = await newPerson(fixture)
    const lockout = { maxAttempts: 2, autoUnlockMinutes: 0, showLockoutFailures: false }
    const channels = { userLockoutNotificationChannels: ['EMAIL'] }
    await newPasswordPolicy(fixture, await newGroup(fixture, told.id), { lockout: { ...lockout, ...channels } })
    await newPasswordPolicy(fixture, await newGroup(fixture, untold.id), { lockout })
    for (const person of [told, untold])
      for (let n = 0; n < 4; n++) {
        fixture.clock.advance(MINUTE)
        const json = { username: person.login, password: 'Not-The-Password-1' }
        assert.equal((await fixture.request('POST', '/api/v1/authn', { token: null, json })).status, 401)
      }
    for (const person of [told, untold])
      assert.equal((await fixture.request('GET', `/api/v1/users/${person.id}`)).json.status, 'LOCKED_OUT')
    assert.deepEqual(await subjects(told), ['Your account was locked'])
    assert.deepEqual(await subjects(untold), [])
  })

  test('the outbox hears of a mail once it is queued for good, and of nothing where none is', async () => {
    const tx = fixture.deps.db.for(fixture.org.id)
    const queued = async () => (await fixture.deps.db.read(all(tx.from('mail').select('id')))).length
    const heard: Promise<number>[] = []
    const outbox = { ...fixture.deps.outbox, expect: () => void heard.push(queued()) }
    const deps = { ...fixture.deps, outbox }
    const caller: Caller = { ...anonymousCaller(fixture), actor: { kind: 'system' } }
    const user = async ({ id }: TestPerson) => fixture.deps.db.read(getUser(tx, id))
    /** How many mails a use case queues, each of which the outbox could find when it heard of it. */
    const mailsOf = async (work: () => Promise<unknown>) => {
      heard.length = 0
      const before = await queued()
      await work()
      const after = await queued()
      assert.deepEqual(await Promise.all(heard), after > before ? [after] : [])
      return after - before
    }
    const person = await newPerson(fixture)
    const { id } = person
    const silent: readonly (() => Promise<unknown>)[] = [
      () => updateUser(deps, caller, id, { mode: 'merge', profile: { nickName: 'Countess' } }),
      () => resetPassword(deps, caller, id, { sendEmail: false, revokeSessions: false }),
      () => updateUser(deps, caller, id, { mode: 'merge', profile: { nickName: 'Ada' } }),
      async () => changeStatus(deps, caller, id, 'deactivate'),
      async () => activateUser(deps, caller, id, 'activate', { sendEmail: undefined }),
      () => forgotPassword(deps, caller, id, { sendEmail: false }),
      async () => beginEnrollment(deps, caller, await user(person), { key: 'google_totp' }),
      async () => resetFactors(deps, caller, await user(person)),
    ]
    for (const [at, work] of silent.entries()) assert.equal(await mailsOf(work), 0, `silent ${at}`)
    const told: readonly (() => Promise<unknown>)[] = [
      () => updateUser(deps, caller, id, { mode: 'merge', password: 'Copper-Kettle-31' }),
      () => resetPassword(deps, caller, id, { sendEmail: true, revokeSessions: false }),
      () => updateUser(deps, caller, id, { mode: 'merge', password: 'Copper-Kettle-32' }),
      () => forgotPassword(deps, caller, id, { sendEmail: true }),
      async () => beginEnrollment(deps, caller, await user(person), { key: 'email', activate: true }),
      async () => challengeFactor(deps, caller, await user(person), { kind: 'email' }, { binding: 'here' }),
      async () => resetFactors(deps, caller, await user(person)),
      async () => beginEnrollment(deps, caller, await user(person), { key: 'email' }),
    ]
    for (const [at, work] of told.entries()) assert.equal(await mailsOf(work), 1, `told ${at}`)
  })
})
