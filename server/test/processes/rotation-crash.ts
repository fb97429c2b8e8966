// What a client holds after the server died under it: processes that are killed while many refresh at once, and started again on the
// same data. The server's clock is the test's, so that the grace period ends when the test says so and not when the machine is slow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Dialect } from '#db/db.ts'
import { newDatabase } from '../databases.ts'
import { isActive, newBrowser, newPair, refresh, signInForTokens, type Tokens } from '../oauth-client.ts'
import { seededChoices } from '../seeded.ts'
import { assertOneBranchEach } from './branches.ts'
import { httpClient } from './http-client.ts'
import { startMovableServer } from './movable-server.ts'

const KILLS = 20
const CLIENTS = 12
/** Answers between a start and the next kill, on the average. */
const ANSWERS = 30
/** Turns of this process' loop between an answer and the kill: where in the others' requests it hits. */
const TURNS = 200
/** Of so many kills one is followed by the end of the grace period, before anybody comes again. */
const LATE_EACH = 4
const GRACE_MILLISECONDS = 30_000
const DEAD = { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' }

/** What one client knows of its family. */
interface Client {
  tokens: Tokens
  /** The refresh token before it. */
  former: string | undefined
  /** Whether it has asked and heard nothing. */
  isWaiting: boolean
}

/** The story of one database; each is a test file of its own, since it starts a process for every kill. */
export function aKilledServerLosesNothing(dialect: Dialect): void {
  test(`a server that is killed ${KILLS} times while its clients refresh loses nothing that it has answered`, async (t) => {
    const choices = seededChoices()
    t.diagnostic(`KEYSTEAD_TEST_SEED=${choices.seed}`)
    const database = await newDatabase(dialect)
    const server = await startMovableServer({ database: database.address })
    const http = httpClient(server)
    const { app, person } = await newPair(http, {
      settings: { refresh_token: { rotation_type: 'ROTATE', leeway: GRACE_MILLISECONDS / 1_000 } },
    })
    const count = { rotations: 0, lost: 0, usedAfter: 0, givenAgain: 0, lostAndFound: 0, replayed: 0, lostTooLong: 0 }

    const browser = newBrowser()
    /** A family of its own; the person signs in for the first one only. */
    async function begin(): Promise<Client> {
      return { tokens: await signInForTokens(http, app, person, {}, browser), former: undefined, isWaiting: false }
    }

    function take(client: Client, tokens: Tokens): void {
      client.former = client.tokens.refresh_token
      client.tokens = tokens
      count.rotations++
    }

    async function given(token: string, what: string): Promise<Tokens> {
      const answer = await refresh(http, app, token)
      assert.equal(answer.status, 200, `${what}: ${answer.text}`)
      return answer.json
    }

    async function isOver({ tokens }: Client): Promise<void> {
      const { status, json } = await refresh(http, app, tokens.refresh_token)
      assert.deepEqual([status, json], [400, DEAD])
      assert.equal(await isActive(http, app, tokens.access_token), false)
    }

    /** All clients refresh, each as soon as it has its answer, until the process dies; some are content before. */
    async function liveUntilKilled(clients: readonly Client[]): Promise<void> {
      let left = ANSWERS / 2 + choices.below(ANSWERS)
      const content = new Set(clients.slice(1).filter(() => choices.below(3) === 0))
      let isDown = false
      const death = Promise.withResolvers<void>()
      const kill = async () => {
        for (let turns = choices.below(TURNS); turns > 0; turns--) await setImmediate()
        isDown = true
        await server.kill()
      }
      const live = async (client: Client) => {
        while (!isDown && !(left < CLIENTS && content.has(client))) {
          client.isWaiting = true
          const answer = await refresh(http, app, client.tokens.refresh_token).catch((error: unknown) => {
            if (!isDown) throw error
          })
          if (!answer) return
          assert.equal(answer.status, 200, answer.text)
          client.isWaiting = false
          take(client, answer.json)
          if (--left === 0) kill().then(death.resolve, death.reject)
        }
      }
      await Promise.all([death.promise, ...clients.map(live)])
      count.lost += clients.filter(({ isWaiting }) => isWaiting).length
    }

    /** Within the grace period everybody is where they were. */
    async function comeBack(client: Client): Promise<void> {
      assert.equal(await isActive(http, app, client.tokens.access_token), true)
      const { refresh_token: presented } = client.tokens
      if (client.isWaiting) {
        const first = await given(presented, 'a token whose answer was lost')
        const again = await given(presented, 'the same, once more')
        assert.equal(again.refresh_token, first.refresh_token)
        take(client, again)
        count.lostAndFound++
      } else if (client.former !== undefined && choices.below(2) === 0) {
        // As if this answer had been lost on its way: its rotation is known to have been acknowledged.
        const again = await given(client.former, 'a token that was rotated before')
        assert.equal(again.refresh_token, presented)
        count.givenAgain++
      } else {
        take(client, await given(presented, 'a token that was answered'))
        count.usedAfter++
      }
    }

    /** After it, what was rotated is a replay, whether or not its answer arrived; what was not is as good as ever. */
    async function comeBackLate(client: Client): Promise<Client> {
      const { refresh_token: presented } = client.tokens
      if (!client.isWaiting && client.former !== undefined && choices.below(2) === 0) {
        const { status, json } = await refresh(http, app, client.former)
        assert.deepEqual([status, json], [400, DEAD])
        await isOver(client)
        count.replayed++
        return begin()
      }
      const answer = await refresh(http, app, presented)
      if (answer.status === 200) {
        take(client, answer.json)
        return client
      }
      assert.ok(client.isWaiting, `what was answered is refused: ${answer.text}`)
      assert.deepEqual([answer.status, answer.json], [400, DEAD])
      await isOver(client)
      count.lostTooLong++
      return begin()
    }

    let clients = [await begin()]
    clients.push(...(await Promise.all(Array.from({ length: CLIENTS - 1 }, begin))))
    for (let kill = 1; kill <= KILLS; kill++) {
      await liveUntilKilled(clients)
      await server.restart()
      if (kill % LATE_EACH === 0) {
        await server.advance(GRACE_MILLISECONDS)
        clients = await Promise.all(clients.map(comeBackLate))
      } else await Promise.all(clients.map(comeBack))
    }

    t.diagnostic(JSON.stringify(count))
    http.close()
    await server.stop()
    assert.doesNotMatch(server.text(), /"level":[56]0/)
    assert.ok((await assertOneBranchEach(database.address)) >= count.rotations)
    await database.remove()
    assert.ok(count.rotations >= 500)
    // Hardly a kill that hits no request.
    assert.ok(count.lost >= 2 * KILLS)
    assert.ok(count.lostAndFound >= KILLS && count.usedAfter > 0 && count.givenAgain > 0 && count.replayed > 0)
  })
}
