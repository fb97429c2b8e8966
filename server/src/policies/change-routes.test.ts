import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'

const PATH = '/api/v1/policies'

onEachDatabase('changing policies', (dialect) => {
  let fixture: Fixture
  let groupId: string
  let made = 0

  before(async () => {
    fixture = await startFixture({ dialect })
    groupId = (await fixture.request('POST', '/api/v1/groups', { json: { profile: { name: 'Staff' } } })).json.id
  })
  after(() => fixture.close())

  const draft = (type: string, more: object = {}) => ({
    type,
    name: `Policy ${++made}`,
    conditions: { people: { groups: { include: [groupId] } } },
    ...more,
  })
  async function ok(method: string, path: string, json?: object) {
    fixture.clock.advance(1_000)
    const answer = await fixture.request(method, PATH + path, json ? { json } : {})
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
    return answer.json
  }
  const create = (type: string, more: object = {}, query = '') => ok('POST', query, draft(type, more))
  const addRule = (policyId: string, rule: object) =>
    ok('POST', `/${policyId}/rules`, { name: `Rule ${++made}`, ...rule })
  const order = async (path: string) =>
    (await ok('GET', path)).map(({ name, priority }: { name: string; priority: number }) => [name, priority])
  const clear = async (type: string) => {
    for (const { id, system } of await ok('GET', `?type=${type}`)) if (!system) await ok('DELETE', `/${id}`)
  }
  const systemOf = async (type: string) => (await ok('GET', `?type=${type}&expand=rules`)).at(-1)
  const signon = (more: object = {}) => ({ actions: { signon: { access: 'ALLOW', ...more } } })
  const lastEvent = async () => {
    await fixture.deps.events.flush()
    const [event] = (await fixture.request('GET', '/api/v1/logs?sortOrder=DESCENDING&limit=1')).json
    return [
      event.eventType,
      ...event.target.map(({ type, displayName }: Record<string, string>) => `${type} ${displayName}`),
    ]
  }

  test('a created policy answers 200 in the shape that Okta gives, with defaults for what was not said', async () => {
    const created = await create('PASSWORD', { settings: { password: { complexity: { minLength: 12 } } } })
    const self = `${fixture.org.url}${PATH}/${created.id}`
    assert.match(created.id, /^00p[0-9A-Za-z]{17}$/)
    assert.deepEqual(created, {
      id: created.id,
      status: 'ACTIVE',
      name: created.name,
      description: '',
      priority: 1,
      system: false,
      conditions: { people: { groups: { include: [groupId] } }, authProvider: { provider: 'OKTA' } },
      created: created.created,
      lastUpdated: created.created,
      settings: {
        password: {
          complexity: {
            minLength: 12,
            minLowerCase: 1,
            minUpperCase: 1,
            minNumber: 1,
            minSymbol: 0,
            excludeUsername: true,
            dictionary: { common: { exclude: false } },
            excludeAttributes: [],
          },
          age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4 },
          lockout: {
            maxAttempts: 10,
            autoUnlockMinutes: 0,
            userLockoutNotificationChannels: [],
            showLockoutFailures: false,
          },
          breachedProtection: { expireAfterDays: null, logoutEnabled: false, delegatedWorkflowId: null },
        },
        recovery: {
          factors: {
            recovery_question: { status: 'ACTIVE', properties: { complexity: { minLength: 4 } } },
            okta_email: { status: 'ACTIVE', properties: { recoveryToken: { tokenLifetimeMinutes: 60 } } },
            okta_sms: { status: 'INACTIVE' },
            okta_call: { status: 'INACTIVE' },
          },
        },
        delegation: { options: { skipUnlock: false } },
      },
      _links: {
        self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
        rules: { href: `${self}/rules`, hints: { allow: ['GET', 'POST'] } },
        deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
      type: 'PASSWORD',
    })
    assert.deepEqual(await ok('GET', `/${created.id}`), created)
    assert.deepEqual(await lastEvent(), ['policy.lifecycle.create', `PolicyEntity ${created.name}`])
    await clear('PASSWORD')
  })

  test('a new policy takes the place that it wishes for, else the last one before the default policy', async () => {
    const type = 'OKTA_SIGN_ON'
    const [a, b] = [await create(type), await create(type)]
    const c = await create(type, { priority: 1 })
    const d = await create(type, { priority: 99 })
    const last = ['Default Policy', 5]
    assert.deepEqual(await order(`?type=${type}`), [[c.name, 1], [a.name, 2], [b.name, 3], [d.name, 4], last])
    await ok('PUT', `/${d.id}`, { ...d, priority: 2 })
    assert.deepEqual(await order(`?type=${type}`), [[c.name, 1], [d.name, 2], [a.name, 3], [b.name, 4], last])
    await ok('DELETE', `/${c.id}`)
    assert.deepEqual(await lastEvent(), ['policy.lifecycle.delete', `PolicyEntity ${c.name}`])
    assert.deepEqual(await order(`?type=${type}`), [
      [d.name, 1],
      [a.name, 2],
      [b.name, 3],
      ['Default Policy', 4],
    ])
    assert.equal((await fixture.request('GET', `${PATH}/${c.id}`)).status, 404)
    await clear(type)
  })

  test('a list is read in pages, sorted by name where that is asked for', async () => {
    for (const name of ['Gamma', 'alpha', 'Beta']) await create('OKTA_SIGN_ON', { name })
    const first = await fixture.request('GET', `${PATH}?type=OKTA_SIGN_ON&sortBy=name&limit=3`)
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? ''
    const rest = await fixture.request('GET', next.slice(fixture.org.url.length))
    const names = [...first.json, ...rest.json].map(({ name }) => name)
    assert.deepEqual([first.json.length, names], [3, ['alpha', 'Beta', 'Default Policy', 'Gamma']])
    await clear('OKTA_SIGN_ON')
  })

  test('a policy is switched off and on, and made switched off', async () => {
    const { id, name } = await create('MFA_ENROLL')
    await ok('POST', `/${id}/lifecycle/deactivate`)
    assert.deepEqual(await lastEvent(), ['policy.lifecycle.deactivate', `PolicyEntity ${name}`])
    assert.partialDeepStrictEqual(await ok('GET', `/${id}`), { status: 'INACTIVE', _links: { activate: {} } })
    await ok('POST', `/${id}/lifecycle/activate`)
    assert.deepEqual(await lastEvent(), ['policy.lifecycle.activate', `PolicyEntity ${name}`])
    assert.equal((await create('MFA_ENROLL', {}, '?activate=false')).status, 'INACTIVE')
    assert.equal((await create('MFA_ENROLL', { status: 'INACTIVE' })).status, 'INACTIVE')
    await clear('MFA_ENROLL')
  })

  test('an enrolment policy keeps the words that it came in, and allows only what it names', async () => {
    const self = (demand: string) => ({ enroll: { self: demand } })
    const { settings } = await create('MFA_ENROLL', {
      settings: { type: 'AUTHENTICATORS', authenticators: [{ key: 'webauthn', ...self('REQUIRED') }] },
    })
    assert.deepEqual(settings, {
      type: 'AUTHENTICATORS',
      authenticators: [
        { key: 'webauthn', ...self('REQUIRED') },
        { key: 'okta_password', ...self('REQUIRED') },
        ...['security_question', 'okta_email', 'google_otp', 'okta_verify'].map((key) => ({
          key,
          ...self('NOT_ALLOWED'),
        })),
      ],
    })
    const factors = { okta_question: self('OPTIONAL'), okta_sms: self('NOT_ALLOWED') }
    const classic = await create('MFA_ENROLL', { settings: { factors } })
    assert.deepEqual(classic.settings.factors.okta_question, { ...self('OPTIONAL'), consent: { type: 'NONE' } })
    await clear('MFA_ENROLL')
  })

  test('a rule of a sign-on policy answers in the shape that Okta gives', async () => {
    const policy = await create('OKTA_SIGN_ON')
    const rule = await addRule(policy.id, signon({ requireFactor: true, session: { maxSessionIdleMinutes: 5 } }))
    const self = `${fixture.org.url}${PATH}/${policy.id}/rules/${rule.id}`
    assert.match(rule.id, /^0pr[0-9A-Za-z]{17}$/)
    assert.deepEqual(rule, {
      id: rule.id,
      status: 'ACTIVE',
      name: rule.name,
      priority: 1,
      created: rule.created,
      lastUpdated: rule.created,
      system: false,
      conditions: {
        people: { users: { exclude: [] } },
        network: { connection: 'ANYWHERE' },
        authContext: { authType: 'ANY' },
      },
      actions: {
        signon: {
          access: 'ALLOW',
          requireFactor: true,
          factorPromptMode: 'ALWAYS',
          factorLifetime: 0,
          primaryFactor: 'PASSWORD_IDP_ANY_FACTOR',
          rememberDeviceByDefault: false,
          session: { usePersistentCookie: false, maxSessionIdleMinutes: 5, maxSessionLifetimeMinutes: 0 },
        },
      },
      _links: {
        self: { href: self, hints: { allow: ['GET', 'PUT', 'DELETE'] } },
        deactivate: { href: `${self}/lifecycle/deactivate`, hints: { allow: ['POST'] } },
      },
      type: 'SIGN_ON',
    })
    assert.deepEqual(await lastEvent(), ['policy.rule.add', `PolicyEntity ${policy.name}`, `PolicyRule ${rule.name}`])
    await clear('OKTA_SIGN_ON')
  })

  test('rules are ordered, replaced, switched off and deleted; the default rule stays the last', async () => {
    const { id, _embedded } = await systemOf('PASSWORD')
    const actions = { passwordChange: { access: 'ALLOW' } }
    const [a, b] = [await addRule(id, { actions }), await addRule(id, { actions, priority: 1 })]
    assert.deepEqual(await order(`/${id}/rules`), [
      [b.name, 1],
      [a.name, 2],
      ['Default Rule', 3],
    ])
    assert.deepEqual(a.actions, {
      passwordChange: { access: 'ALLOW' },
      selfServicePasswordReset: { access: 'DENY' },
      selfServiceUnlock: { access: 'DENY' },
    })
    const people = { people: { users: { exclude: [] }, groups: { include: [groupId], exclude: [] } } }
    const changed = await ok('PUT', `/${id}/rules/${a.id}`, { ...a, name: 'Renamed', priority: 1, conditions: people })
    assert.partialDeepStrictEqual(changed, {
      id: a.id,
      name: 'Renamed',
      priority: 1,
      created: a.created,
      conditions: people,
    })
    assert.equal((await lastEvent())[0], 'policy.rule.update')
    await ok('POST', `/${id}/rules/${b.id}/lifecycle/deactivate`)
    assert.equal((await ok('GET', `/${id}/rules/${b.id}`)).status, 'INACTIVE')
    assert.equal((await lastEvent())[0], 'policy.rule.deactivate')
    await ok('POST', `/${id}/rules/${b.id}/lifecycle/activate`)
    assert.equal((await lastEvent())[0], 'policy.rule.activate')
    for (const rule of [a, b]) await ok('DELETE', `/${id}/rules/${rule.id}`)
    assert.equal((await lastEvent())[0], 'policy.rule.delete')
    assert.deepEqual(await ok('GET', `/${id}/rules`), _embedded.rules)
  })

  test('the default policy and the default rule can be changed, and neither deleted nor switched off', async () => {
    const policy = await systemOf('PASSWORD')
    const [rule] = policy._embedded.rules
    const password = { ...policy.settings.password, age: { ...policy.settings.password.age, historyCount: 5 } }
    const sent = { ...policy, priority: 2, status: 'ACTIVE', settings: { ...policy.settings, password } }
    assert.partialDeepStrictEqual(await ok('PUT', `/${policy.id}`, sent), {
      system: true,
      priority: 1,
      conditions: policy.conditions,
      settings: { password: { age: { historyCount: 5 } } },
    })
    const self = `${PATH}/${policy.id}`
    for (const path of [self, `${self}/rules/${rule.id}`]) {
      for (const [method, url] of [
        ['DELETE', path],
        ['POST', `${path}/lifecycle/deactivate`],
      ] as const) {
        const answer = await fixture.request(method, url)
        assert.partialDeepStrictEqual(answer, { status: 403, json: { errorCode: 'E0000006' } })
      }
    }
    const stays = await ok('GET', `/${policy.id}`)
    const others = { ...stays, conditions: { people: { groups: { include: [groupId] } } } }
    await refuses('PUT', `/${policy.id}`, others, /conditions of the default policy cannot be changed/)
    await refuses('PUT', `/${policy.id}`, { ...stays, status: 'INACTIVE' }, /default policy cannot be deactivated/)
    const whom = { ...rule, conditions: { people: { users: { include: ['00u1'] } } } }
    await refuses('PUT', `/${policy.id}/rules/${rule.id}`, whom, /conditions of the default rule cannot be changed/)
    assert.deepEqual(await ok('GET', `/${policy.id}`), stays)
    await ok('PUT', `/${policy.id}`, policy)
  })

  async function refuses(method: string, path: string, json: object, cause: RegExp) {
    const answer = await fixture.request(method, PATH + path, { json })
    assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: 'E0000001' } })
    assert.match(answer.json.errorCauses[0]?.errorSummary ?? '', cause)
  }
})
