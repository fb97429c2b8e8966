import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Db } from '#db/db.ts'
import { openDb } from '#db/open.ts'
import { Conflict, first, run, type Unit } from '#db/unit.ts'
import { newId, type OrgId } from '#kernel/id.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import { randomToken, type SecretKey, secretKey } from '#kernel/secret.ts'
import { newRsaKey } from '#signing/signer.ts'
import { addFirstKey, signerOf } from '#signing-keys/service.ts'
import { newDatabase, onEachDatabase, type TestDatabase } from '#test/databases.ts'
import { type Composed, composeDeps } from '../compose.ts'
import { readSettings } from '../config.ts'
import { hostResolver } from './hosts.ts'
import type { Org } from './org.ts'
import {
  allOrgIds,
  changeConfig,
  checkRootKeys,
  createOrg,
  firstOrgId,
  loadOrg,
  moveOrg,
  orgVersion,
  setAliases,
} from './service.ts'

const START = Date.UTC(2026, 0, 15, 12)

onEachDatabase('orgs', (dialect) => {
  let database: TestDatabase
  let db: Db
  let secondDb: Db
  /** Two nodes on one database. */
  let node: Composed
  let neighbour: Composed
  let time = START
  let orgs = 0
  const ring = [secretKey(randomBytes(32)), secretKey(randomBytes(32))]

  const open = () => openDb({ database: database.address, now: Date.now, onFatal: assert.ifError, connections: 2 })
  const compose = (on: Db, rootKeys: readonly SecretKey[] = ring) => {
    const settings = readSettings({ KEYSTEAD_SECRET: randomToken(randomBytes) })
    const fail = (facts: object, message: string) => assert.fail(`${message} ${JSON.stringify(facts)}`)
    const log = { info: fail, warn: fail, error: fail }
    return composeDeps({
      settings,
      db: on,
      now: () => instant(time),
      random: randomBytes,
      rootKeys,
      log,
      keysAhead: 0,
      mail: undefined,
    })
  }
  before(async () => {
    database = await newDatabase(dialect)
    db = await open()
    secondDb = await open()
    node = compose(db)
    neighbour = compose(secondDb)
  })
  after(async () => {
    await db.close()
    await secondDb.close()
    await database.remove()
  })

  const draft = () => {
    const subdomain = `org-${++orgs}`
    return { name: 'An org', subdomain, url: `http://${subdomain}.test` }
  }
  const newOrg = () => createOrg(node, draft(), [])
  const rename = (deps: Composed, org: OrgId) => changeConfig(deps, { org }, () => run(renaming(deps.db, org)))
  const renaming = ({ system }: Db, org: OrgId) =>
    system.updateTable('org').set({ name: 'renamed' }).where('id', '=', org)

  describe('making one', () => {
    test('stores what it is, its host, and what the rooms sow, in one unit', async () => {
      const { name, subdomain, url } = draft()
      const org = await createOrg(node, { name, subdomain, url }, [
        function* (tx, context) {
          assert.equal(tx.org, context.org.id)
          yield* run(tx.insert('unknown_login', { name_hash: 'sown', attempts: 0, last_attempt: context.now }))
        },
      ])
      assert.partialDeepStrictEqual(org, { name, subdomain, url, created: START })
      assert.deepEqual(await loadOrg(neighbour, org.id), { org, version: 1 })
      const sown = await secondDb.read(first(secondDb.for(org.id).from('unknown_login').select('last_attempt')))
      assert.deepEqual(sown, { last_attempt: START })
    })

    test('leaves nothing behind when a room can not sow', async () => {
      const before = await allOrgIds(db)
      const failing = createOrg(node, draft(), [
        // biome-ignore lint/correctness/useYield: it fails before it asks
        function* () {
          throw new Error('a bad year')
        },
      ])
      await assert.rejects(failing, /a bad year/)
      assert.deepEqual(await allOrgIds(db), before)
    })

    test('takes no subdomain and no host of another org', async () => {
      const taken = draft()
      const org = await createOrg(node, taken, [])
      const conflict = (column: string) => (error: unknown) =>
        error instanceof Conflict && error.columns.includes(column)
      await assert.rejects(createOrg(node, { ...draft(), subdomain: taken.subdomain }, []), conflict('subdomain'))
      await assert.rejects(createOrg(node, { ...draft(), url: taken.url }, []), conflict('host'))
      assert.equal((await loadOrg(node, org.id)).org.url, taken.url)
    })

    test('takes no reserved subdomain', async () => {
      await assert.rejects(createOrg(node, { ...draft(), subdomain: 'acme-admin' }, []), /reserved/)
    })

    test('the oldest comes first', async () => {
      const all = await allOrgIds(db)
      assert.equal(await firstOrgId(db), all.toSorted()[0])
      await assert.rejects(loadOrg(node, newId('org', node.now(), randomBytes) as OrgId), /there is no org/)
    })
  })

  describe('the root keys', () => {
    test('prove themselves at each start; a wrong one stops it', async () => {
      await Promise.all([checkRootKeys(node), checkRootKeys(neighbour)])
      await checkRootKeys(node)
      const [first = assert.fail()] = ring
      const rotated = [secretKey(randomBytes(32)), first]
      await checkRootKeys(compose(db, rotated))
      await assert.rejects(
        checkRootKeys(compose(db, [secretKey(randomBytes(32))])),
        /KEYSTEAD_SECRET .* is not the one/,
      )
      await assert.rejects(checkRootKeys(compose(db, [])), /no root key/)
    })

    test('open the data key of an org, sealed by the first of them', async () => {
      const org = await newOrg()
      const [first = assert.fail(), second = assert.fail()] = ring
      assert.deepEqual((await loadOrg(compose(db, [second, first]), org.id)).org.dataKey, org.dataKey)
      await assert.rejects(loadOrg(compose(db, [second]), org.id), /KEYSTEAD_SECRET does not hold the key/)
      const sealed = await db.read(sealedDataKey(db, org.id))
      assert.ok(!sealed.includes(Buffer.from(org.dataKey.bytes).toString('base64url')))
    })

    test('a data key that was moved to another org does not open', async () => {
      const [one, two] = [await newOrg(), await newOrg()]
      const data_key = await db.read(sealedDataKey(db, one.id))
      await db.write(() => run(db.system.updateTable('org').set({ data_key }).where('id', '=', two.id)))
      await assert.rejects(loadOrg(node, two.id), /KEYSTEAD_SECRET does not hold the key/)
    })
  })

  describe('signing keys', () => {
    test('are sealed for their org: moved to another they do not open', async () => {
      const key = await newRsaKey(randomBytes)
      const sow = (tx: Parameters<typeof addFirstKey>[0], context: Parameters<typeof addFirstKey>[1]) =>
        addFirstKey(tx, context, 'org', key)
      const [one, two] = [await createOrg(node, draft(), [sow]), await newOrg()]
      const config = await node.config.get(one.id)
      assert.deepEqual(
        config.signingKeys.get('org')?.map(({ jwk }) => jwk),
        [key.jwk],
      )
      assert.ok(!JSON.stringify([...config.signingKeys]).includes('PRIVATE KEY'))
      const signature = await signerOf(node, config, 'org').sign(Buffer.from('text'))
      assert.equal(signature.length, 256)
      assert.throws(() => signerOf(node, config, 'another'), /no active signing key/)
      const moved = { ...config, org: two }
      assert.throws(() => signerOf(compose(db), moved, 'org'), /does not open/)
    })
  })

  describe('a change of configuration', () => {
    test('raises the version in its own unit and drops the snapshot of this node', async () => {
      const { id } = await newOrg()
      assert.equal((await node.config.get(id)).org.name, 'An org')
      await rename(node, id)
      assert.equal(await orgVersion(db, id), 2)
      assert.partialDeepStrictEqual(await node.config.get(id), { version: 2, org: { name: 'renamed' } })
    })

    test('that fails raises nothing', async () => {
      const { id } = await newOrg()
      const failing = changeConfig(node, { org: id }, function* () {
        yield* run(renaming(db, id))
        throw new Error('a rule said no')
      })
      await assert.rejects(failing, /a rule said no/)
      assert.partialDeepStrictEqual(await node.config.get(id), { version: 1, org: { name: 'An org' } })
    })

    test('is seen by another node when it looks, and when it polls', async () => {
      const { id } = await newOrg()
      await neighbour.config.get(id)
      await rename(node, id)
      assert.equal((await neighbour.config.get(id)).org.name, 'An org')
      assert.equal((await neighbour.config.fresh(id)).org.name, 'renamed')
      await rename(node, id)
      assert.equal((await neighbour.config.get(id)).version, 2)
      await neighbour.config.poll()
      assert.equal((await neighbour.config.get(id)).version, 3)
    })

    test('of many at once, each is counted', async () => {
      const { id } = await newOrg()
      await Promise.all(Array.from({ length: 30 }, (_, n) => rename(n % 2 === 0 ? node : neighbour, id)))
      assert.equal(await orgVersion(db, id), 31)
    })

    test('more orgs than one question holds are polled', async () => {
      const made = await Promise.all(Array.from({ length: 120 }, newOrg))
      for (const { id } of made) await neighbour.config.get(id)
      for (const { id } of [made[0], made[119]].map((org) => org ?? assert.fail())) await rename(node, id)
      await neighbour.config.poll()
      const versions = await Promise.all(made.map(({ id }) => neighbour.config.get(id)))
      assert.deepEqual(
        versions.flatMap(({ version }, n) => (version === 2 ? [n] : [])),
        [0, 119],
      )
    })
  })

  describe('hosts', () => {
    const SETTINGS = { url: 'http://set.test', adminUrl: 'http://set.test' }
    const canonicalOf = ({ id, url }: Org) => ({
      org: id,
      orgUrl: url,
      origin: url,
      role: 'canonical',
      consoleUrl: url,
    })
    const resolver = (deps: Composed, now: () => Instant = () => instant(time)) =>
      hostResolver({ db: deps.db, now, settings: SETTINGS })

    test('the canonical one stands for its org, whatever its case', async () => {
      const { id, url, subdomain } = await newOrg()
      const resolve = resolver(node)
      const role = { org: id, orgUrl: url, origin: url, role: 'canonical', consoleUrl: url }
      for (const host of [`${subdomain}.test`, `${subdomain.toUpperCase()}.TEST`, `${subdomain}.test:80`]) {
        assert.deepEqual(await resolve(host), role)
      }
    })

    const STRANGE = [
      '',
      'localhost',
      'evil.test',
      '{}',
      '*.test',
      '{}.evil.test',
      'evil.{}',
      '{}:8080',
      '{}.',
      'x@{}',
      '{} ',
      '{}, evil.test',
    ]
    test('nothing else does', async () => {
      const { subdomain } = await newOrg()
      const resolve = resolver(node)
      for (const pattern of STRANGE) {
        const host = pattern.replace('{}', pattern === '{}' ? subdomain : `${subdomain}.test`)
        assert.equal(await resolve(host), undefined, host)
      }
    })

    test('a port that is not its scheme’s own is part of it', async () => {
      const [odd, even] = [draft(), draft()]
      const first = await createOrg(node, { ...odd, url: 'https://ports.test:80' }, [])
      const second = await createOrg(node, { ...even, url: 'https://ports.test' }, [])
      const resolve = resolver(node)
      assert.equal((await resolve('ports.test:80'))?.org, first.id)
      assert.equal((await resolve('ports.test:443'))?.org, second.id)
      assert.equal((await resolve('ports.test'))?.org, second.id)
    })

    test('those who ask first all wait for the answer', async () => {
      const { id, subdomain } = await newOrg()
      const resolve = resolver(node)
      const found = await Promise.all([1, 2, 3].map(() => resolve(`${subdomain}.test`)))
      assert.deepEqual(
        found.map((role) => role?.org),
        [id, id, id],
      )
    })

    test('an org that another node makes answers here within a second, and strange hosts ask no more often', async () => {
      let reads = 0
      const read = <T>(unit: Unit<T>) => {
        reads++
        return db.read(unit)
      }
      const resolve = hostResolver({ db: { ...db, read }, now: () => instant(time), settings: SETTINGS })
      const { url, subdomain, name } = draft()
      for (let n = 0; n < 50; n++) assert.equal(await resolve(`${subdomain}.test`), undefined)
      assert.equal(reads, 1)
      const { id } = await createOrg(neighbour, { name, subdomain, url }, [])
      time += 1_000
      assert.equal((await resolve(`${subdomain}.test`))?.org, id)
      for (let n = 0; n < 50; n++) await resolve(`${subdomain}.test`)
      assert.equal(reads, 2)
    })

    test('an alias speaks in the name of the canonical origin', async () => {
      const { id, url, subdomain } = await newOrg()
      for (let n = 0; n < 2; n++) await setAliases(db, id, [`http://${subdomain}:8765`])
      assert.deepEqual(await resolver(node)(`${subdomain}:8765`), {
        org: id,
        orgUrl: url,
        origin: `http://${subdomain}:8765`,
        role: 'alias',
        consoleUrl: url,
      })
    })

    test('the canonical host does not become an alias, and nobody takes a host from another org', async () => {
      const [one, two] = [await newOrg(), await newOrg()]
      await setAliases(db, one.id, [one.url, 'http://side.test'])
      for (const url of [one.url, 'http://side.test']) {
        await assert.rejects(setAliases(db, two.id, ['http://two.side.test', url]), /stands for another org/)
        await assert.rejects(moveOrg(db, two.id, url), /stands for another org/)
      }
      const resolve = resolver(node)
      assert.deepEqual(await resolve(`${one.subdomain}.test`), canonicalOf(one))
      assert.deepEqual(await resolve(`${two.subdomain}.test`), canonicalOf(two))
      await setAliases(db, one.id, [])
    })

    test('aliases are those that were set last: a change raises the version, the same again does not', async () => {
      const { id, subdomain } = await newOrg()
      const known = async () => {
        const { org, version } = await loadOrg(node, id)
        return [...org.aliases, version]
      }
      const [plain, tls, other] = [`http://${subdomain}:1`, `https://${subdomain}:1`, `http://${subdomain}:2`]
      assert.deepEqual(await known(), [1])
      await setAliases(db, id, [plain])
      assert.deepEqual(await known(), [plain, 2])
      await setAliases(db, id, [plain])
      assert.deepEqual(await known(), [plain, 2])
      await setAliases(db, id, [other, tls])
      assert.deepEqual(await known(), [tls, other, 3])
      await setAliases(db, id, [other])
      assert.deepEqual(await known(), [other, 4])
      assert.equal(await resolver(node)(`${subdomain}:1`), undefined)
      await assert.rejects(setAliases(db, (await newOrg()).id, [other]), /stands for another org/)
      assert.deepEqual(await known(), [other, 4])
    })

    test('an org that moves answers at its new host and no longer at the old one', async () => {
      const { id, url, subdomain } = await newOrg()
      const other = resolver(neighbour)
      assert.equal((await other(`${subdomain}.test`))?.orgUrl, url)
      await moveOrg(db, id, `https://${subdomain}.example`)
      const { org, version } = await loadOrg(node, id)
      assert.deepEqual([org.url, version], [`https://${subdomain}.example`, 2])
      const resolve = resolver(node)
      assert.equal(await resolve(`${subdomain}.test`), undefined)
      assert.equal((await resolve(`${subdomain}.example`))?.role, 'canonical')
      // A node that knew the old host hears of it within a minute.
      time += 60_000
      await other(`${subdomain}.test`)
      assert.equal((await other(`${subdomain}.example`))?.org, id)
      assert.equal(await other(`${subdomain}.test`), undefined)
    })

    test('an org may move to its alias, and to another scheme', async () => {
      const { id, subdomain } = await newOrg()
      await setAliases(db, id, [`http://${subdomain}:8765`])
      await moveOrg(db, id, `https://${subdomain}:8765`)
      assert.equal((await loadOrg(node, id)).org.url, `https://${subdomain}:8765`)
      await moveOrg(db, id, `http://${subdomain}:8765`)
      assert.deepEqual(await resolver(node)(`${subdomain}:8765`), {
        org: id,
        orgUrl: `http://${subdomain}:8765`,
        origin: `http://${subdomain}:8765`,
        role: 'canonical',
        consoleUrl: `http://${subdomain}:8765`,
      })
    })

    test('where the hosts can not be read nobody is told that there is no such org', async () => {
      const { id, subdomain } = await newOrg()
      let fails = true
      const read = <T>(unit: Unit<T>) => (fails ? Promise.reject(new Error('no answer')) : db.read(unit))
      const resolve = hostResolver({ db: { ...db, read }, now: () => instant(time), settings: SETTINGS })
      await assert.rejects(resolve(`${subdomain}.test`), /no answer/)
      fails = false
      assert.equal((await resolve(`${subdomain}.test`))?.org, id)
      fails = true
      time += 60_000
      assert.equal((await resolve(`${subdomain}.test`))?.org, id)
    })
  })
})

/** The sealed data key of an org. */
function* sealedDataKey({ system }: Db, org: OrgId) {
  const row = yield* first(system.selectFrom('org').select('data_key').where('id', '=', org))
  return row?.data_key ?? assert.fail()
}
