import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { DEFAULT_PASSWORD_POLICY } from '#policies/password-policy.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, anonymousCaller, PASSWORD, type TestPerson } from '#test/people.ts'
import { changingNothing } from '#test/rows.ts'
import { findUser, resetAttempts } from '#users/service.ts'
import type { Hasher } from '../hashing/hasher.ts'
import { checkPassword, type Verification, verifyCredentials } from './password.ts'

const MAX_PASSWORD_ATTEMPTS = DEFAULT_PASSWORD_POLICY.lockout.maxAttempts

interface Counts {
  /** Comparisons with somebody's hash: guesses that could have been right. */
  real: number
  all: number
}

/** The fixture's hasher, counting at its door. */
function counting(hasher: Hasher): { readonly hasher: Hasher; readonly counts: Counts } {
  const counts: Counts = { real: 0, all: 0 }
  return {
    counts,
    hasher: {
      ...hasher,
      verify(password, stored) {
        counts.all++
        if (stored !== undefined) counts.real++
        return hasher.verify(password, stored)
      },
    },
  }
}

onEachDatabase('the password check', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const caller = () => anonymousCaller(fixture)
  const check = (identifier: string, password: string, deps = fixture.deps): Promise<Verification> =>
    checkPassword(deps, caller(), { identifier, password })
  const statusOf = async ({ id }: TestPerson) =>
    (await fixture.deps.db.read(findUser(fixture.deps.db.for(fixture.org.id), id)))?.status
  const attemptsOf = async ({ id }: TestPerson) => {
    const tx = fixture.deps.db.for(fixture.org.id)
    const [row] = await fixture.deps.db.read(all(tx.from('user').select('attempts').where('id', '=', id)))
    return row?.attempts
  }
  const eventsOf = async (eventType: string, actor: string) => {
    await fixture.deps.events.flush()
    const tx = fixture.deps.db.for(fixture.org.id)
    const query = tx
      .from('log_event')
      .selectAll()
      .where('event_type', '=', eventType)
      .where('actor_alternate_id', '=', actor)
    return fixture.deps.db.read(all(query))
  }

  test('the right password is verified by login, whatever its case, and by the part before the @', async () => {
    const person = await addPerson(fixture, 'first.person@example.com')
    for (const name of ['first.person@example.com', ' First.PERSON@example.com', 'first.person', 'FIRST.person']) {
      const outcome = await check(name, PASSWORD)
      assert.equal(outcome.kind === 'verified' && outcome.user.id, person.id, name)
    }
  })

  test('a short name that two people answer to is nobody', async () => {
    await addPerson(fixture, 'twin@one.example')
    await addPerson(fixture, 'twin@two.example')
    assert.equal((await check('twin', PASSWORD)).kind, 'refused')
    assert.equal((await check('twin@two.example', PASSWORD)).kind, 'verified')
  })

  test('names that are no names are refused like others', async () => {
    for (const name of [
      '',
      '@',
      '@example.com',
      '\0',
      'a\0b',
      '%',
      '_',
      `'; DROP TABLE "user"; --`,
      'x'.repeat(100_000),
      '\ud800',
      `${'x'.repeat(254)}😀`,
    ])
      assert.deepEqual(await verifyCredentials(fixture.deps, caller(), { identifier: name, password: PASSWORD }), {
        kind: 'refused',
      })
  })

  test('of fifty wrong passwords at once ten are compared, the person is locked out once, and no more are compared', async () => {
    const person = await addPerson(fixture)
    const { hasher, counts } = counting(fixture.deps.hasher)
    const deps = { ...fixture.deps, hasher }
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => check(person.login, `wrong ${n}`, deps)))
    assert.ok(outcomes.every(({ kind }) => kind === 'refused'))
    assert.deepEqual(counts, { real: MAX_PASSWORD_ATTEMPTS, all: 50 })
    assert.equal(await statusOf(person), 'LOCKED_OUT')
    assert.equal((await eventsOf('user.account.lock', person.login)).length, 1)
    assert.equal((await check(person.login, PASSWORD, deps)).kind, 'refused')
    assert.equal(counts.real, MAX_PASSWORD_ATTEMPTS)
  })

  test('the ninth wrong password leaves the person in, and success gives all attempts back', async () => {
    const person = await addPerson(fixture)
    for (let n = 1; n < MAX_PASSWORD_ATTEMPTS; n++) await check(person.login, 'wrong')
    assert.equal(await statusOf(person), 'ACTIVE')
    const outcome = await check(person.login, PASSWORD)
    assert.equal(outcome.kind, 'verified')
    const { db } = fixture.deps
    await db.write(() => resetAttempts(db.for(fixture.org.id), person.id))
    assert.equal(await attemptsOf(person), 0)
  })

  test('an administrator who unlocks the person lets the right password in again', async () => {
    const person = await addPerson(fixture)
    for (let n = 0; n < MAX_PASSWORD_ATTEMPTS; n++) await check(person.login, 'wrong')
    assert.equal((await check(person.login, PASSWORD)).kind, 'refused')
    const { status } = await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/unlock`)
    assert.equal(status, 200)
    assert.equal((await check(person.login, PASSWORD)).kind, 'verified')
  })

  test('known, unknown, locked and suspended people cost the same: one hash at the door and one reserved attempt', async () => {
    const known = await addPerson(fixture)
    const locked = await addPerson(fixture)
    for (let n = 0; n < MAX_PASSWORD_ATTEMPTS; n++) await check(locked.login, 'wrong')
    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const names = [known.login, locked.login, suspended.login, 'nobody@example.com', 'nobody', '']
    for (const name of names) {
      const { hasher, counts } = counting(fixture.deps.hasher)
      let writes = 0
      const { db } = fixture.deps
      const write: typeof db.write = (make, options) => {
        writes++
        return db.write(make, options)
      }
      const watched = { ...db, write }
      const outcome = await check(name, 'wrong', { ...fixture.deps, hasher, db: watched })
      assert.equal(outcome.kind, 'refused')
      assert.equal(counts.all, 1, name)
      // The locked one has used up all attempts, as an unknown name may have: then there is one statement more.
      assert.equal(writes, name === locked.login ? 2 : 1, name)
    }
    for (let n = 0; n < MAX_PASSWORD_ATTEMPTS; n++) await check('nobody2@example.com', 'wrong')
    const { hasher, counts } = counting(fixture.deps.hasher)
    await check('nobody2@example.com', 'wrong', { ...fixture.deps, hasher })
    assert.equal(counts.all, 1)
  })

  test('who may not sign in loses no attempts', async () => {
    const person = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/suspend`)
    for (let n = 0; n <= MAX_PASSWORD_ATTEMPTS; n++) await check(person.login, 'wrong')
    assert.equal((await check(person.login, PASSWORD)).kind, 'refused')
    assert.equal(await attemptsOf(person), 0)
    await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/unsuspend`)
    assert.equal((await check(person.login, PASSWORD)).kind, 'verified')
  })

  test('a text beyond the limit is never hashed and no attempt, whoever is named, also where its beginning is the right one', async () => {
    const person = await addPerson(fixture)
    const fault = 'A password has at most 72 characters.'
    for (const login of [person.login, 'nobody@example.com'])
      for (const password of [`${PASSWORD}${'x'.repeat(72)}`, 'x'.repeat(73), '😀'.repeat(73), 'x'.repeat(500_000)]) {
        const { hasher, counts } = counting(fixture.deps.hasher)
        const tried = await changingNothing(fixture.deps.db, () => check(login, password, { ...fixture.deps, hasher }))
        assert.deepEqual(tried, { kind: 'too-long', fault })
        assert.deepEqual(counts, { real: 0, all: 0 })
      }
    assert.equal((await check(person.login, '😀'.repeat(72))).kind, 'refused')
  })

  test('one byte more or less than the password is another password', async () => {
    const person = await addPerson(fixture)
    for (const password of ['', ' ', PASSWORD.slice(0, -1), `${PASSWORD} `, PASSWORD.toLowerCase(), `${PASSWORD}\0`])
      assert.equal((await check(person.login, password)).kind, 'refused', JSON.stringify(password))
  })

  test('attempts with unknown names are kept as a few bits of a keyed hash, so that names cannot fill the database', async () => {
    await check('someone.private@example.com', 'wrong')
    const tx = fixture.deps.db.for(fixture.org.id)
    const rows = await fixture.deps.db.read(all(tx.from('unknown_login').select('name_hash')))
    assert.ok(rows.length > 0)
    for (const { name_hash } of rows) assert.match(name_hash, /^[\w-]{3}$/)
  })

  test('five attempts with one name in a second are one too many, known or not, and the next second allows more', async () => {
    const person = await addPerson(fixture)
    for (const identifier of [person.login, 'nobody.fast@example.com']) {
      fixture.clock.advance(1_000)
      const attempt = () => verifyCredentials(fixture.deps, caller(), { identifier, password: 'wrong' })
      for (let n = 0; n < 4; n++) assert.equal((await attempt()).kind, 'refused')
      await assert.rejects(attempt(), { name: 'Refusal', code: 'rate_limited' })
      fixture.clock.advance(1_000)
      assert.equal((await attempt()).kind, 'refused')
    }
  })

  test('the log tells why, and names an unknown person as they were typed', async () => {
    const person = await addPerson(fixture)
    await check(person.login, 'wrong')
    const typed = { identifier: 'typed\0wrongly@example.com', password: 'wrong' }
    await verifyCredentials(fixture.deps, caller(), typed)
    const [known] = await eventsOf('user.session.start', person.login)
    assert.deepEqual([known?.outcome, known?.reason, known?.actor_id], ['FAILURE', 'INVALID_CREDENTIALS', person.id])
    const [unknown] = await eventsOf('user.session.start', 'typed\uFFFDwrongly@example.com')
    assert.deepEqual([unknown?.outcome, unknown?.actor_id], ['FAILURE', 'unknown'])
  })
})
