import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { newGroup } from '#test/policies.ts'

const PATH = '/api/v1/policies'

onEachDatabase('policies and rules that are refused', (dialect) => {
  let fixture: Fixture
  let groupId: string
  before(async () => {
    fixture = await startFixture({ dialect })
    groupId = await newGroup(fixture)
  })
  after(() => fixture.close())

  const get = async (path: string) => (await fixture.request('GET', PATH + path)).json
  const order = async (path: string) => (await get(path)).map(({ name }: { name: string }) => name)
  const systemOf = async (type: string) => (await get(`?type=${type}`)).at(-1)
  const signon = (more: object = {}) => ({ actions: { signon: { access: 'ALLOW', ...more } } })
  const draft = (type: string, more: object) => ({
    type,
    name: 'Refused',
    conditions: { people: { groups: { include: [groupId] } } },
    ...more,
  })

  async function refuses(method: string, path: string, json: object, cause: RegExp) {
    const answer = await fixture.request(method, PATH + path, { json })
    assert.partialDeepStrictEqual(answer, { status: 400, json: { errorCode: 'E0000001' } })
    assert.match(answer.json.errorCauses[0]?.errorSummary ?? '', cause)
  }

  const complexity = (more: object) => ({ settings: { password: { complexity: more } } })
  const POLICIES: readonly [why: string, type: string, change: object, cause: RegExp][] = [
    ['no type', 'PASSWORD', { type: undefined }, /^type: The field cannot be left blank/],
    ['no name', 'PASSWORD', { name: ' ' }, /^name: The field cannot be left blank/],
    ['a name that is taken', 'PASSWORD', { name: 'Default Policy' }, /^name: An object with this field already exists/],
    ['no group', 'PASSWORD', { conditions: undefined }, /At least one group must be named/],
    [
      'a group that is not there',
      'PASSWORD',
      { conditions: { people: { groups: { include: ['00gx'] } } } },
      /'00gx' is not the id of a group/,
    ],
    [
      'people by name',
      'PASSWORD',
      { conditions: { people: { users: { include: ['00u1'] } } } },
      /A policy names the groups/,
    ],
    [
      'a directory elsewhere',
      'PASSWORD',
      { conditions: { authProvider: { provider: 'ACTIVE_DIRECTORY' } } },
      /'ACTIVE_DIRECTORY' is not served/,
    ],
    ['a priority of 0', 'PASSWORD', { priority: 0 }, /greater than or equal to 1/],
    ['a type that is read only', 'ACCESS_POLICY', {}, /can only be read/],
    ['a short password', 'PASSWORD', complexity({ minLength: 3 }), /^minLength/],
    ['a number as text', 'PASSWORD', complexity({ minLength: '8' }), /^minLength/],
    ['a field that is not served', 'PASSWORD', complexity({ maxConsecutiveCharacters: 2 }), /not served/],
    [
      'a look-up of leaks',
      'PASSWORD',
      { settings: { password: { breachedProtection: { expireAfterDays: 1 } } } },
      /not looked up in leaks/,
    ],
    ['a long history', 'PASSWORD', { settings: { password: { age: { historyCount: 31 } } } }, /^historyCount/],
    [
      'a warning before the beginning',
      'PASSWORD',
      { settings: { password: { age: { maxAgeDays: 5, expireWarnDays: 6 } } } },
      /^expireWarnDays/,
    ],
    [
      'text messages',
      'PASSWORD',
      { settings: { recovery: { factors: { okta_sms: { status: 'ACTIVE' } } } } },
      /only INACTIVE is served/,
    ],
    [
      'a factor that is not served',
      'MFA_ENROLL',
      { settings: { authenticators: [{ key: 'duo', enroll: { self: 'OPTIONAL' } }] } },
      /'duo' is not served/,
    ],
    [
      'an unknown demand',
      'MFA_ENROLL',
      { settings: { authenticators: [{ key: 'webauthn', enroll: { self: 'MAYBE' } }] } },
      /^self/,
    ],
  ]
  for (const [why, type, change, cause] of POLICIES)
    test(`a policy with ${why} is refused, and nothing is made`, async () => {
      const before = await order('?type=PASSWORD')
      await refuses('POST', '', draft(type, change), cause)
      assert.deepEqual(await order('?type=PASSWORD'), before)
    })

  const zone = { connection: 'ZONE', include: ['nzo1'] }
  const RULES: readonly [why: string, type: string, rule: object, cause: RegExp][] = [
    ['no name', 'OKTA_SIGN_ON', { ...signon(), name: '' }, /^name: The field cannot be left blank/],
    ['a name that is taken', 'OKTA_SIGN_ON', { ...signon(), name: 'Default Rule' }, /^name: An object with this field/],
    ['no access', 'OKTA_SIGN_ON', { actions: { signon: {} } }, /^access: The field cannot be left blank/],
    [
      'no lifetime of a factor',
      'OKTA_SIGN_ON',
      signon({ requireFactor: true, factorPromptMode: 'SESSION' }),
      /^factorLifetime/,
    ],
    ['no idle time', 'OKTA_SIGN_ON', signon({ session: { maxSessionIdleMinutes: 0 } }), /^maxSessionIdleMinutes/],
    ['a network zone', 'OKTA_SIGN_ON', { ...signon(), conditions: { network: zone } }, /Network zones are not served/],
    [
      'a risk',
      'OKTA_SIGN_ON',
      { ...signon(), conditions: { riskScore: { level: 'HIGH' } } },
      /risk of a sign-in is not rated/,
    ],
    [
      'another identity provider',
      'OKTA_SIGN_ON',
      { ...signon(), conditions: { identityProvider: { provider: 'SPECIFIC_IDP' } } },
      /not served/,
    ],
    ['the type of another', 'OKTA_SIGN_ON', { ...signon(), type: 'PASSWORD' }, /has rules of the type 'SIGN_ON'/],
    [
      'a person who is not there',
      'PASSWORD',
      { conditions: { people: { users: { exclude: ['00ux'] } } } },
      /'00ux' is not the id of a user/,
    ],
    [
      'a group that is not there',
      'PASSWORD',
      { conditions: { people: { groups: { include: ['00gx'] } } } },
      /'00gx' is not the id of a group/,
    ],
    [
      'a reset by text message',
      'PASSWORD',
      { actions: { selfServicePasswordReset: { requirement: { primary: { methods: ['sms'] } } } } },
      /'sms' is not served/,
    ],
    ['a type that is read only', 'IDP_DISCOVERY', {}, /can only be read/],
  ]
  for (const [why, type, rule, cause] of RULES)
    test(`a rule with ${why} is refused, and nothing is made`, async () => {
      const { id } = await systemOf(type)
      const before = await order(`/${id}/rules`)
      await refuses('POST', `/${id}/rules`, { name: 'Refused', ...rule }, cause)
      assert.deepEqual(await order(`/${id}/rules`), before)
    })
})
