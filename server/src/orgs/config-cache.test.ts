import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OrgId } from '#kernel/id.ts'
import { type ConfigSource, configCache } from './config-cache.ts'
import { decideOnConfig, type OrgConfig } from './org-config.ts'

const ONE = 'one' as OrgId
const TWO = 'two' as OrgId

/** A database that the test changes, and what was asked of it. */
function newSource() {
  const versions = new Map<OrgId, number>([
    [ONE, 1],
    [TWO, 1],
  ])
  const asked: string[] = []
  const failing = new Set<OrgId>()
  const source: ConfigSource = {
    async load(org) {
      asked.push(`load ${org}`)
      const version = versions.get(org) ?? 0
      if (failing.has(org)) throw new Error(`${org} can not be read`)
      return { version, org: { id: org } } as OrgConfig
    },
    async version(org) {
      asked.push(`version ${org}`)
      return versions.get(org) ?? 0
    },
    async versions(orgs) {
      asked.push(`versions ${orgs.join(' ')}`)
      return new Map(orgs.map((org) => [org, versions.get(org) ?? 0]))
    },
  }
  const change = (org: OrgId) => versions.set(org, (versions.get(org) ?? 0) + 1)
  return { source, asked, change, failing, cache: configCache(source) }
}

describe('the snapshots of configuration', () => {
  test('are loaded once for all who ask', async () => {
    const { cache, asked } = newSource()
    const found = await Promise.all([cache.get(ONE), cache.get(ONE), cache.get(TWO)])
    await cache.get(ONE)
    assert.deepEqual(asked, ['load one', 'load two'])
    assert.equal(found[0], found[1])
  })

  test('stay as they are until somebody looks or tells', async () => {
    const { cache, change } = newSource()
    const first = await cache.get(ONE)
    change(ONE)
    assert.equal(await cache.get(ONE), first)
    cache.drop(ONE)
    assert.equal((await cache.get(ONE)).version, 2)
  })

  test('are not loaded again to be fresh when nothing changed', async () => {
    const { cache, asked } = newSource()
    const first = await cache.get(ONE)
    assert.equal(await cache.fresh(ONE), first)
    assert.deepEqual(asked, ['load one', 'version one'])
  })

  test('are loaded again, once for all, to be fresh after a change elsewhere', async () => {
    const { cache, asked, change } = newSource()
    await cache.get(ONE)
    change(ONE)
    const found = await Promise.all([cache.fresh(ONE), cache.fresh(ONE), cache.fresh(ONE)])
    assert.deepEqual(
      found.map(({ version }) => version),
      [2, 2, 2],
    )
    assert.equal(asked.filter((question) => question === 'load one').length, 2)
    assert.equal((await cache.get(ONE)).version, 2)
  })

  test('dropped while they were being loaded, they are not kept', async () => {
    const { cache, change } = newSource()
    const old = cache.get(ONE)
    change(ONE)
    cache.drop(ONE)
    assert.equal((await old).version, 1)
    assert.equal((await cache.get(ONE)).version, 2)
  })

  test('that could not be loaded are asked for again', async () => {
    const { cache, failing } = newSource()
    failing.add(ONE)
    await assert.rejects(cache.get(ONE), /one can not be read/)
    failing.clear()
    assert.equal((await cache.get(ONE)).version, 1)
  })

  test('are polled for all orgs in one question, and those that changed are dropped', async () => {
    const { cache, asked, change } = newSource()
    const [one, two] = await Promise.all([cache.get(ONE), cache.get(TWO)])
    change(TWO)
    asked.length = 0
    await cache.poll()
    assert.deepEqual(asked, ['versions one two'])
    assert.equal(await cache.get(ONE), one)
    assert.notEqual(await cache.get(TWO), two)
  })

  test('one that can not be loaded does not keep the poll from the others', async () => {
    const { cache, change, failing } = newSource()
    await cache.get(TWO)
    failing.add(ONE)
    const lost = assert.rejects(cache.get(ONE))
    change(TWO)
    await Promise.all([cache.poll(), lost])
    assert.equal((await cache.get(TWO)).version, 2)
  })

  test('of a thousand orgs, the least recently used leave', async () => {
    const { cache, asked } = newSource()
    const orgs = Array.from({ length: 1_000 }, (_, n) => `org ${n}` as OrgId)
    for (const org of orgs) await cache.get(org)
    await cache.get(orgs[0] ?? ONE)
    await cache.get(ONE)
    asked.length = 0
    for (const org of [orgs[0] ?? ONE, ONE, orgs[1] ?? ONE]) await cache.get(org)
    assert.deepEqual(asked, ['load org 1'])
  })
})

describe('a decision on configuration', () => {
  const REFUSED = new Error('not from this version')
  const from = (version: number) => (config: OrgConfig) =>
    config.version >= version ? { ok: true as const, value: config.version } : { ok: false as const, error: REFUSED }

  test('allows on the snapshot, without a look at the database', async () => {
    const { cache, asked, change } = newSource()
    await cache.get(ONE)
    change(ONE)
    assert.equal(await decideOnConfig(cache, ONE, from(1)), 1)
    assert.deepEqual(asked, ['load one'])
  })

  test('never refuses on an old snapshot', async () => {
    const { cache, change } = newSource()
    await cache.get(ONE)
    change(ONE)
    assert.equal(await decideOnConfig(cache, ONE, from(2)), 2)
  })

  test('refuses once where nothing has changed, with the reason of the decision', async () => {
    const { cache, asked } = newSource()
    let decisions = 0
    const refusing = decideOnConfig(cache, ONE, (config) => {
      decisions++
      return from(2)(config)
    })
    await assert.rejects(refusing, REFUSED)
    assert.equal(decisions, 1)
    assert.deepEqual(asked, ['load one', 'version one'])
  })

  test('refuses what the newest snapshot refuses too', async () => {
    const { cache, change } = newSource()
    await cache.get(ONE)
    change(ONE)
    await assert.rejects(decideOnConfig(cache, ONE, from(3)), REFUSED)
  })
})
