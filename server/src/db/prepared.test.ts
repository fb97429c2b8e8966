import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { OrgId } from '#kernel/id.ts'
import { type OpenedDb, onEachDatabase, openTestDb } from '#test/databases.ts'
import type { OrgDb } from './org-db.ts'
import { prepared } from './prepared.ts'
import { all, first, run } from './unit.ts'

const KEY = { kind: 'session', expires: 2, facts: '{}' } as const

onEachDatabase('a prepared statement', (dialect) => {
  let opened: OpenedDb
  let made: number
  let one: OrgDb
  let other: OrgDb

  before(async () => {
    opened = await openTestDb(dialect)
    const orgs = ['one', 'other'].map((id) => ({ id: id as OrgId, name: id, subdomain: id }))
    const rest = { created: 1, version: 1, data_key: '', settings: '{}' }
    await opened.db.write(() =>
      run(opened.db.system.insertInto('org').values(orgs.map((org) => ({ ...org, ...rest })))),
    )
    one = opened.db.for('one' as OrgId)
    other = opened.db.for('other' as OrgId)
    made = 0
  })
  after(() => opened.close())

  const insertion = prepared((tx, { hash, user, created }: { hash: string; user: string; created: number }) => {
    made++
    return tx.insert('one_time_token', { ...KEY, token_hash: hash, user_id: user, created })
  })
  const byHash = prepared((tx, { hash }: { hash: string }) =>
    tx.from('one_time_token').selectAll().where('token_hash', '=', hash).where('kind', '=', KEY.kind),
  )
  const change = prepared((tx, { hash, created, org }: { hash: string; created: number; org: string }) =>
    tx
      .update('one_time_token')
      .set({ created, facts: org })
      .where('token_hash', '=', hash)
      .where(sql<boolean>`created < ${created}`)
      .returning(['created', 'facts']),
  )

  test('is made once, and runs with the values and the org of each call', async () => {
    const { db } = opened
    await db.write(() => run(insertion(one, { hash: 'a', user: 'u', created: 1 })))
    await db.write(() => run(insertion(one, { hash: 'b', user: 'v', created: 2 })))
    await db.write(() => run(insertion(other, { hash: 'a', user: 'w', created: 3 })))
    assert.equal(made, 1)
    assert.deepEqual(await db.read(first(byHash(one, { hash: 'a' }))), {
      ...KEY,
      org_id: 'one',
      token_hash: 'a',
      user_id: 'u',
      created: 1,
    })
    assert.equal((await db.read(first(byHash(other, { hash: 'a' }))))?.created, 3)
    assert.deepEqual(await db.read(all(byHash(other, { hash: 'b' }))), [])
  })

  test('changes the rows of its org alone, also where a value is called as the org', async () => {
    const { db } = opened
    const changed = await db.write(() => first(change(one, { hash: 'a', created: 9, org: 'other' })))
    assert.deepEqual(changed, { created: 9, facts: 'other' })
    assert.equal((await db.read(first(byHash(other, { hash: 'a' }))))?.created, 3)
  })

  test('says what the same statement says when it is built each time', () => {
    const built = one.from('one_time_token').selectAll().where('token_hash', '=', 'a').where('kind', '=', KEY.kind)
    const { sql: text, parameters } = byHash(one, { hash: 'a' }).compile()
    assert.equal(text, built.compile().sql)
    assert.deepEqual(parameters, built.compile().parameters)
  })

  test('may not compute with its values, nor make text of them', () => {
    const sum = prepared((tx, { created }: { created: number }) =>
      tx
        .from('one_time_token')
        .selectAll()
        .where('created', '=', created + 1),
    )
    const text = prepared((tx, { hash }: { hash: string }) =>
      tx.from('one_time_token').selectAll().where('token_hash', '=', `${hash}!`),
    )
    assert.throws(() => sum(one, { created: 1 }).compile(), /can't look at its value "created"/)
    assert.throws(() => text(one, { hash: 'a' }).compile(), /can't look at its value "hash"/)
  })

  test('never runs for no org', async () => {
    const loose = one.template.from('one_time_token').selectAll()
    await assert.rejects(opened.db.read(all(loose)), /can't bind object/)
  })
})
