import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { all } from '#db/unit.ts'
import { MINUTE } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { addPerson, anonymousCaller, newSessionToken } from '#test/people.ts'
import { startSessionByToken } from './service.ts'
import { redeemSessionToken } from './session-token.ts'

onEachDatabase('session tokens', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const redeem = (token: string) => {
    const { db, now } = fixture.deps
    const at = now()
    return db.write(() => redeemSessionToken(db.for(fixture.org.id), tokenHash(token), at))
  }

  test('a token is good for one use and tells when the password was proved', async () => {
    const person = await addPerson(fixture)
    const token = await newSessionToken(fixture, person)
    const proved = fixture.clock.now()
    fixture.clock.advance(MINUTE)
    assert.deepEqual(await redeem(token), {
      ...{ userId: person.id, amr: ['pwd'], authenticated: proved },
      proved: { password: proved, factor: undefined },
    })
    assert.equal(await redeem(token), undefined)
  })

  test('of twenty uses at once one makes a session', async () => {
    const person = await addPerson(fixture)
    const hash = tokenHash(await newSessionToken(fixture, person))
    const caller = anonymousCaller(fixture)
    const started = await Promise.all(Array.from({ length: 20 }, () => startSessionByToken(fixture.deps, caller, hash)))
    assert.equal(started.filter((one) => one !== undefined).length, 1)
    const { db } = fixture.deps
    const rows = await db.read(
      all(db.for(fixture.org.id).from('session').select('id').where('user_id', '=', person.id)),
    )
    assert.equal(rows.length, 1)
  })

  test('a token dies after five minutes', async () => {
    const person = await addPerson(fixture)
    const [used, late] = [await newSessionToken(fixture, person), await newSessionToken(fixture, person)]
    fixture.clock.advance(5 * MINUTE - 1_001)
    assert.equal((await redeem(used))?.userId, person.id)
    fixture.clock.advance(1_001)
    assert.equal(await redeem(late), undefined)
  })

  test('no beginning, end or altered character of a token opens anything', async () => {
    const token = await newSessionToken(fixture, await addPerson(fixture))
    const altered = [...token].map(
      (character, at) => `${token.slice(0, at)}${character === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    )
    for (const wrong of ['', token.slice(1), token.slice(0, -1), `${token}A`, `${token} `, ...altered])
      assert.equal(await redeem(wrong), undefined)
    assert.notEqual(await redeem(token), undefined)
  })

  test('neither the value nor anything that it could be made of is stored', async () => {
    const token = await newSessionToken(fixture, await addPerson(fixture))
    const { db } = fixture.deps
    const rows = await db.read(all(db.for(fixture.org.id).from('one_time_token').selectAll()))
    assert.ok(rows.length > 0)
    assert.ok(!JSON.stringify(rows).includes(token))
  })

  test("another org's token is unknown here", async () => {
    const other = await fixture.newOrg(`other-${dialect}`)
    const json = { username: other.admin.login, password: other.admin.password }
    const answer = await fixture.request('POST', '/api/v1/authn', { token: null, json, org: other })
    assert.equal(await redeem(answer.json.sessionToken), undefined)
  })

  test('a token of somebody who was suspended or deactivated meanwhile makes no session', async () => {
    for (const end of [
      (id: string) => fixture.request('POST', `/api/v1/users/${id}/lifecycle/suspend`),
      (id: string) => fixture.request('POST', `/api/v1/users/${id}/lifecycle/deactivate`),
    ]) {
      const person = await addPerson(fixture)
      const token = await newSessionToken(fixture, person)
      assert.equal((await end(person.id)).status, 200)
      assert.equal(await startSessionByToken(fixture.deps, anonymousCaller(fixture), tokenHash(token)), undefined)
    }
  })
})
