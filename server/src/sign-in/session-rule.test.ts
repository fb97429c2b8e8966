import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { authorizePath, newBrowser, newPair, newPkce, signInForTokens, visit } from '#test/oauth-client.ts'

describe('the rule of the global session policy', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  /** Changes the sessions that the default rule gives. */
  async function setSession(session: object): Promise<void> {
    const [policy] = (await fixture.request('GET', '/api/v1/policies?type=OKTA_SIGN_ON&expand=rules')).json
    const [rule] = policy._embedded.rules
    const { signon } = rule.actions
    const actions = { signon: { ...signon, session: { ...signon.session, ...session } } }
    const path = `/api/v1/policies/${policy.id}/rules/${rule.id}`
    const changed = await fixture.request('PUT', path, { json: { ...rule, actions } })
    assert.equal(changed.status, 200, changed.text)
  }

  it('ends a session that is idle for longer than it allows, and one that is used at its absolute end', async () => {
    await setSession({ maxSessionIdleMinutes: 30, maxSessionLifetimeMinutes: 60 })
    const { app, person } = await newPair(fixture)
    const silent = () => authorizePath(app, newPkce(), { prompt: 'none' })
    const came = async (browser: ReturnType<typeof newBrowser>) =>
      new URL(String((await visit(fixture, browser, 'GET', silent())).headers.location)).searchParams.get('error') ??
      'code'

    const idle = newBrowser()
    await signInForTokens(fixture, app, person, {}, idle)
    fixture.clock.advance(31 * MINUTE)
    assert.equal(await came(idle), 'login_required')

    const used = newBrowser()
    await signInForTokens(fixture, app, person, {}, used)
    fixture.clock.advance(25 * MINUTE)
    assert.equal(await came(used), 'code')
    fixture.clock.advance(25 * MINUTE)
    assert.equal(await came(used), 'code')
    fixture.clock.advance(HOUR - 50 * MINUTE)
    assert.equal(await came(used), 'login_required')
  })
})
