// One family of refresh tokens, hundreds of requests for it at once, and two processes on one database, each with connections and
// snapshots of its own: whoever asks whichever of them, there is one branch, and what ended it has ended all of it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { newDatabase, type TestDatabase } from '../databases.ts'
import type { TestAnswer } from '../fixture.ts'
import {
  type Browser,
  isActive,
  newBrowser,
  newPair,
  postForm,
  refresh,
  signInForTokens,
  type TestApp,
  type TestPerson,
  type Tokens,
} from '../oauth-client.ts'
import { type Choices, seededChoices } from '../seeded.ts'
import { assertOneBranchEach } from './branches.ts'
import { type HttpClient, httpClient } from './http-client.ts'
import { freePort, type Program, startProgram } from './program.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const REQUESTS = 200
/** Tabs, say, or people: each waits for its answer before it asks again. */
const TABS = 40
/** The longest there is, so that no machine is slow enough to meet its end. */
const GRACE = 60
const DEAD = { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' }

describe('two processes and one family', () => {
  let database: TestDatabase
  let folder: string
  let programs: readonly Program[]
  let nodes: readonly HttpClient[]

  before(async () => {
    database = await newDatabase('postgres')
    folder = mkdtempSync(join(tmpdir(), 'keystead-race-'))
    const ports = [await freePort(), await freePort()]
    const url = `http://localhost:${ports[0]}`
    const apiToken = randomBytes(30).toString('base64url')
    const env = {
      KEYSTEAD_URL: url,
      KEYSTEAD_HOST: '127.0.0.1',
      KEYSTEAD_DATABASE: database.address,
      KEYSTEAD_SECRET: randomBytes(32).toString('base64url'),
      KEYSTEAD_API_TOKEN: apiToken,
      KEYSTEAD_RATE_LIMITS: 'off',
      KEYSTEAD_LOG: 'warn',
    }
    programs = ports.map((port) => startProgram(MAIN, { folder, env: { ...env, KEYSTEAD_PORT: String(port) } }))
    await Promise.all(programs.map((program) => program.ready()))
    nodes = ports.map((port) => httpClient({ url, port, apiToken }))
  })

  after(async () => {
    for (const node of nodes) node.close()
    await Promise.all(programs.map((program) => program.stop()))
    for (const program of programs) assert.doesNotMatch(program.text(), /"level":[56]0/)
    rmSync(folder, { recursive: true, force: true })
    await database.remove()
  })

  interface Start {
    readonly choices: Choices
    readonly app: TestApp
    readonly person: TestPerson
    /** In which the person has signed in. */
    readonly browser: Browser
    readonly first: Tokens
  }

  interface Family extends Start {
    /** Everything that was ever answered. */
    readonly answered: Tokens[]
    refused: number
    busy: number
  }

  const begun: Family[] = []
  function familyOf(start: Start): Family {
    const family = { ...start, answered: [start.first], refused: 0, busy: 0 }
    begun.push(family)
    return family
  }

  async function begin(t: TestContext, leeway: number): Promise<Family> {
    const choices = seededChoices()
    t.diagnostic(`KEYSTEAD_TEST_SEED=${choices.seed}`)
    const node = choices.pick(nodes)
    const pair = await newPair(node, { settings: { refresh_token: { rotation_type: 'ROTATE', leeway } } })
    const browser = newBrowser()
    const first = await signInForTokens(node, pair.app, pair.person, {}, browser)
    return familyOf({ ...pair, choices, browser, first })
  }

  /** An answer of any of the three kinds that there are, put down. */
  function note(family: Family, { status, json, text, headers }: TestAnswer): void {
    if (status === 200) family.answered.push(json)
    else if (status === 503) {
      assert.deepEqual([json.error, headers['retry-after']], ['temporarily_unavailable', '1'])
      family.busy++
    } else {
      assert.deepEqual([status, json], [400, DEAD], text)
      family.refused++
    }
  }

  const present = async (family: Family, token: string): Promise<void> =>
    note(family, await refresh(family.choices.pick(nodes), family.app, token))

  /** All at once, all of one token. */
  const presentAtOnce = (family: Family, { refresh_token }: Tokens): Promise<unknown> =>
    Promise.all(Array.from({ length: REQUESTS }, () => present(family, refresh_token)))

  /** Each tab presents what it likes of all that was answered so far; at one of the requests something else happens. */
  async function presentChain(family: Family, tabs: number, end?: () => Promise<unknown>): Promise<void> {
    const { choices, answered } = family
    let left = REQUESTS
    const place = REQUESTS / 4 + choices.below(REQUESTS / 2)
    const tab = async () => {
      while (left > 0) {
        if (--left === place && end) await end()
        // The newest one more often than not, or nothing would move.
        const { refresh_token } = choices.below(2) === 0 ? choices.pick(answered) : (answered.at(-1) ?? family.first)
        await present(family, refresh_token)
      }
    }
    await Promise.all(Array.from({ length: tabs }, tab))
  }

  const refreshTokens = ({ answered }: Family): readonly string[] => [
    ...new Set(answered.map(({ refresh_token }) => refresh_token)),
  ]

  /** On both nodes, nothing that was ever answered is good for anything. */
  async function isDead(family: Family): Promise<void> {
    const { app, answered } = family
    for (const node of nodes) {
      const access = answered.map(({ access_token }) => access_token)
      const states = await Promise.all([...access, ...refreshTokens(family)].map((token) => isActive(node, app, token)))
      assert.deepEqual(new Set(states), new Set([false]))
      for (const token of refreshTokens(family)) {
        const { status, json } = await refresh(node, app, token)
        assert.deepEqual([status, json], [400, DEAD])
      }
    }
  }

  /** On both nodes, every access token is good, and every refresh token leads to one and the same. */
  async function isOneBranch(family: Family): Promise<void> {
    const { app, answered, first } = family
    for (const node of nodes)
      assert.ok(
        (await Promise.all(answered.map(({ access_token }) => isActive(node, app, access_token)))).every(Boolean),
      )
    const [one, other] = nodes
    assert.ok(one && other)
    const newest: Tokens = (await refresh(one, app, first.refresh_token)).json
    const next: Tokens = (await refresh(other, app, newest.refresh_token)).json
    assert.ok(!refreshTokens(family).includes(next.refresh_token))
    for (const node of nodes)
      for (const token of refreshTokens(family)) {
        const { status, json, text } = await refresh(node, app, token)
        assert.deepEqual([status, json.refresh_token], [200, next.refresh_token], text)
      }
  }

  for (const round of [1, 2])
    test(`${REQUESTS} requests with one token get one and the same successor (${round})`, async (t) => {
      const family = await begin(t, GRACE)
      await presentAtOnce(family, family.first)
      const [, ...given] = family.answered
      assert.equal(given.length + family.busy, REQUESTS)
      assert.ok(given.length > REQUESTS / 2)
      assert.equal(new Set(given.map(({ refresh_token }) => refresh_token)).size, 1)
      await isOneBranch(family)
    })

  for (const tabs of [4, TABS])
    test(`a chain that ${tabs} tabs pull at stays one branch, whatever each of them presents`, async (t) => {
      const family = await begin(t, GRACE)
      await presentChain(family, tabs)
      assert.equal(family.refused, 0)
      t.diagnostic(`${refreshTokens(family).length} generations, ${family.busy} times busy`)
      assert.ok(refreshTokens(family).length > 2)
      await isOneBranch(family)
    })

  for (const round of [1, 2])
    test(`without a grace period one of ${REQUESTS} is answered at most, and all others end what it got (${round})`, async (t) => {
      const family = await begin(t, 0)
      await presentAtOnce(family, family.first)
      assert.equal(family.answered.length + family.refused + family.busy, REQUESTS + 1)
      assert.ok(family.answered.length <= 2 && family.refused > 0)
      await isDead(family)
    })

  test('without a grace period a chain over both nodes holds until one of its tokens is presented twice', async (t) => {
    const family = await begin(t, 0)
    for (let turn = 0; turn < 20; turn++) await present(family, family.answered.at(-1)?.refresh_token ?? '')
    assert.equal(refreshTokens(family).length, 21)
    await presentChain(family, TABS)
    await isDead(family)
  })

  const okay = async (answer: Promise<TestAnswer>): Promise<void> => {
    const { status, text } = await answer
    assert.ok(status >= 200 && status < 300, text)
  }
  /** What ends a family in the middle of all that, asked of one node. */
  const ENDS: Readonly<Record<string, (family: Family, node: HttpClient) => Promise<unknown>>> = {
    'a revocation of one of its tokens': ({ app, answered, choices }, node) =>
      okay(postForm(node, 'revoke', { token: choices.pick(answered).refresh_token, client_id: app.clientId })),
    'a revocation at both nodes': ({ app, first }) =>
      Promise.all(
        nodes.map((node) => okay(postForm(node, 'revoke', { token: first.refresh_token, client_id: app.clientId }))),
      ),
    'the end of all tokens of the app': ({ app }, node) =>
      okay(node.request('DELETE', `/api/v1/apps/${app.id}/tokens`)),
    'the end of the person’s tokens of the app': ({ app, person }, node) =>
      okay(node.request('DELETE', `/api/v1/users/${person.id}/clients/${app.clientId}/tokens`)),
    'the end of all sessions and tokens of the person': ({ person }, node) =>
      okay(node.request('DELETE', `/api/v1/users/${person.id}/sessions?oauthTokens=true`)),
  }
  for (const [what, end] of Object.entries(ENDS))
    test(`nothing survives ${what}`, async (t) => {
      const family = await begin(t, GRACE)
      await presentChain(family, family.choices.pick([10, TABS]), () => end(family, family.choices.pick(nodes)))
      t.diagnostic(`${family.answered.length} answered, ${family.refused} refused, ${family.busy} times busy`)
      assert.ok(family.answered.length > 1 && family.refused > 0)
      await isDead(family)
    })

  test('nothing survives all of these at once, and replays with them, without a grace period', async (t) => {
    const family = await begin(t, 0)
    const ending = Object.values(ENDS).map((end) => end(family, family.choices.pick(nodes)))
    await Promise.all([presentAtOnce(family, family.first), ...ending])
    await isDead(family)
  })

  test('the end of all tokens of an app comes through while all its people refresh', async (t) => {
    const one = await begin(t, GRACE)
    const { choices, app, person } = one
    const signIn = async () =>
      familyOf({ ...one, first: await signInForTokens(choices.pick(nodes), app, person, {}, one.browser) })
    const families = [one, ...(await Promise.all(Array.from({ length: TABS }, signIn)))]
    let answers = 0
    const began = Promise.withResolvers<void>()
    const live = async (family: Family) => {
      while (family.refused === 0) {
        await present(family, family.answered.at(-1)?.refresh_token ?? '')
        if (++answers === REQUESTS) began.resolve()
      }
    }
    const end = async () => {
      await began.promise
      await okay(choices.pick(nodes).request('DELETE', `/api/v1/apps/${app.id}/tokens`))
    }
    await Promise.all([...families.map(live), end()])
    t.diagnostic(`${answers} answers`)
    for (const { answered } of families) {
      const states = answered.map(({ access_token }) => isActive(choices.pick(nodes), app, access_token))
      assert.deepEqual(new Set(await Promise.all(states)), new Set([false]))
    }
  })

  test('in the database each of these families is one branch', async () => {
    const rotations = begun.reduce((sum, family) => sum + refreshTokens(family).length - 1, 0)
    assert.ok((await assertOneBranchEach(database.address)) >= rotations)
  })
})
