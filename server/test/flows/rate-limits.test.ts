// The doors by which people and strangers come in, each with its limit a minute and what is said of it.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { addressLimit, RATE_BUCKETS, type RateBucket } from '#http/rate-limit.ts'
import type { Route } from '#http/route.ts'
import { allRoutes } from '../../src/server.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'

const MINUTE = 60_000

/** Doors that anybody may knock at, what they are asked with, and the bucket that they draw from. */
const DOORS: readonly (readonly [method: string, path: string, bucket: RateBucket, ask?: object])[] = [
  ['POST', '/api/v1/authn', 'authn', { json: { username: 'x', password: 'y' } }],
  ['POST', '/api/v1/authn/cancel', 'authn', { json: { stateToken: 'x' } }],
  ['POST', '/api/v1/authn/factors/x/verify', 'authn-verify', { json: { stateToken: 'x' } }],
  ['POST', '/api/v1/authn/recovery/password', 'authn', { json: { username: 'x', factorType: 'EMAIL' } }],
  ['POST', '/api/v1/authn/recovery/unlock', 'authn', { json: { username: 'x', factorType: 'EMAIL' } }],
  ['POST', '/api/v1/authn/recovery/token', 'authn', { json: { recoveryToken: 'x' } }],
  ['POST', '/api/v1/sessions', 'sessions', { json: { sessionToken: 'x' } }],
  ['GET', '/api/v1/sessions/me', 'sessions'],
  ['GET', '/signin', 'sign-in'],
  ['GET', '/login/login.htm', 'sign-in'],
  ['POST', '/signin', 'sign-in', { form: {} }],
  ['POST', '/signin/verify', 'sign-in', { form: {} }],
  ['GET', '/login/sessionCookieRedirect', 'sign-in'],
  ['GET', '/signin/forgot-password', 'sign-in'],
  ['POST', '/signin/recover', 'sign-in', { form: {} }],
  ['POST', '/signin/send-unlock', 'sign-in', { form: {} }],
  ['GET', '/signin/reset-password/x', 'sign-in'],
  ['POST', '/signin/reset-password', 'sign-in', { form: {} }],
  ['GET', '/app/UserHome', 'sign-in'],
  ['GET', '/home/oidc_client/x/y', 'authorize'],
  ['GET', '/oauth2/default/v1/authorize', 'authorize'],
]

describe('a door for strangers', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ env: { KEYSTEAD_RATE_LIMITS: 'on' } })
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(MINUTE))

  const ask = ([method, path, , how]: (typeof DOORS)[number]): Promise<TestAnswer> =>
    fixture.request(method, path, { token: null, ...how })
  const limitsOf = ({ headers }: TestAnswer) =>
    ['limit', 'remaining', 'reset'].map((name) => Number(headers[`x-rate-limit-${name}`]))
  const nextMinute = () => (Math.floor(fixture.clock.now() / MINUTE) + 1) * 60

  it('says how often one may come, how often still, and from when on anew, whatever it answers', async () => {
    for (const door of DOORS) {
      fixture.clock.advance(MINUTE)
      const limit = addressLimit(door[2])
      assert.deepEqual(limitsOf(await ask(door)), [limit, limit - 1, nextMinute()], door.slice(0, 2).join(' '))
      assert.deepEqual(limitsOf(await ask(door)), [limit, limit - 2, nextMinute()], door.slice(0, 2).join(' '))
    }
  })

  it('refuses in its own tongue once the limit is reached, reads nothing more, and opens with the next minute', async () => {
    for (const bucket of ['authn', 'authn-verify', 'sessions', 'sign-in'] as const) {
      const doors = DOORS.filter(([, , drawn]) => drawn === bucket)
      const [first] = doors
      assert.ok(first)
      for (let n = 0; n < addressLimit(bucket); n++) await ask(first)
      for (const door of doors) {
        const answer = await ask(door)
        assert.deepEqual([answer.status, ...limitsOf(answer)], [429, addressLimit(bucket), 0, nextMinute()], door[1])
        if (bucket === 'sign-in') assert.match(answer.text, /Too many requests at the moment/)
        else assert.equal(answer.json.errorCode, 'E0000047')
        assert.equal(answer.cookies.sid, undefined)
      }
      fixture.clock.advance(MINUTE)
      for (const door of doors) assert.notEqual((await ask(door)).status, 429, door[1])
    }
  })

  it('has the limit that Okta documents', () => {
    const documented = {
      authn: 500,
      'authn-verify': 500,
      sessions: 750,
      'sign-in': 1_200,
      authorize: 2_000,
      token: 2_000,
    }
    for (const [bucket, limit] of Object.entries(documented)) assert.equal(RATE_BUCKETS[bucket as RateBucket], limit)
  })

  it('is metered wherever nobody has to be known: but for files, keys and metadata', () => {
    const unmetered = allRoutes(fixture.deps)
      .filter(({ bucket, permission }: Route) => bucket === 'unmetered' && permission === undefined)
      .map(({ url }) => url)
    for (const url of unmetered) assert.match(url, /\/keys$|\.well-known|^\/admin|openapi/)
  })
})
