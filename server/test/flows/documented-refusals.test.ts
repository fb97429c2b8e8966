// The refusals that clients know by status, code and sentence: each by name, and nothing is changed by one.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import { newApp, newPerson, type TestApp, type TestPerson } from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'

const ORIGINS = '/api/v1/trustedOrigins'
const FEATURES = '/api/v1/features'
const EMBEDDING = 'iFrame embedding for trusted origins'
const START_PAGE = 'iFrame embedding of the start page'

interface Refusal {
  readonly status: number
  readonly errorCode: string
  readonly errorSummary: string
  readonly causes?: readonly string[]
}

describe('the documented refusals', () => {
  let fixture: Fixture
  let app: TestApp
  let person: TestPerson
  const features = new Map<string, string>()

  before(async () => {
    fixture = await startFixture()
    app = await newApp(fixture)
    person = await newPerson(fixture)
    for (const { id, name } of (await fixture.request('GET', FEATURES)).json) features.set(name, id)
    await fixture.request('POST', `${FEATURES}/${features.get(EMBEDDING)}/disable`)
  })
  after(() => fixture.close())

  async function refused(expected: Refusal, method: string, path: string, json?: unknown): Promise<TestAnswer> {
    const answer = await changingNothing(fixture.deps.db, () =>
      fixture.request(method, path, json === undefined ? {} : { json }),
    )
    const { status, errorCode, errorSummary, causes } = expected
    const seen = answer.json.errorCauses.map((cause: { errorSummary: string }) => cause.errorSummary)
    assert.deepEqual(
      [answer.status, answer.json.errorCode, answer.json.errorSummary],
      [status, errorCode, errorSummary],
      answer.text,
    )
    if (causes) assert.deepEqual(seen, causes)
    return answer
  }

  describe('of a grace period of refresh tokens', () => {
    for (const leeway of [-1, 61, 1.5, '30', null, true, [30], {}, 1e21])
      for (const method of ['POST', 'PUT'] as const)
        it(`${method} with a leeway of ${JSON.stringify(leeway)}`, async () => {
          const { json: whole } = await fixture.request('GET', `/api/v1/apps/${app.id}`)
          const { settings, credentials, ...rest } = whole
          const json = {
            ...rest,
            ...(method === 'POST'
              ? { label: 'Another', credentials: { oauthClient: { token_endpoint_auth_method: 'none' } } }
              : { credentials }),
            settings: {
              ...settings,
              oauthClient: { ...settings.oauthClient, refresh_token: { rotation_type: 'ROTATE', leeway } },
            },
          }
          const path = method === 'POST' ? '/api/v1/apps' : `/api/v1/apps/${app.id}`
          const errorSummary = 'Api validation failed: leeway'
          const answer = await refused({ status: 400, errorCode: 'E0000001', errorSummary }, method, path, json)
          assert.match(answer.json.errorCauses[0].errorSummary, /^leeway: /)
        })
  })

  describe('of features', () => {
    const unknown = (id: string): Refusal => ({
      status: 404,
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${id} (Feature)`,
    })
    for (const id of ['ftrNobodyHasThisOne01', 'x', '0'])
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/dependencies'],
        ['GET', '/dependents'],
        ['POST', '/enable'],
        ['POST', '/disable'],
      ] as const)
        it(`${method} of the unknown feature ${id}${path}`, async () => {
          await refused(unknown(id), method, `${FEATURES}/${id}${path}`)
        })

    it('one is enabled whose dependency is off, without force', async () => {
      const path = `${FEATURES}/${features.get(START_PAGE)}/enable`
      const errorSummary = 'Feature cannot be enabled or disabled due to dependencies/dependents conflicts.'
      const causes = [`Self-Service feature ${EMBEDDING} is not enabled`]
      const answer = await refused({ status: 400, errorCode: 'E0000141', errorSummary, causes }, 'POST', path)
      assert.equal(answer.json.errorCauses[0].reason, 'DEPENDENCY_NOT_ENABLED')
      const location = `${fixture.org.url}${FEATURES}/${features.get(EMBEDDING)}`
      assert.equal(answer.json.errorCauses[0].location, location)
    })
  })

  describe('of a lifecycle word that nobody knows', () => {
    const noPath: Refusal = { status: 404, errorCode: 'E0000008', errorSummary: 'The requested path was not found' }
    for (const word of ['frobnicate', 'Activate', 'activates', 'activate/', '%61ctivate%20', '..', ''])
      it(JSON.stringify(word), async () => {
        const origin = await fixture.request('POST', ORIGINS, {
          json: { name: `Of ${word}`, origin: `https://${Math.abs(word.length)}w.example`, scopes: [{ type: 'CORS' }] },
        })
        assert.equal(origin.status, 200, origin.text)
        for (const place of [`apps/${app.id}`, `users/${person.id}`, `trustedOrigins/${origin.json.id}`])
          await refused(noPath, 'POST', `/api/v1/${place}/lifecycle/${word}`)
        await fixture.request('DELETE', `${ORIGINS}/${origin.json.id}`)
      })
  })

  describe('of trusted origins', () => {
    const EXISTS = 'An object with this field already exists in the current organization'
    let other: string
    before(async () => {
      for (const [name, origin] of [
        ['Shop', 'https://shop.example.com'],
        ['Local', 'http://localhost:3000/'],
        ['Other', 'https://other.example.com'],
      ]) {
        const answer = await fixture.request('POST', ORIGINS, { json: { name, origin, scopes: [{ type: 'CORS' }] } })
        assert.equal(answer.status, 200)
        other = answer.json.id
      }
    })

    const WRONG: readonly [why: string, change: { name?: string; origin?: string }, field: string, sentence: string][] =
      [
        ['the same name', { name: 'Shop' }, 'name', EXISTS],
        ['the same name in other case', { name: 'SHOP' }, 'name', EXISTS],
        ['the same origin', { origin: 'https://shop.example.com' }, 'origin', EXISTS],
        ['the same origin with its default port', { origin: 'https://shop.example.com:443' }, 'origin', EXISTS],
        ['the same origin in other case', { origin: 'HTTPS://Shop.Example.COM' }, 'origin', EXISTS],
        ['the same origin with a slash at its end', { origin: 'https://shop.example.com/' }, 'origin', EXISTS],
        ['the same origin without the slash', { origin: 'http://localhost:3000' }, 'origin', EXISTS],
        ...[
          ['a path', 'https://new.example.com/login'],
          ['a path of two slashes', 'https://new.example.com//'],
          ['a query', 'https://new.example.com?x=1'],
          ['an empty query', 'https://new.example.com/?'],
          ['a fragment', 'https://new.example.com#x'],
          ['an empty fragment', 'https://new.example.com/#'],
          ['a user name', 'https://user@new.example.com'],
          ['a password', 'https://user:secret@new.example.com'],
          ['a wildcard', 'https://*.example.com'],
          ['nothing but a wildcard', '*'],
          ['a wildcard for a port', 'https://new.example.com:*'],
          ['the opaque origin', 'null'],
          ['no scheme', 'new.example.com'],
        ].map(
          ([why = '', origin]) =>
            [why, { origin }, 'origin', 'Origin value is not valid'] as [string, object, string, string],
        ),
      ]
    for (const [why, change, field, sentence] of WRONG)
      for (const method of ['POST', 'PUT'] as const)
        it(`${method} with ${why}`, async () => {
          const json = { name: 'New', origin: 'https://new.example.com', scopes: [{ type: 'CORS' }], ...change }
          const errorSummary = `Api validation failed: ${field}`
          const causes = [`${field}: ${sentence}`]
          const expected = { status: 400, errorCode: 'E0000001', errorSummary, causes }
          await refused(expected, method, method === 'POST' ? ORIGINS : `${ORIGINS}/${other}`, json)
        })
  })
})
