import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'

const PATH = '/api/v1/logs'
const RANGE = 'since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z'

describe('GET /api/v1/logs', () => {
  let fixture: Fixture
  let made = 0

  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  async function cause(): Promise<string> {
    const json = { name: `O${++made}`, origin: `https://o${made}.example.com`, scopes: [{ type: 'CORS' }] }
    const answer = await fixture.request('POST', '/api/v1/trustedOrigins', { json })
    assert.equal(answer.status, 200, answer.text)
    fixture.clock.advance(1_000)
    return answer.json.id
  }

  async function get(query: string): Promise<TestAnswer> {
    const answer = await fixture.request('GET', `${PATH}?${query}`)
    assert.equal(answer.status, 200, answer.text)
    return answer
  }

  const nextOf = ({ headers }: TestAnswer): URL | undefined => {
    const text = /<([^>]*)>; rel="next"/.exec(String(headers.link))?.[1]
    return text === undefined ? undefined : new URL(text)
  }
  const targetsOf = (answer: TestAnswer): readonly string[] =>
    answer.json.map(({ target }: { target: readonly { id: string }[] | null }) => target?.[0]?.id)

  test('an event tells who did it with which token, and where', async () => {
    const id = await cause()
    const { json } = await get(`${RANGE}&filter=${encodeURIComponent(`target.id eq "${id}"`)}`)
    const [event] = json
    assert.equal(json.length, 1)
    assert.partialDeepStrictEqual(event, {
      eventType: 'security.trusted_origin.create',
      displayMessage: 'Create trusted origin',
      severity: 'INFO',
      version: '0',
      outcome: { result: 'SUCCESS', reason: null },
      actor: { type: 'User', alternateId: fixture.admin.login },
      client: { ipAddress: '127.0.0.1', userAgent: { rawUserAgent: 'lightMyRequest' } },
      transaction: { type: 'WEB' },
      debugContext: { debugData: { requestUri: '/api/v1/trustedOrigins' } },
    })
    assert.match(event.transaction.detail.requestApiTokenId, /^00T/)
    assert.match(event.transaction.id, /^req/)
  })

  test('who polls follows next, and finds each event once', async () => {
    let answer = await get('limit=2')
    while (answer.json.length > 0) {
      answer = await fixture.request('GET', nextOf(answer)?.href.replace(fixture.org.url, '') ?? '')
    }
    const next = nextOf(answer)
    assert.ok(next, 'an empty page has a next one')
    assert.ok(next.searchParams.get('since'), 'the beginning that was chosen stays')
    assert.equal(next.searchParams.get('limit'), '2')
    const [first, second, third] = [await cause(), await cause(), await cause()]
    const page = await fixture.request('GET', next.pathname + next.search)
    const rest = await fixture.request('GET', nextOf(page)?.href.replace(fixture.org.url, '') ?? '')
    assert.deepEqual([...targetsOf(page), ...targetsOf(rest)], [first, second, third])
  })

  test('a bounded query ends without next, in either direction', async () => {
    const [first, second] = [await cause(), await cause()]
    const filter = encodeURIComponent(`target.id eq "${first}" or target.id eq "${second}"`)
    const up = await get(`${RANGE}&filter=${filter}`)
    assert.deepEqual(targetsOf(up), [first, second])
    assert.equal(nextOf(up), undefined)
    assert.match(String(up.headers.link), /rel="self"/)
    const down = await get(`${RANGE}&sortOrder=DESCENDING&limit=1&filter=${filter}`)
    assert.deepEqual(targetsOf(down), [second])
    const rest = await fixture.request('GET', nextOf(down)?.href.replace(fixture.org.url, '') ?? '')
    assert.deepEqual(targetsOf(rest), [first])
  })

  test('a refusal that waits in memory is found by who asks', async () => {
    fixture.deps.events.record(
      {
        org: fixture.org.id,
        orgUrl: fixture.org.url,
        actor: { kind: 'anonymous' },
        client: { ip: '203.0.113.9', userAgent: 'curl/8', requestId: 'req1', path: '/api/v1/authn' },
      },
      {
        eventType: 'user.session.start',
        outcome: 'FAILURE',
        reason: 'INVALID_CREDENTIALS',
        actor: { id: 'unknown', type: 'User', alternateId: `'; DROP TABLE x; <script>`, displayName: 'unknown' },
      },
    )
    const { json } = await get(`${RANGE}&q=203.0.113.9`)
    assert.equal(json[0].actor.alternateId, `'; DROP TABLE x; <script>`)
    assert.equal(json[0].severity, 'WARN')
  })

  const REFUSED: readonly [query: string, code: string][] = [
    ['since=nonsense', 'E0000001'],
    ['filter=eventType', 'E0000053'],
    [`filter=${encodeURIComponent('published gt "2026-01-01"')}`, 'E0000031'],
    ['since=2020-01-01T00:00:00Z', 'E0000053'],
    ['after=nonsense', 'E0000029'],
    [`q=${'x'.repeat(41)}`, 'E0000001'],
    ['sortOrder=SIDEWAYS', 'E0000001'],
  ]
  for (const [query, code] of REFUSED) {
    test(`${query.slice(0, 50)} is refused with ${code}`, async () => {
      const answer = await fixture.request('GET', `${PATH}?${query}`)
      assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: code } })
    })
  }

  test("an org reads its own log, and another's cursor opens nothing", async () => {
    const id = await cause()
    const other = await fixture.newOrg('elsewhere')
    const mine = await get(RANGE)
    assert.ok(targetsOf(mine).includes(id))
    for (const query of [RANGE, '', 'limit=1', RANGE.replace('since', 'x')]) {
      const answer = await fixture.request('GET', `${PATH}?${query}`, { org: other })
      assert.equal(answer.status, 200)
      assert.ok(!answer.text.includes(id))
    }
    const cursor = nextOf(await get('limit=1'))
    const foreign = await fixture.request('GET', `${cursor?.pathname}${cursor?.search}`, { org: other })
    assert.ok(!foreign.text.includes('trusted_origin'))
  })

  test('who brings no credential, or a bad one, is refused', async () => {
    const none = await fixture.request('GET', PATH, { token: null })
    assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
    const bad = await fixture.request('GET', PATH, { token: 'nonsense' })
    assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
  })

  test('a page of another origin reads it with the cookie only where it is trusted', async () => {
    await fixture.request('POST', '/api/v1/trustedOrigins', {
      json: { name: 'Reader', origin: 'https://reader.example.com', scopes: [{ type: 'CORS' }] },
    })
    const trusted = await fixture.request('GET', PATH, { headers: { origin: 'https://reader.example.com' } })
    assert.equal(trusted.headers['access-control-allow-origin'], 'https://reader.example.com')
    assert.equal(trusted.headers['access-control-allow-credentials'], 'true')
    const stranger = await fixture.request('GET', PATH, { headers: { origin: 'https://stranger.example.com' } })
    assert.equal(stranger.headers['access-control-allow-origin'], undefined)
  })
})

test('the histogram and the export are the log’s own, over the wire', async () => {
  const fixture = await startFixture()
  try {
    const json = { name: '=cmd|calc', origin: 'https://a.example.com', scopes: [{ type: 'CORS' }] }
    await fixture.request('POST', '/api/v1/trustedOrigins', { json })
    const histogram = await fixture.request('GET', '/api/v1/keystead/logs/histogram?buckets=24')
    assert.equal(histogram.status, 200, histogram.text)
    assert.equal(histogram.json.buckets.length, 24)
    assert.equal(histogram.json.countedUntil, null)
    assert.ok(histogram.json.buckets.at(-1).total > 0)
    const query = new URLSearchParams({ filter: 'eventType eq "security.trusted_origin.create"' })
    const csv = await fixture.request('GET', `/api/v1/keystead/logs.csv?${query}`)
    assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8')
    assert.match(String(csv.headers['content-disposition']), /^attachment/)
    const lines = csv.text.trimEnd().split('\r\n')
    assert.equal(lines.length, 2)
    assert.match(lines[0] ?? '', /^published,eventType,/)
    for (const path of ['logs.csv', 'logs/histogram']) {
      assert.equal((await fixture.request('GET', `/api/v1/keystead/${path}`, { token: null })).status, 403)
      assert.equal((await fixture.request('GET', `/api/v1/keystead/${path}?filter=x`)).status, 400)
    }
  } finally {
    await fixture.close()
  }
})
