import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'

const PATH = '/api/v1/features'
const EMBEDDING = 'iFrame embedding for trusted origins'
const START_PAGE = 'iFrame embedding of the start page'

interface Shown {
  readonly id: string
  readonly name: string
  readonly status: string
}

onEachDatabase('features', (dialect) => {
  let fixture: Fixture
  const ids = new Map<string, string>()

  before(async () => {
    fixture = await startFixture({ dialect })
    for (const { id, name } of await list()) ids.set(name, id)
  })
  after(() => fixture.close())
  beforeEach(async () => {
    await post(EMBEDDING, 'enable')
    await post(START_PAGE, 'disable')
  })

  const list = async (): Promise<readonly Shown[]> => (await fixture.request('GET', PATH)).json
  const statuses = async () => Object.fromEntries((await list()).map(({ name, status }) => [name, status]))
  const idOf = (name: string) => ids.get(name) ?? ''
  const post = (name: string, word: string, query = '') =>
    fixture.request('POST', `${PATH}/${idOf(name)}/${word}${query}`)
  const events = async (): Promise<readonly string[]> => {
    await fixture.deps.events.flush()
    const { json } = await fixture.request('GET', '/api/v1/logs?q=feature&limit=1000')
    return json.map((event: { eventType: string; target: { displayName: string }[] }) =>
      [event.eventType, event.target[0]?.displayName].join(' '),
    )
  }

  test('a feature is shown in the shape that Okta gives', async () => {
    const self = `${fixture.org.url}${PATH}/${idOf(START_PAGE)}`
    const { status, json } = await fixture.request('GET', `${PATH}/${idOf(START_PAGE)}`)
    assert.equal(status, 200)
    assert.match(json.id, /^ftr[0-9A-Za-z]{17}$/)
    assert.deepEqual(json, {
      id: idOf(START_PAGE),
      type: 'self-service',
      status: 'DISABLED',
      name: START_PAGE,
      description: json.description,
      stage: { value: 'BETA', state: 'OPEN' },
      _links: {
        enable: { href: `${self}/enable`, hints: { allow: ['POST'] } },
        self: { href: self },
        dependents: { href: `${self}/dependents` },
        dependencies: { href: `${self}/dependencies` },
      },
    })
  })

  test('a fresh org has the features as the registry says, under ids that stay', async () => {
    const org = await fixture.newOrg('fresh')
    const shown: readonly Shown[] = (await fixture.request('GET', PATH, { org })).json
    assert.deepEqual(Object.fromEntries(shown.map(({ name, status }) => [name, status])), {
      'Refresh Token Rotation': 'ENABLED',
      'Federation Broker Mode': 'ENABLED',
      [EMBEDDING]: 'ENABLED',
      [START_PAGE]: 'DISABLED',
      'Dynamic Issuer Mode': 'DISABLED',
    })
    assert.deepEqual((await fixture.request('GET', PATH, { org })).json, shown)
    assert.ok(shown.every(({ id, name }) => id !== idOf(name)))
  })

  test('what a feature needs, and what needs it, is told', async () => {
    const named = async (name: string, relation: string) =>
      (await fixture.request('GET', `${PATH}/${idOf(name)}/${relation}`)).json.map((one: Shown) => one.name)
    assert.deepEqual(await named(START_PAGE, 'dependencies'), [EMBEDDING])
    assert.deepEqual(await named(START_PAGE, 'dependents'), [])
    assert.deepEqual(await named(EMBEDDING, 'dependents'), [START_PAGE])
    assert.deepEqual(await named(EMBEDDING, 'dependencies'), [])
  })

  test('a feature is switched in either case of the word, and its other link follows', async () => {
    const off = await post(EMBEDDING, 'DISABLE')
    assert.partialDeepStrictEqual(off, { status: 200, json: { status: 'DISABLED', _links: { enable: {} } } })
    assert.equal(off.json._links.disable, undefined)
    assert.equal((await statuses())[EMBEDDING], 'DISABLED')
    const on = await post(EMBEDDING, 'enable')
    assert.partialDeepStrictEqual(on, { status: 200, json: { status: 'ENABLED', _links: { disable: {} } } })
    assert.deepEqual((await fixture.request('GET', `${PATH}/${idOf(EMBEDDING)}`)).json, on.json)
  })

  test('switching leaves one event, and switching again leaves none', async () => {
    const before = (await events()).length
    await post(START_PAGE, 'enable')
    assert.equal((await post(START_PAGE, 'enable')).status, 200)
    assert.deepEqual((await events()).slice(before), [`system.feature.enable ${START_PAGE}`])
    await post(START_PAGE, 'disable')
    assert.deepEqual((await events()).slice(before + 1), [`system.feature.disable ${START_PAGE}`])
  })

  const assertConflict = (answer: TestAnswer, name: string, reason: string, sentence: string) => {
    assert.equal(answer.status, 400)
    assert.partialDeepStrictEqual(answer.json, {
      errorCode: 'E0000141',
      errorSummary: 'Feature cannot be enabled or disabled due to dependencies/dependents conflicts.',
    })
    assert.deepEqual(answer.json.errorCauses, [
      {
        errorSummary: `Self-Service feature ${name} is ${sentence}`,
        reason,
        location: `${fixture.org.url}${PATH}/${idOf(name)}`,
        locationType: 'url',
      },
    ])
  }

  test('a feature is not enabled while one that it needs is off, unless by force', async () => {
    await post(EMBEDDING, 'disable')
    const before = [await statuses(), await events()]
    assertConflict(await post(START_PAGE, 'enable'), EMBEDDING, 'DEPENDENCY_NOT_ENABLED', 'not enabled')
    assertConflict(await post(START_PAGE, 'ENABLE', '?mode=no'), EMBEDDING, 'DEPENDENCY_NOT_ENABLED', 'not enabled')
    assert.deepEqual([await statuses(), await events()], before)

    assert.partialDeepStrictEqual(await post(START_PAGE, 'ENABLE', '?mode=force'), {
      status: 200,
      json: { name: START_PAGE, status: 'ENABLED' },
    })
    assert.partialDeepStrictEqual(await statuses(), { [EMBEDDING]: 'ENABLED', [START_PAGE]: 'ENABLED' })
    assert.deepEqual((await events()).slice(-2), [
      `system.feature.enable ${EMBEDDING}`,
      `system.feature.enable ${START_PAGE}`,
    ])
  })

  test('a feature is not disabled while one that needs it is on, unless by force', async () => {
    await post(START_PAGE, 'enable')
    assertConflict(await post(EMBEDDING, 'disable'), START_PAGE, 'DEPENDENT_ENABLED', 'enabled')
    assert.equal((await statuses())[EMBEDDING], 'ENABLED')
    assert.equal((await post(EMBEDDING, 'disable', '?mode=force')).status, 200)
    assert.partialDeepStrictEqual(await statuses(), { [EMBEDDING]: 'DISABLED', [START_PAGE]: 'DISABLED' })
  })

  test('an unknown word is answered 405, an unknown feature 404, and nothing changes', async () => {
    const before = await statuses()
    for (const word of ['activate', 'enabled', 'dependencies', '%00', "'"]) {
      const answer = await post(EMBEDDING, word)
      assert.equal(answer.status, 405, word)
      assert.equal(answer.json.errorCode, 'E0000022')
    }
    for (const id of ['ftr00000000000000000', 'x', '%00', EMBEDDING.replaceAll(' ', '+')])
      for (const [method, rest] of [
        ['GET', ''],
        ['GET', '/dependencies'],
        ['GET', '/dependents'],
        ['POST', '/enable'],
        ['POST', '/disable?mode=force'],
      ] as const) {
        const answer = await fixture.request(method, `${PATH}/${id}${rest}`)
        assert.equal(answer.status, 404, `${method} ${id}${rest}`)
        assert.equal(answer.json.errorSummary, `Not found: Resource not found: ${decodeURIComponent(id)} (Feature)`)
      }
    assert.deepEqual(await statuses(), before)
  })

  test('whoever has no role reads and switches nothing', async () => {
    for (const token of [null, 'nonsense']) {
      const refused = token === null ? 403 : 401
      assert.equal((await fixture.request('GET', PATH, { token })).status, refused)
      const answer = await fixture.request('POST', `${PATH}/${idOf(EMBEDDING)}/disable`, { token })
      assert.equal(answer.status, refused)
    }
    assert.equal((await statuses())[EMBEDDING], 'ENABLED')
  })

  test('another node decides by a switch as soon as it looks, and the same node at once', async () => {
    const node = await fixture.newNode()
    const embed = (name: string) => ({
      name,
      origin: `https://${name}.example.com`,
      scopes: [{ type: 'IFRAME_EMBED' }],
    })
    const made = await node.request('POST', '/api/v1/trustedOrigins', { json: embed(`before-${dialect}`) })
    assert.equal(made.status, 200, made.text)
    await post(EMBEDDING, 'disable')
    const refused = await node.request('POST', '/api/v1/trustedOrigins', { json: embed(`after-${dialect}`) })
    assert.equal(refused.status, 400)
    assert.ok(!(await fixture.deps.config.get(fixture.org.id)).features.has('iframe_embedding'))
  })
})
