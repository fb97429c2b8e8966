import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { DEFAULT_PASSWORD_POLICY } from '#policies/password-policy.ts'
import { countWork } from '#test/counted-work.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, anonymousCaller, PASSWORD, type TestPerson } from '#test/people.ts'
import { findUser, resetAttempts } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { begin } from './engine-service.ts'
import { checkPassword, type Verification } from './password.ts'
import { startSession } from './service.ts'
import { newStanding } from './standing.ts'

const MAX_PASSWORD_ATTEMPTS = DEFAULT_PASSWORD_POLICY.lockout.maxAttempts

/** The hasher of a moment in which something else happens while a password is compared. */
const meanwhile = (deps: Deps, happens: () => Promise<unknown>): Deps => ({
  ...deps,
  hasher: {
    ...deps.hasher,
    async verify(password, stored) {
      const right = await deps.hasher.verify(password, stored)
      await happens()
      return right
    },
  },
})

onEachDatabase('the password check beside other things', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const check = (identifier: string, password: string, deps: Deps = fixture.deps): Promise<Verification> =>
    checkPassword(deps, anonymousCaller(fixture), { identifier, password })
  const tx = () => fixture.deps.db.for(fixture.org.id)
  const userOf = ({ id }: TestPerson) => fixture.deps.db.read(findUser(tx(), id))
  const administer = async (path: string, json: unknown = {}) => {
    const answer = await fixture.request('POST', `/api/v1/users/${path}`, { json })
    assert.equal(answer.status, 200, answer.text)
  }
  const exhaust = async (name: string) => {
    for (let n = 0; n < MAX_PASSWORD_ATTEMPTS; n++) await check(name, 'wrong')
  }

  test('right passwords at once lock nobody out, however many they are', async () => {
    const person = await addPerson(fixture)
    const signIn = async () => {
      const outcome = await check(person.login, PASSWORD)
      if (outcome.kind === 'verified') await fixture.deps.db.write(() => resetAttempts(tx(), person.id))
      return outcome.kind
    }
    const outcomes = await Promise.all(Array.from({ length: 3 * MAX_PASSWORD_ATTEMPTS }, signIn))
    assert.ok(outcomes.includes('verified'))
    assert.equal((await userOf(person))?.status, 'ACTIVE')
    assert.equal(await signIn(), 'verified')
  })

  test('the tenth wrong password locks nobody out where a right one was compared meanwhile', async () => {
    const person = await addPerson(fixture)
    for (let n = 1; n < MAX_PASSWORD_ATTEMPTS; n++) await check(person.login, 'wrong')
    const succeeds = () => fixture.deps.db.write(() => resetAttempts(tx(), person.id))
    assert.equal((await check(person.login, 'wrong', meanwhile(fixture.deps, succeeds))).kind, 'refused')
    assert.equal((await userOf(person))?.status, 'ACTIVE')
  })

  test('a password that is changed while it is compared opens nothing', async () => {
    const person = await addPerson(fixture)
    fixture.clock.advance(1_000)
    const credentials = { password: { value: 'Another-Horse-8' } }
    const changes = () => administer(person.id, { credentials })
    assert.equal((await check(person.login, PASSWORD, meanwhile(fixture.deps, changes))).kind, 'refused')
    assert.equal((await check(person.login, 'Another-Horse-8')).kind, 'verified')
  })

  test('a person who is suspended while their password is compared does not come in', async () => {
    const person = await addPerson(fixture)
    const suspends = () => administer(`${person.id}/lifecycle/suspend`)
    assert.equal((await check(person.login, PASSWORD, meanwhile(fixture.deps, suspends))).kind, 'refused')
  })

  test('a person who is suspended after their password was right gets no session', async () => {
    const person = await addPerson(fixture)
    const outcome = await check(person.login, PASSWORD)
    assert.ok(outcome.kind === 'verified')
    const { deps } = fixture
    const caller = anonymousCaller(fixture)
    const { user } = outcome
    const proof = { kind: 'password', at: deps.now(), passwordChanged: user.passwordChanged ?? null } as const
    const start = {
      user,
      standing: newStanding('sign-in', proof),
      continuation: { kind: 'home', request: {}, created: deps.now() } as const,
    }
    const situation = await begin(deps, caller, { face: 'hosted', browser: 'browser' }, start)
    await administer(`${person.id}/lifecycle/suspend`)
    assert.equal(await startSession(deps, caller, situation, { former: undefined }), undefined)
    const sessions = tx().from('session').selectAll().where('user_id', '=', person.id)
    assert.deepEqual(await fixture.deps.db.read(all(sessions)), [])
  })

  test('whoever is named, a wrong password costs the same calls and statements', async () => {
    const known = await addPerson(fixture)
    const suspended = await addPerson(fixture)
    await administer(`${suspended.id}/lifecycle/suspend`)
    const deactivated = await addPerson(fixture)
    await administer(`${deactivated.id}/lifecycle/deactivate`)
    for (const name of [known.login, suspended.login, deactivated.login, `nobody-${dialect}@example.com`]) {
      const { deps, work } = countWork(fixture.deps)
      await check(name, 'wrong', deps)
      assert.deepEqual(work, { reads: 1, writes: 1, statements: 4, hashes: 1, mails: 0 }, name)
    }
  })

  test('names without a domain cost the same among themselves', async () => {
    await addPerson(fixture, `short-${dialect}@example.com`)
    for (const name of [`short-${dialect}`, `nobody-short-${dialect}`]) {
      const { deps, work } = countWork(fixture.deps)
      await check(name, 'wrong', deps)
      assert.deepEqual(work, { reads: 1, writes: 1, statements: 5, hashes: 1, mails: 0 }, name)
    }
  })

  test('once all attempts are used up, a locked person and an unknown name go on costing the same', async () => {
    const locked = await addPerson(fixture)
    for (const name of [locked.login, `nobody-locked-${dialect}@example.com`]) {
      await exhaust(name)
      for (const password of ['wrong', PASSWORD]) {
        const { deps, work } = countWork(fixture.deps)
        assert.equal((await check(name, password, deps)).kind, 'refused')
        assert.deepEqual(work, { reads: 1, writes: 2, statements: 5, hashes: 1, mails: 0 }, name)
      }
    }
  })
})
