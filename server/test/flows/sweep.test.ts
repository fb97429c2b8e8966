import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { OrgTable } from '#db/tables.ts'
import { all } from '#db/unit.ts'
import { DAY, SECOND } from '#kernel/instant.ts'
import { sweep } from '../../src/sweep.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture } from '../fixture.ts'
import { newPair, refresh, signInForTokens } from '../oauth-client.ts'

onEachDatabase('housekeeping', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const rows = async (table: OrgTable) => {
    const tx = fixture.deps.db.for(fixture.org.id)
    return fixture.deps.db.read(all(tx.from(table).selectAll())) as Promise<readonly Record<string, unknown>[]>
  }

  it('erases a sealed successor once no grace period can reach it, and leaves the family alive', async () => {
    const { app, person } = await newPair(fixture)
    const tokens = await signInForTokens(fixture, app, person)
    const { json } = await refresh(fixture, app, tokens.refresh_token)
    await sweep(fixture.deps)
    assert.equal((await rows('refresh_token')).filter((row) => row.successor !== null).length, 1)
    // The longest grace period is over; who came within it may still be waiting.
    fixture.clock.advance(61 * SECOND)
    await sweep(fixture.deps)
    assert.equal((await rows('refresh_token')).filter((row) => row.successor !== null).length, 1)
    fixture.clock.advance(60 * SECOND)
    await sweep(fixture.deps)
    assert.equal((await rows('refresh_token')).filter((row) => row.successor !== null).length, 0)
    assert.equal((await refresh(fixture, app, json.refresh_token)).status, 200)
  })

  it('forgets codes, tokens and families that nothing could use any more, and nothing else', async () => {
    const { app, person } = await newPair(fixture)
    await signInForTokens(fixture, app, person)
    const living = (await rows('oauth_grant')).length
    fixture.clock.advance(6 * DAY)
    await sweep(fixture.deps)
    assert.equal((await rows('authorization_code')).length, 0)
    assert.equal((await rows('oauth_grant')).length, living, 'an idle window of seven days is not over after six')
    fixture.clock.advance(3 * DAY)
    await sweep(fixture.deps)
    assert.equal((await rows('oauth_grant')).length, 0)
    assert.equal((await rows('refresh_token')).length, 0)
  })

  it('keeps the System Log for ninety days', async () => {
    await fixture.deps.events.flush()
    assert.ok((await rows('log_event')).length > 0)
    fixture.clock.advance(91 * DAY)
    await sweep(fixture.deps)
    assert.equal((await rows('log_event')).length, 0)
  })
})
