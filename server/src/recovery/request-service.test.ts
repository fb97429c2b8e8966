// Whoever asks for a link costs the same, whoever they are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { countWork, type Work } from '#test/counted-work.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, anonymousCaller, type TestPerson } from '#test/people.ts'
import { requestRecovery } from './request-service.ts'

onEachDatabase('asking for a link', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  interface Asked {
    readonly purpose?: 'recovery' | 'unlock'
    /** Milliseconds since the last request. */
    readonly after?: number
  }

  async function workFor(identifier: string, { purpose = 'recovery', after = 31_000 }: Asked = {}): Promise<Work> {
    fixture.clock.advance(after)
    const { deps, work } = countWork(fixture.deps)
    await requestRecovery(deps, anonymousCaller(fixture), { purpose, identifier, way: {} })
    return work
  }

  const mailsTo = async ({ id }: TestPerson) => {
    const tx = fixture.deps.db.for(fixture.org.id)
    return (await fixture.deps.db.read(all(tx.from('mail').select('id').where('user_id', '=', id)))).length
  }

  test('costs the same for known and unknown people, and for those who may have none', async () => {
    const known = await addPerson(fixture)
    const suspended = await addPerson(fixture)
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const same = await workFor('nobody@example.com')
    assert.deepEqual({ ...same, statements: 0 }, { reads: 1, writes: 1, statements: 0, hashes: 0, mails: 2 })
    for (const name of [suspended.login, 'somebody@example.com']) assert.deepEqual(await workFor(name), same, name)
    assert.deepEqual(await workFor(known.login), same)
    assert.deepEqual(await workFor(known.login, { purpose: 'unlock' }), same)
  })

  test('costs the same when it is asked again at once, by the same name or by another of the same person', async () => {
    const known = await addPerson(fixture, 'twice.known@example.com')
    const suspended = await addPerson(fixture, 'twice.suspended@example.com')
    await fixture.request('POST', `/api/v1/users/${suspended.id}/lifecycle/suspend`)
    const asked = async (name: string, purpose: 'recovery' | 'unlock') => {
      const [first, ...more] = [`${name}@example.com`, `${name}@example.com`, name, name.toUpperCase()]
      const works = [await workFor(first ?? '', { purpose })]
      for (const identifier of more) works.push(await workFor(identifier, { purpose, after: 1_000 }))
      return works
    }
    for (const purpose of ['recovery', 'unlock'] as const) {
      const stranger = await asked('twice.stranger', purpose)
      assert.equal(stranger[1]?.mails, 0)
      for (const name of ['twice.known', 'twice.suspended'])
        assert.deepEqual(await asked(name, purpose), stranger, name)
    }
    assert.equal(await mailsTo(known), 1)
  })

  test('mails a person once in half a minute, however many ask at the same moment', async () => {
    const person = await addPerson(fixture)
    fixture.clock.advance(31_000)
    const request = { purpose: 'recovery', identifier: person.login, way: {} } as const
    await Promise.all(Array.from({ length: 4 }, () => requestRecovery(fixture.deps, anonymousCaller(fixture), request)))
    assert.equal(await mailsTo(person), 1)
    await workFor(person.login)
    assert.equal(await mailsTo(person), 2)
  })

  test('takes nothing away from a person who was handed a link, or asked before', async () => {
    const person = await addPerson(fixture)
    const { json } = await fixture.request(
      'POST',
      `/api/v1/users/${person.id}/lifecycle/reset_password?sendEmail=false`,
    )
    const path = new URL(json.resetPasswordUrl).pathname
    await workFor(person.login)
    assert.equal((await fixture.request('GET', path, { token: null })).status, 200)
  })

  test('is written down with what came of it', async () => {
    const known = await addPerson(fixture)
    await workFor(known.login)
    await workFor(known.login.split('@')[0] ?? '', { after: 1_000 })
    await workFor('looked.for@example.com')
    const filter = encodeURIComponent('eventType eq "user.account.reset_password"')
    const { json } = await fixture.request('GET', `/api/v1/logs?filter=${filter}&sortOrder=DESCENDING&limit=3`)
    const told = json.map(({ outcome }: { outcome: object }) => outcome)
    assert.partialDeepStrictEqual(told, [
      { result: 'FAILURE', reason: 'UNKNOWN_USER' },
      { result: 'FAILURE', reason: 'ASKED_AGAIN' },
      { result: 'SUCCESS' },
    ])
  })
})
