import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { all, run } from '#db/unit.ts'
import { HOUR, MINUTE } from '#kernel/instant.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { authorizePath, newBrowser, newPair, newPkce, signInForTokens, visit } from '#test/oauth-client.ts'

describe('the rule of the global session policy', () => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture()
  })
  after(() => fixture.close())

  /** Writes another answer of the default rule, as the policies' management will. */
  async function setSession(session: object): Promise<void> {
    const tx = fixture.deps.db.for(fixture.org.id)
    const [policy] = await fixture.deps.db.read(all(tx.from('policy').select('id').where('type', '=', 'OKTA_SIGN_ON')))
    const [rule] = await fixture.deps.db.read(
      all(
        tx
          .from('policy_rule')
          .selectAll()
          .where('policy_id', '=', policy?.id ?? ''),
      ),
    )
    const doc = JSON.parse(rule?.doc ?? '{}')
    doc.actions.signon.session = { ...doc.actions.signon.session, ...session }
    await fixture.deps.db.write(() =>
      run(
        tx
          .update('policy_rule')
          .set({ doc: JSON.stringify(doc) })
          .where('id', '=', rule?.id ?? ''),
      ),
    )
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
