import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { POLICY_TYPES } from './policy.ts'

const PATH = '/api/v1/policies'

onEachDatabase('reading policies', (dialect) => {
  let fixture: Fixture

  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  async function get(path: string) {
    const answer = await fixture.request('GET', PATH + path)
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }

  for (const type of POLICY_TYPES) {
    test(`a fresh org has one ${type} policy of the system with one rule`, async () => {
      const [policy, ...others] = await get(`?type=${type}`)
      const self = `${fixture.org.url}${PATH}/${policy.id}`
      assert.deepEqual(others, [])
      assert.partialDeepStrictEqual(policy, { type, status: 'ACTIVE', system: true, priority: 1 })
      assert.deepEqual(policy._links, {
        self: { href: self, hints: { allow: ['GET', 'PUT'] } },
        rules: { href: `${self}/rules`, hints: { allow: ['GET', 'POST'] } },
      })
      assert.deepEqual(await get(`/${policy.id}`), policy)
      const [rule, ...more] = await get(`/${policy.id}/rules`)
      assert.deepEqual(more, [])
      assert.partialDeepStrictEqual(rule, {
        status: 'ACTIVE',
        system: true,
        type: type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type,
      })
      assert.deepEqual(await get(`/${policy.id}/rules/${rule.id}`), rule)
      const [expanded] = await get(`?type=${type}&expand=rules`)
      assert.deepEqual(expanded._embedded.rules, [rule])
    })
  }

  test('policies of people name the group of everybody', async () => {
    const [everyone] = (await fixture.request('GET', '/api/v1/groups?q=Everyone')).json
    for (const type of ['OKTA_SIGN_ON', 'PASSWORD', 'MFA_ENROLL']) {
      const [policy] = await get(`?type=${type}`)
      assert.deepEqual(policy.conditions.people, { groups: { include: [everyone.id] } })
    }
  })

  test('policies are found by a beginning of the name and by status', async () => {
    assert.equal((await get('?type=ACCESS_POLICY&q=any%20two')).length, 1)
    assert.deepEqual(await get('?type=ACCESS_POLICY&q=two'), [])
    assert.deepEqual(await get('?type=ACCESS_POLICY&status=INACTIVE'), [])
  })

  for (const query of ['', '?type=', '?type=NOTHING']) {
    test(`a list with "${query}" is refused: the type is needed`, async () => {
      const answer = await fixture.request('GET', PATH + query)
      assert.partialDeepStrictEqual(answer, { status: 400, json: { errorSummary: 'Api validation failed: type' } })
    })
  }

  test("what is not there, and another org's policy, is not found", async () => {
    const other = await fixture.newOrg(`elsewhere-${dialect}`)
    const [policy] = await get('?type=PASSWORD')
    const [rule] = await get(`/${policy.id}/rules`)
    for (const path of [`/${policy.id}`, `/${policy.id}/rules`, `/${policy.id}/rules/${rule.id}`]) {
      const answer = await fixture.request('GET', PATH + path, { org: other })
      assert.equal(answer.status, 404)
      assert.equal(answer.json.errorSummary, `Not found: Resource not found: ${policy.id} (Policy)`)
    }
    const [theirs] = (await fixture.request('GET', `${PATH}?type=PASSWORD`, { org: other })).json
    assert.equal((await fixture.request('GET', `${PATH}/${theirs.id}/rules/${rule.id}`, { org: other })).status, 404)
    assert.equal((await fixture.request('GET', `${PATH}/%00`)).status, 404)
  })

  test('who brings no credential, or a bad one, is refused', async () => {
    const none = await fixture.request('GET', `${PATH}?type=PASSWORD`, { token: null })
    assert.partialDeepStrictEqual(none, { status: 403, json: { errorCode: 'E0000005' } })
    const bad = await fixture.request('GET', `${PATH}?type=PASSWORD`, { token: 'nonsense' })
    assert.partialDeepStrictEqual(bad, { status: 401, json: { errorCode: 'E0000011' } })
  })
})
