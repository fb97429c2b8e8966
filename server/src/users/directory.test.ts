// The directory on both databases: creation, change, states, deletion, and what signing in asks of it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createGroup } from '#groups/manage-service.ts'
import { groupIdsOf } from '#groups/service.ts'
import type { Caller, RoleType } from '#kernel/caller.ts'
import { Refusal } from '#kernel/refusal.ts'
import { DEFAULT_PASSWORD_POLICY } from '#policies/password-policy.ts'
import { grantRole, revokeRole, rolesOf } from '#roles/service.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestOrg } from '#test/fixture.ts'
import { updateUser } from './change-service.ts'
import { createUser, type UserDraft } from './create-service.ts'
import { changeStatus, deleteUser } from './lifecycle-service.ts'
import { listMembers, listUsers, type UserQuestion } from './list-service.ts'
import { changePassword } from './password-service.ts'
import {
  attemptBudget,
  findUser,
  findUserByLogin,
  lockOut,
  readPasswordHash,
  recordLogin,
  reserveAttempt,
  resetAttempts,
} from './service.ts'
import { updatePassword } from './store.ts'
import type { User } from './user.ts'

const PASSWORD = 'Correct-horse-9'

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

onEachDatabase('the directory', (dialect) => {
  let fixture: Fixture
  let admin: Caller

  before(async () => {
    fixture = await startFixture({ dialect })
    admin = await callerOf(fixture, ['SUPER_ADMIN'])
  })
  after(() => fixture.close())

  async function callerOf(org: TestOrg, roles: readonly RoleType[]): Promise<Caller> {
    const person = await fixture.deps.db.read(findUserByLogin(fixture.deps.db.for(org.org.id), org.admin.login))
    assert.ok(person)
    return {
      org: org.org.id,
      orgUrl: org.org.url,
      actor: { kind: 'api-token', tokenId: 't', userId: person.id, login: person.login, displayName: 'Admin', roles },
      client: { ip: '127.0.0.1', userAgent: 'test', requestId: 'req', path: '/' },
    }
  }

  const draft = (login: string, more: Partial<UserDraft> & { profile?: object } = {}): UserDraft => ({
    credentials: {},
    groupIds: [],
    activate: true,
    mustChangePassword: false,
    ...more,
    profile: { login, email: login, firstName: 'Ann', lastName: 'Lee', ...more.profile },
  })

  // Ids follow time: each person has a millisecond of their own.
  function create(login: string, more: Partial<UserDraft> & { profile?: object } = {}, caller = admin): Promise<User> {
    fixture.clock.advance(1)
    return createUser(fixture.deps, caller, draft(login, more))
  }

  const tx = () => fixture.deps.db.for(fixture.org.id)
  const find = (id: string) => fixture.deps.db.read(findUser(tx(), id))

  async function ask(question: Partial<UserQuestion>, caller = admin): Promise<readonly string[]> {
    const page = { limit: 200 }
    const { rows } = await listUsers(fixture.deps, caller, {
      q: null,
      filter: null,
      search: null,
      sortBy: null,
      descending: false,
      page,
      ...question,
    })
    return rows.map((user) => user.login)
  }

  describe('logins', () => {
    test('are unique whatever their case, width and accents, and found so', async () => {
      const user = await create('Zoé@example.com')
      for (const login of ['zoé@example.com', 'ZOE@EXAMPLE.COM', 'Ｚoe@example.com']) {
        await assert.rejects(create(login), (error) => {
          assert.ok(error instanceof Refusal)
          assert.deepEqual(error.facts, {
            subject: 'login',
            causes: ['login: An object with this field already exists in the current organization'],
          })
          return true
        })
      }
      const found = await fixture.deps.db.read(findUserByLogin(tx(), 'zoe@example.COM'))
      assert.equal(found?.id, user.id)
      assert.equal(found?.login, 'Zoé@example.com')
    })

    test('belong to their org: another org may use the same, and sees nobody of this one', async () => {
      const other = await fixture.newOrg(`other-${dialect}`)
      const stranger = await callerOf(other, ['SUPER_ADMIN'])
      const mine = await create('both@example.com')
      const theirs = await create('both@example.com', {}, stranger)
      assert.notEqual(mine.id, theirs.id)
      assert.deepEqual(await ask({ search: 'profile.login eq "both@example.com"' }, stranger), ['both@example.com'])
      for (const attempt of [
        () => updateUser(fixture.deps, stranger, mine.id, { mode: 'merge', profile: { title: 'x' } }),
        () => changeStatus(fixture.deps, stranger, mine.id, 'suspend'),
        () => deleteUser(fixture.deps, stranger, mine.id),
        () => grantRole(fixture.deps, stranger, mine.id, 'SUPER_ADMIN'),
      ]) {
        await assert.rejects(attempt, refusal('not_found'))
      }
      assert.equal((await find(mine.id))?.status, 'PROVISIONED')
    })
  })

  test('SQL and HTML are kept as they were sent and found as text', async () => {
    const evil = `Robert'); DROP TABLE "user";--<script>alert(1)</script>%_\\`
    const user = await create('bobby@example.com', { profile: { firstName: evil.slice(0, 50), title: evil } })
    assert.equal((await find(user.id))?.profile.title, evil)
    assert.deepEqual(await ask({ search: `profile.title eq ${JSON.stringify(evil)}` }), ['bobby@example.com'])
    assert.deepEqual(await ask({ search: `profile.title sw "Robert')"` }), ['bobby@example.com'])
    assert.deepEqual(await ask({ search: `profile.firstName co "%"` }), [])
    assert.deepEqual(await ask({ q: `' OR 1=1 --` }), [])
  })

  describe('changing people', () => {
    test('a merge and a replacement pass the same checks, and the search follows', async () => {
      const user = await create('gina@example.com', { profile: { title: 'Dr', city: 'Bern' } })
      const merged = await updateUser(fixture.deps, admin, user.id, {
        mode: 'merge',
        profile: { city: 'Genf', title: null },
      })
      assert.deepEqual([merged.profile.city, merged.profile.title], ['Genf', undefined])
      assert.deepEqual(await ask({ search: 'profile.city eq "genf"' }), ['gina@example.com'])
      assert.deepEqual(await ask({ search: 'profile.title eq "dr" and profile.login sw "gina"' }), [])
      const whole = { login: 'gina@new.example', email: 'g@new.example', firstName: 'Gina', lastName: 'Low' }
      const replaced = await updateUser(fixture.deps, admin, user.id, { mode: 'replace', profile: whole })
      assert.deepEqual(replaced.profile, whole)
      assert.equal(replaced.login, 'gina@new.example')
      for (const mode of ['merge', 'replace'] as const) {
        const profile = { ...whole, firstName: 'x'.repeat(51) }
        await assert.rejects(updateUser(fixture.deps, admin, user.id, { mode, profile }), refusal('validation_failed'))
        await assert.rejects(
          updateUser(fixture.deps, admin, user.id, { mode, profile: whole, password: 'weak' }),
          refusal('validation_failed'),
        )
      }
      await create('taken@example.com')
      const taken = { ...whole, login: 'TAKEN@example.com' }
      await assert.rejects(
        updateUser(fixture.deps, admin, user.id, { mode: 'replace', profile: taken }),
        refusal('validation_failed'),
      )
      assert.equal((await find(user.id))?.login, 'gina@new.example')
    })

    test('a password set by an administrator completes the activation', async () => {
      const user = await create('hugo@example.com')
      assert.equal(user.status, 'PROVISIONED')
      const active = await updateUser(fixture.deps, admin, user.id, { mode: 'merge', password: PASSWORD })
      assert.deepEqual([active.status, active.hasPassword], ['ACTIVE', true])
      const stored = await fixture.deps.db.read(readPasswordHash(tx(), user.id))
      assert.ok(stored?.hash && (await fixture.deps.hasher.verify(PASSWORD, stored.hash)))
    })

    test('a password of 72 characters counts to its last one', async () => {
      const long = `Aa1${'x'.repeat(68)}y`
      const user = await create('long@example.com', { credentials: { password: long } })
      const stored = await fixture.deps.db.read(readPasswordHash(tx(), user.id))
      assert.equal(await fixture.deps.hasher.verify(long, stored?.hash), true)
      assert.equal(await fixture.deps.hasher.verify(`${long.slice(0, 71)}z`, stored?.hash), false)
      assert.equal(await fixture.deps.hasher.verify(long.slice(0, 71), stored?.hash), false)
      await assert.rejects(
        create('longer@example.com', { credentials: { password: `${long}y` } }),
        refusal('validation_failed'),
      )
    })

    test('the answer to a recovery question is kept as a hash, and the question alone may come back', async () => {
      const recoveryQuestion = { question: 'Which colour?', answer: 'Dark Blue' }
      const user = await create('rita@example.com', { credentials: { recoveryQuestion } })
      assert.equal((await find(user.id))?.recoveryQuestion, 'Which colour?')
      const same = { question: 'Which colour?', answer: undefined }
      await updateUser(fixture.deps, admin, user.id, { mode: 'merge', recoveryQuestion: same })
      const other = { question: 'Which pet?', answer: undefined }
      await assert.rejects(
        updateUser(fixture.deps, admin, user.id, { mode: 'merge', recoveryQuestion: other }),
        refusal('validation_failed'),
      )
    })
  })

  describe('the old password for a new one', () => {
    const change = (user: User, oldPassword: string, newPassword = 'Another-horse-9') =>
      changePassword(fixture.deps, admin, user.id, { oldPassword, newPassword, revokeSessions: false })

    test('works once, and the old one is dead', async () => {
      const user = await create('ines@example.com', { credentials: { password: PASSWORD }, mustChangePassword: true })
      assert.equal(user.status, 'PASSWORD_EXPIRED')
      assert.equal((await change(user, PASSWORD)).status, 'ACTIVE')
      await assert.rejects(change(user, PASSWORD), refusal('credentials_update_failed'))
    })

    test('locks after ten wrong ones, the right one after that included', async () => {
      const user = await create('jack@example.com', { credentials: { password: PASSWORD } })
      for (let attempt = 0; attempt < 10; attempt++) {
        await assert.rejects(change(user, 'Wrong-horse-99'), refusal('credentials_update_failed'))
      }
      assert.equal((await find(user.id))?.status, 'LOCKED_OUT')
      await assert.rejects(change(user, PASSWORD), refusal('change_password_not_allowed'))
      assert.equal((await changeStatus(fixture.deps, admin, user.id, 'unlock')).status, 'ACTIVE')
      assert.equal((await change(user, PASSWORD)).status, 'ACTIVE')
    })

    test('must be good, before the old one is even looked at', async () => {
      const user = await create('kate@example.com', { credentials: { password: PASSWORD } })
      await assert.rejects(change(user, PASSWORD, 'weak'), (error) => {
        assert.ok(error instanceof Refusal && error.code === 'credentials_update_failed')
        assert.match(error.facts.causes?.[0] ?? '', /^newPassword: Password requirements were not met\./)
        return true
      })
    })

    test('two at a time: one wins', async () => {
      const user = await create('leo@example.com', { credentials: { password: PASSWORD } })
      const results = await Promise.allSettled([
        change(user, PASSWORD, 'First-horse-91'),
        change(user, PASSWORD, 'Second-horse-92'),
      ])
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    })
  })

  test('attempts are reserved one by one, never more than there are, and lock a person out once all are used', async () => {
    const user = await create('mia@example.com', { credentials: { password: PASSWORD } })
    const budget = (maxAttempts: number) =>
      attemptBudget({ ...DEFAULT_PASSWORD_POLICY.lockout, maxAttempts }, fixture.clock.now())
    const reserve = (max: number) =>
      fixture.deps.db.write(() => reserveAttempt(tx(), fixture.deps, admin, user, budget(max)), {
        isolation: 'readCommitted',
      })
    const take = () => reserve(5)
    const taken = await Promise.all(Array.from({ length: 12 }, take))
    assert.deepEqual(taken.filter((one) => one !== undefined).sort(), [1, 2, 3, 4, 5])
    await fixture.deps.db.write(() => resetAttempts(tx(), user.id))
    assert.equal(await take(), 1)
    const lock = () => lockOut(tx(), fixture.deps, admin, { user, now: fixture.clock.now(), max: 10 })
    await fixture.deps.db.write(lock)
    assert.equal((await find(user.id))?.status, 'ACTIVE')
    for (let left = 9; left > 0; left--) await reserve(10)
    await fixture.deps.db.write(lock)
    await fixture.deps.db.write(() => updatePassword(tx(), user.id, { hash: 'hash', kept: 3 }, fixture.clock.now()))
    await fixture.deps.db.write(() => recordLogin(tx(), user.id, fixture.clock.now()))
    const stored = await find(user.id)
    assert.deepEqual([stored?.status, stored?.lastLogin], ['LOCKED_OUT', fixture.clock.now()])
    assert.equal(await take(), undefined, 'who is locked out has none, however few are used')
  })

  describe('deleting', () => {
    test('takes two calls, and nothing of the person is left', async () => {
      const group = await createGroup(fixture.deps, admin, { name: 'Leavers' })
      const user = await create('nora@example.com', { credentials: { password: PASSWORD }, groupIds: [group.id] })
      await grantRole(fixture.deps, admin, user.id, 'READ_ONLY_ADMIN')
      await deleteUser(fixture.deps, admin, user.id)
      assert.equal((await find(user.id))?.status, 'DEPROVISIONED')
      await deleteUser(fixture.deps, admin, user.id)
      assert.equal(await find(user.id), undefined)
      assert.deepEqual(await fixture.deps.db.read(groupIdsOf(tx(), user.id)), [])
      assert.deepEqual(await fixture.deps.db.read(rolesOf(tx(), user.id)), [])
      assert.deepEqual((await listMembers(fixture.deps, admin, group.id, { q: null, page: { limit: 10 } })).rows, [])
      await assert.rejects(deleteUser(fixture.deps, admin, user.id), refusal('not_found'))
      await create('nora@example.com')
    })

    test('a deactivated person can be activated again', async () => {
      const user = await create('olga@example.com', { credentials: { password: PASSWORD } })
      await deleteUser(fixture.deps, admin, 'olga')
      assert.equal((await changeStatus(fixture.deps, admin, user.id, 'activate')).status, 'ACTIVE')
    })

    test('the last super administrator stays', async () => {
      const actor = admin.actor
      assert.ok(actor.kind === 'api-token')
      for (const attempt of [
        () => deleteUser(fixture.deps, admin, actor.userId),
        () => changeStatus(fixture.deps, admin, actor.userId, 'suspend'),
      ]) {
        await assert.rejects(attempt, refusal('forbidden'))
      }
      const second = await create('second@example.com', { credentials: { password: PASSWORD } })
      const granted = await grantRole(fixture.deps, admin, second.id, 'SUPER_ADMIN')
      await changeStatus(fixture.deps, admin, second.id, 'suspend')
      await assert.rejects(changeStatus(fixture.deps, admin, actor.userId, 'suspend'), refusal('forbidden'))
      await changeStatus(fixture.deps, admin, second.id, 'unsuspend')
      await changeStatus(fixture.deps, admin, actor.userId, 'suspend')
      await changeStatus(fixture.deps, admin, actor.userId, 'unsuspend')
      await revokeRole(fixture.deps, admin, second.id, granted.id)
    })
  })

  describe('an administrator of less', () => {
    const attempts = (caller: Caller, id: string): (() => Promise<unknown>)[] => [
      () => updateUser(fixture.deps, caller, id, { mode: 'merge', password: PASSWORD }),
      () => updateUser(fixture.deps, caller, id, { mode: 'merge', profile: { email: 'mine@example.com' } }),
      () =>
        changePassword(fixture.deps, caller, id, { oldPassword: 'a', newPassword: PASSWORD, revokeSessions: false }),
      () => changeStatus(fixture.deps, caller, id, 'suspend'),
      () => deleteUser(fixture.deps, caller, id),
    ]

    test('cannot take over who may do more', async () => {
      const boss = await create('boss@example.com', { credentials: { password: PASSWORD } })
      await grantRole(fixture.deps, admin, boss.id, 'SUPER_ADMIN')
      const clerk = await create('clerk@example.com', { credentials: { password: PASSWORD } })
      await grantRole(fixture.deps, admin, clerk.id, 'USER_ADMIN')
      const by = (roles: readonly RoleType[]): Caller => ({
        ...admin,
        actor: { kind: 'api-token', tokenId: 't', userId: 'someone', login: 'x@y', displayName: '', roles },
      })
      for (const attempt of [
        ...attempts(by(['USER_ADMIN']), boss.id),
        ...attempts(by(['ORG_ADMIN']), boss.id),
        ...attempts(by(['USER_ADMIN']), clerk.id),
      ]) {
        await assert.rejects(attempt, refusal('forbidden'))
      }
      await changeStatus(fixture.deps, by(['ORG_ADMIN']), clerk.id, 'suspend')
      assert.equal((await find(boss.id))?.status, 'ACTIVE')
    })
  })

  test('a role is held once', async () => {
    const user = await create('twice@example.com')
    await grantRole(fixture.deps, admin, user.id, 'ORG_ADMIN')
    await assert.rejects(grantRole(fixture.deps, admin, user.id, 'ORG_ADMIN'), refusal('role_already_assigned'))
    await assert.rejects(grantRole(fixture.deps, admin, user.id, 'EMPEROR'), refusal('validation_failed'))
    await assert.rejects(grantRole(fixture.deps, admin, user.id, 'CUSTOM'), refusal('unsupported_operation'))
  })
})
