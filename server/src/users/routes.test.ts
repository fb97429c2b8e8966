import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Fixture, startFixture, type TestAnswer } from '#test/fixture.ts'

const PASSWORD = 'Correct-horse-9'
const USERS = '/api/v1/users'

describe('the users API', () => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  const profile = (login: string, more: object = {}) => ({
    login,
    email: login,
    firstName: 'Ann',
    lastName: 'Lee',
    ...more,
  })

  async function create(login: string, body: object = {}, query = ''): Promise<TestAnswer> {
    fixture.clock.advance(1)
    return fixture.request('POST', `${USERS}${query}`, { json: { profile: profile(login), ...body } })
  }

  const withPassword = { credentials: { password: { value: PASSWORD } } }

  const errorOf = ({ status, json }: TestAnswer) => [status, json.errorCode]

  test('creates a person in the shape of Okta, and hides the password', async () => {
    const answer = await create('shape@example.com', withPassword)
    assert.equal(answer.status, 200)
    const { id, type, _links, ...rest } = answer.json
    const at = new Date(fixture.clock.now()).toISOString()
    assert.match(id, /^00u[0-9A-Za-z]{17}$/)
    assert.deepEqual(rest, {
      status: 'ACTIVE',
      created: at,
      activated: at,
      statusChanged: at,
      lastLogin: null,
      lastUpdated: at,
      passwordChanged: at,
      profile: { mobilePhone: null, secondEmail: null, ...profile('shape@example.com') },
      credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
    })
    assert.match(type.id, /^oty[0-9A-Za-z]{17}$/)
    const self = `http://first.test/api/v1/users/${id}`
    assert.deepEqual(_links.self, { href: self })
    assert.deepEqual(_links.deactivate, { href: `${self}/lifecycle/deactivate`, method: 'POST' })
    assert.ok(!answer.text.includes(PASSWORD) && !answer.text.includes('argon2'))
  })

  test('reads a person by id, login, login without domain and as me; lists carry the link to self alone', async () => {
    const { json: made } = await create('Read.Me@example.com')
    for (const name of [made.id, 'Read.Me@example.com', 'read.me@EXAMPLE.com', 'read.me']) {
      const answer = await fixture.request('GET', `${USERS}/${encodeURIComponent(name)}`)
      assert.deepEqual([answer.status, answer.json.id], [200, made.id])
    }
    const me = await fixture.request('GET', `${USERS}/me`)
    assert.equal(me.json.profile.login, 'admin@first.test')
    const list = await fixture.request('GET', `${USERS}?search=${encodeURIComponent(`id eq "${made.id}"`)}`)
    assert.deepEqual(
      list.json.map((user: { _links: object }) => user._links),
      [{ self: { href: `http://first.test/api/v1/users/${made.id}` } }],
    )
  })

  test('a short name that two people answer to is nobody’s', async () => {
    await create('twin@one.example')
    await create('twin@two.example')
    assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/twin`)), [404, 'E0000007'])
  })

  describe('creation', () => {
    const created: [string, string, object, string][] = [
      ['with a password', '', withPassword, 'ACTIVE'],
      ['without one', '', {}, 'PROVISIONED'],
      ['with an empty password object', '', { credentials: { password: {} } }, 'PROVISIONED'],
      ['not activated', '?activate=false', withPassword, 'STAGED'],
      ['to change the password', '?nextLogin=changePassword', withPassword, 'PASSWORD_EXPIRED'],
    ]
    for (const [index, [title, query, body, status]] of created.entries()) {
      test(`${title} begins as ${status}`, async () => {
        const answer = await create(`begin${index}@example.com`, body, query)
        assert.deepEqual([answer.status, answer.json.status], [200, status])
      })
    }

    const refused: [string, string, object, number, string][] = [
      ['a weak password', '', { credentials: { password: { value: 'weak' } } }, 400, 'E0000001'],
      ['a password of 73', '', { credentials: { password: { value: `Aa1${'x'.repeat(70)}` } } }, 400, 'E0000001'],
      ['an expiring password that is not there', '?nextLogin=changePassword', {}, 400, 'E0000124'],
      [
        'an expiring password of a staged person',
        '?activate=false&nextLogin=changePassword',
        withPassword,
        400,
        'E0000125',
      ],
      [
        'an imported hash',
        '',
        { credentials: { password: { hash: { algorithm: 'MD5', value: 'x' } } } },
        501,
        'E0000060',
      ],
      ['an import hook', '', { credentials: { password: { hook: { type: 'default' } } } }, 501, 'E0000060'],
      ['a federated person', '?provider=true', { credentials: { provider: { type: 'FEDERATION' } } }, 501, 'E0000060'],
      ['too many groups', '', { groupIds: Array.from({ length: 21 }, (_, index) => `00g${index}`) }, 400, 'E0000093'],
      ['an unknown group', '', { groupIds: ['00gNobody'] }, 404, 'E0000007'],
      ['another type', '', { type: { id: 'otyOther' } }, 501, 'E0000060'],
      ['a login that is a number', '', { profile: { ...profile('x@example.com'), login: 30 } }, 400, 'E0000001'],
      ['a password that is a number', '', { credentials: { password: { value: 30 } } }, 400, 'E0000001'],
      ['a password that is null', '', { credentials: { password: { value: null } } }, 400, 'E0000001'],
      ['a profile that is a list', '', { profile: [] }, 400, 'E0000001'],
      ['a profile that is null', '', { profile: null }, 400, 'E0000001'],
      ['groups that are text', '', { groupIds: '00g1' }, 400, 'E0000001'],
    ]
    for (const [title, query, body, status, code] of refused) {
      test(`${title} is refused and changes nothing`, async () => {
        assert.deepEqual(errorOf(await create('refused@example.com', body, query)), [status, code])
        assert.equal((await fixture.request('GET', `${USERS}/refused@example.com`)).status, 404)
      })
    }

    test('the sentences are Okta’s', async () => {
      await create('dup@example.com')
      const duplicate = await create('DUP@example.com')
      assert.equal(duplicate.json.errorSummary, 'Api validation failed: login')
      assert.deepEqual(duplicate.json.errorCauses, [
        { errorSummary: 'login: An object with this field already exists in the current organization' },
      ])
      const weak = await create('weak@example.com', { credentials: { password: { value: 'weak' } } })
      assert.equal(weak.json.errorSummary, 'Api validation failed: password')
      assert.match(weak.json.errorCauses[0].errorSummary, /^password: Password requirements were not met\. /)
    })

    test('unknown and read-only members are ignored', async () => {
      const answer = await create('extra@example.com', {
        id: '00uMine',
        status: 'SUSPENDED',
        created: 5,
        _links: {},
        realmId: 'x',
      })
      assert.equal(answer.status, 200)
      assert.notEqual(answer.json.id, '00uMine')
      assert.equal(answer.json.status, 'PROVISIONED')
    })

    test('two at once with one login make one person', async () => {
      const answers = await Promise.all(['race@example.com', 'RACE@example.com'].map((login) => create(login)))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    })
  })

  test('POST merges, PUT replaces, and what was read can be sent back', async () => {
    const { json: made } = await create('merge@example.com', {
      profile: profile('merge@example.com', { city: 'Bern', title: 'Dr' }),
    })
    const path = `${USERS}/${made.id}`
    const merged = await fixture.request('POST', path, { json: { profile: { city: 'Genf' } } })
    assert.deepEqual([merged.json.profile.city, merged.json.profile.title], ['Genf', 'Dr'])
    const back = await fixture.request('POST', path, { json: merged.json })
    assert.equal(back.status, 200)
    assert.deepEqual(back.json.profile, merged.json.profile)
    const replaced = await fixture.request('PUT', path, { json: { profile: profile('merge@example.com') } })
    assert.equal(replaced.json.profile.city, undefined)
    const bad = await fixture.request('PUT', path, { json: { profile: { firstName: 'Only' } } })
    assert.deepEqual(errorOf(bad), [400, 'E0000001'])
  })

  test('the states follow their table, with Okta’s codes', async () => {
    const { json: made } = await create('states@example.com', withPassword)
    const act = (action: string) => fixture.request('POST', `${USERS}/${made.id}/lifecycle/${action}?sendEmail=false`)
    const status = async () => (await fixture.request('GET', `${USERS}/${made.id}`)).json.status
    const steps: [string, number, string, string][] = [
      ['activate', 403, 'E0000016', 'ACTIVE'],
      ['unlock', 403, 'E0000032', 'ACTIVE'],
      ['reactivate', 403, 'E0000038', 'ACTIVE'],
      ['unsuspend', 400, 'E0000001', 'ACTIVE'],
      ['suspend', 200, '', 'SUSPENDED'],
      ['suspend', 400, 'E0000001', 'SUSPENDED'],
      ['unsuspend', 200, '', 'ACTIVE'],
      ['expire_password', 200, '', 'PASSWORD_EXPIRED'],
      ['deactivate', 200, '', 'DEPROVISIONED'],
      ['deactivate', 200, '', 'DEPROVISIONED'],
      ['activate', 200, '', 'ACTIVE'],
    ]
    for (const [action, expected, code, then] of steps) {
      const answer = await act(action)
      assert.deepEqual([action, answer.status, answer.json.errorCode ?? ''], [action, expected, code])
      assert.equal(await status(), then)
    }
  })

  test('a password changes for the old one, and Okta’s sentence refuses a wrong one', async () => {
    const { json: made } = await create('pass@example.com', withPassword)
    const path = `${USERS}/${made.id}/credentials/change_password`
    const change = (oldPassword: string, newPassword: string) =>
      fixture.request('POST', path, {
        json: { oldPassword: { value: oldPassword }, newPassword: { value: newPassword } },
      })
    const wrong = await change('Wrong-horse-99', 'Another-horse-9')
    assert.deepEqual(errorOf(wrong), [403, 'E0000014'])
    assert.deepEqual(wrong.json.errorCauses, [
      { errorSummary: 'oldPassword: The credentials provided were incorrect.' },
    ])
    assert.deepEqual(errorOf(await change(PASSWORD, 'weak')), [403, 'E0000014'])
    const right = await change(PASSWORD, 'Another-horse-9')
    assert.deepEqual([right.status, right.json], [200, { password: {}, provider: { type: 'OKTA', name: 'OKTA' } }])
    assert.deepEqual(errorOf(await fixture.request('POST', path, { json: { oldPassword: 'x' } })), [400, 'E0000001'])
  })

  test('DELETE deactivates, then deletes', async () => {
    const { json: made } = await create('gone@example.com')
    assert.equal((await fixture.request('DELETE', `${USERS}/${made.id}`)).status, 204)
    assert.equal((await fixture.request('GET', `${USERS}/${made.id}`)).json.status, 'DEPROVISIONED')
    const again = await fixture.request('DELETE', `${USERS}/${made.id}`)
    assert.deepEqual([again.status, again.text], [204, ''])
    assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/${made.id}`)), [404, 'E0000007'])
    const gone = await fixture.request('DELETE', `${USERS}/${made.id}`)
    assert.equal(gone.json.errorSummary, `Not found: Resource not found: ${made.id} (User)`)
  })

  test('lists page by links that keep the question', async () => {
    for (const name of ['a', 'b', 'c']) await create(`${name}@paged.example`)
    const search = encodeURIComponent('profile.login co "@paged."')
    const seen: string[] = []
    let path: string | undefined = `${USERS}?search=${search}&limit=2&sortBy=profile.login&sortOrder=desc`
    while (path !== undefined) {
      const answer: TestAnswer = await fixture.request('GET', path)
      assert.equal(answer.status, 200)
      seen.push(...answer.json.map((user: { profile: { login: string } }) => user.profile.login))
      const links = [answer.headers.link].flat().map(String)
      assert.ok(links.some((link) => link.includes('rel="self"')))
      const next = links.find((link) => link.endsWith('rel="next"'))
      path = next === undefined ? undefined : /^<http:\/\/first\.test(.*)>/.exec(next)?.[1]
    }
    assert.deepEqual(seen, ['c@paged.example', 'b@paged.example', 'a@paged.example'])
  })

  test('a list that cannot be answered is refused with Okta’s codes', async () => {
    const ask = (query: string) => fixture.request('GET', `${USERS}?${query}`)
    assert.deepEqual(errorOf(await ask('search=profile.login')), [400, 'E0000031'])
    assert.deepEqual(errorOf(await ask('filter=profile.login%20eq')), [400, 'E0000031'])
    assert.deepEqual(errorOf(await ask('search=status%20pr&filter=status%20pr')), [400, 'E0000033'])
    assert.deepEqual(errorOf(await ask('limit=x')), [400, 'E0000029'])
    assert.deepEqual(errorOf(await ask('after=!')), [400, 'E0000029'])
  })

  test('text with SQL, HTML or a NUL stays text', async () => {
    const title = `<img src=x onerror=alert(1)>'; DROP TABLE "user"; --`
    const { json: made } = await create('inert@example.com', { profile: profile('inert@example.com', { title }) })
    assert.equal(made.profile.title, title)
    assert.equal((await fixture.request('GET', `${USERS}/${made.id}`)).json.profile.title, title)
    const nul = await create('nul@example.com', { profile: profile('nul@example.com', { title: 'a\u0000b' }) })
    assert.deepEqual(errorOf(nul), [400, 'E0000001'])
    assert.deepEqual(errorOf(await fixture.request('GET', `${USERS}/a%00b`)), [404, 'E0000007'])
    assert.deepEqual((await fixture.request('GET', `${USERS}?q=a%00b`)).json, [])
  })

  test('what happens to people is in the System Log', async () => {
    const { json: made } = await create('logged@example.com', withPassword)
    await fixture.request('POST', `${USERS}/${made.id}`, { json: { profile: { city: 'Bern' }, ...withPassword } })
    for (const action of ['suspend', 'unsuspend', 'deactivate'])
      await fixture.request('POST', `${USERS}/${made.id}/lifecycle/${action}`)
    await fixture.request('DELETE', `${USERS}/${made.id}`)
    const since = new Date(fixture.clock.now() - 60_000).toISOString()
    const filter = encodeURIComponent(`target.id eq "${made.id}"`)
    const answer = await fixture.request('GET', `/api/v1/logs?since=${since}&filter=${filter}`)
    assert.deepEqual(
      answer.json.map((event: { eventType: string }) => event.eventType),
      [
        'user.lifecycle.create',
        'user.lifecycle.activate',
        'user.account.update_profile',
        'user.account.update_password',
        'user.lifecycle.suspend',
        'user.lifecycle.unsuspend',
        'user.lifecycle.deactivate',
        'user.lifecycle.delete.initiated',
        'user.lifecycle.delete.completed',
      ],
    )
    assert.ok(!answer.text.includes(PASSWORD))
  })
})
