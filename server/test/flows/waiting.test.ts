// What becomes of a request that has to wait: time passes between its turns at the database, and others come first. A node that is busy
// signs nobody out, and whatever ends an access between two turns of a request has ended it. On both databases.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { StoreUnavailable } from '#db/unit.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, type Node, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  callback,
  codeFor,
  exchangeForm,
  isActive,
  newBrowser,
  newPair,
  newPkce,
  postForm,
  refresh,
  signInForTokens,
  submitSignIn,
  type TestApp,
  type TestPerson,
  type Tokens,
  tokenRequest,
  userinfo,
  visit,
} from '../oauth-client.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

onEachDatabase('a request that waits', (dialect) => {
  let fixture: Fixture
  let busy: Node
  /** What happens before each turn of the busy node's requests. */
  let meanwhile: () => unknown
  before(async () => {
    fixture = await startFixture({ dialect })
    busy = await fixture.newNode({ beforeTurn: () => meanwhile() })
  })
  after(() => fixture.close())

  const nothing = () => undefined
  const wait = (milliseconds: number) => () => fixture.clock.advance(milliseconds)

  async function begin(rotation_type = 'ROTATE', leeway = 30) {
    meanwhile = nothing
    fixture.clock.advance(SECOND)
    const pair = await newPair(fixture, { settings: { refresh_token: { rotation_type, leeway } } })
    return { ...pair, tokens: await signInForTokens(fixture, pair.app, pair.person) }
  }

  async function given(answer: TestAnswer | Promise<TestAnswer>): Promise<Tokens> {
    const { status, text, json } = await answer
    assert.equal(status, 200, text)
    return json
  }

  it('is judged as of its arrival: the grace period does not end while it waits', async () => {
    const { app, tokens } = await begin()
    const first = await given(refresh(fixture, app, tokens.refresh_token))
    fixture.clock.advance(29 * SECOND)
    meanwhile = wait(20 * SECOND)
    const second = await given(refresh(busy, app, tokens.refresh_token))
    assert.equal(second.refresh_token, first.refresh_token)
    await given(refresh(fixture, app, first.refresh_token))
  })

  it('and loses the rotation meanwhile gets the same successor, however late', async () => {
    const { app, tokens } = await begin('ROTATE', 5)
    let turns = 0
    let first: Tokens | undefined
    meanwhile = async () => {
      // The third turn is the claim: the first read the token, and the second its person.
      if (++turns === 3) first = await given(refresh(fixture, app, tokens.refresh_token))
      fixture.clock.advance(4 * SECOND)
    }
    const second = await given(refresh(busy, app, tokens.refresh_token))
    assert.ok(first && turns > 3)
    assert.equal(second.refresh_token, first.refresh_token)
    await given(refresh(fixture, app, second.refresh_token))
  })

  it('and rotates begins the grace period when it rotates, not when it began to wait', async () => {
    const { app, tokens } = await begin()
    meanwhile = wait(20 * SECOND)
    const first = await given(refresh(busy, app, tokens.refresh_token))
    fixture.clock.advance(29 * SECOND)
    const again = await given(refresh(fixture, app, tokens.refresh_token))
    assert.equal(again.refresh_token, first.refresh_token)
  })

  it('keeps what it came with: a family or a code whose end passes while it waits', async () => {
    const { app, person, tokens } = await begin('STATIC')
    fixture.clock.advance(7 * 24 * 60 * MINUTE - SECOND)
    meanwhile = wait(2 * SECOND)
    await given(refresh(busy, app, tokens.refresh_token))
    meanwhile = nothing
    const { code, pkce } = await codeFor(fixture, app, person)
    fixture.clock.advance(5 * MINUTE - SECOND)
    meanwhile = wait(2 * SECOND)
    await given(tokenRequest(busy, exchangeForm(app, code, pkce)))
  })

  it('still is a replay when it came after the grace period', async () => {
    const { app, tokens } = await begin()
    const first = await given(refresh(fixture, app, tokens.refresh_token))
    fixture.clock.advance(30 * SECOND)
    assert.equal((await refresh(busy, app, tokens.refresh_token)).json.error, 'invalid_grant')
    assert.equal((await refresh(fixture, app, first.refresh_token)).json.error, 'invalid_grant')
  })

  describe('and meets an end between two turns', () => {
    const post = async (path: string) => {
      const answer = await fixture.request('POST', `/api/v1/${path}`)
      assert.ok(answer.status < 300, answer.text)
    }
    /** Each ends the access and allows a new one at once, so that only what was given before is dead. */
    const ends: Readonly<Record<string, (app: TestApp, person: TestPerson) => Promise<unknown>>> = {
      suspension: async (_app, { id }) => {
        await post(`users/${id}/lifecycle/suspend`)
        await post(`users/${id}/lifecycle/unsuspend`)
      },
      unassignment: async (app, person) => {
        await fixture.request('DELETE', `/api/v1/apps/${app.id}/users/${person.id}`)
        await assign(fixture, app, person)
      },
      'the app’s end': async (app) => {
        await post(`apps/${app.id}/lifecycle/deactivate`)
        await post(`apps/${app.id}/lifecycle/activate`)
      },
      'the end of all sessions and tokens': async (_app, { id }) => {
        const answer = await fixture.request('DELETE', `/api/v1/users/${id}/sessions?oauthTokens=true`)
        assert.equal(answer.status, 204, answer.text)
      },
    }

    async function isDead(app: TestApp, tokens: Tokens, place: string): Promise<void> {
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401, place)
      assert.equal(await isActive(fixture, app, tokens.refresh_token), false, place)
      assert.equal((await refresh(fixture, app, tokens.refresh_token)).json.error, 'invalid_grant', place)
    }

    /** Asks again and again, the end coming before the first turn, the second, and so on until there are no more turns. */
    async function atEachTurn(
      end: () => Promise<unknown>,
      ask: () => Promise<TestAnswer>,
      check: (answer: TestAnswer, place: string) => Promise<void>,
      prepare: () => Promise<void>,
    ): Promise<void> {
      for (let place = 1, turns = place; turns >= place; place++) {
        turns = 0
        meanwhile = nothing
        await prepare()
        let ending: Promise<unknown> | undefined
        meanwhile = () => {
          if (++turns === place) ending = end()
          return ending
        }
        const answer = await ask()
        meanwhile = nothing
        // A turn that the request does not wait for itself: a look at the list of hosts.
        await ending
        assert.ok(answer.status < 500, answer.text)
        if (turns >= place) await check(answer, `before turn ${place} of ${turns}`)
      }
    }

    for (const [what, end] of Object.entries(ends)) {
      /** The app's rotation, and whether the token was rotated before. */
      const uses: Readonly<Record<string, readonly [string, boolean]>> = {
        'a rotation': ['ROTATE', false],
        'a token given again': ['ROTATE', true],
        'a token that is kept': ['STATIC', false],
      }
      for (const [use, [setting, isRotated]] of Object.entries(uses))
        it(`${use} gives nothing that outlives ${what}`, async () => {
          let { app, person, tokens } = await begin(setting)
          await atEachTurn(
            () => end(app, person),
            () => refresh(busy, app, tokens.refresh_token),
            async ({ status, json }, place) => {
              if (status === 200) await isDead(app, json, place)
              await isDead(app, tokens, place)
            },
            async () => {
              ;({ app, person, tokens } = await begin(setting))
              if (isRotated) await given(refresh(fixture, app, tokens.refresh_token))
            },
          )
        })

      it(`a code gives nothing that outlives ${what}, even if its time ends meanwhile`, async () => {
        let { app, person } = await begin()
        let waiting = await codeFor(fixture, app, person)
        await atEachTurn(
          () => {
            fixture.clock.advance(2 * SECOND)
            return end(app, person)
          },
          () => tokenRequest(busy, exchangeForm(app, waiting.code, waiting.pkce)),
          async ({ status, json }, place) => {
            if (status === 200) await isDead(app, json, place)
          },
          async () => {
            ;({ app, person } = await begin())
            waiting = await codeFor(fixture, app, person)
            fixture.clock.advance(5 * MINUTE - SECOND)
          },
        )
      })

      // The others leave the session, and what comes after them is a new authorization.
      if (!what.includes('suspension') && !what.includes('sessions')) continue
      it(`an authorization gives no code that outlives ${what}`, async () => {
        let { app, person } = await begin()
        let browser = newBrowser()
        let pkce = newPkce()
        await atEachTurn(
          () => end(app, person),
          () => visit(busy, browser, 'GET', authorizePath(app, pkce)),
          async (answer, place) => {
            if (answer.status !== 302 || callback(answer).code === undefined) return
            const late = await tokenRequest(fixture, exchangeForm(app, callback(answer).code ?? '', pkce))
            assert.equal(late.json.error, 'invalid_grant', place)
          },
          async () => {
            ;({ app, person } = await begin())
            browser = newBrowser()
            pkce = newPkce()
            const page = await visit(fixture, browser, 'GET', authorizePath(app, pkce))
            assert.ok(callback(await submitSignIn(fixture, browser, page.text, person)).code)
          },
        )
      })
    }

    it('a revocation of the refresh token, by whichever token of the family', async () => {
      let { app, tokens } = await begin()
      await atEachTurn(
        () => postForm(fixture, 'revoke', { token: tokens.refresh_token, client_id: app.clientId }),
        () => refresh(busy, app, tokens.refresh_token),
        async ({ status, json }, place) => {
          if (status === 200) await isDead(app, json, place)
          await isDead(app, tokens, place)
        },
        async () => {
          ;({ app, tokens } = await begin())
        },
      )
    })
  })

  describe('and can not be taken at one of its turns', () => {
    const overload = () => {
      throw new StoreUnavailable('nothing moves')
    }

    /** At every turn: 503 and come again, which then gives what it would have given at once. */
    async function comesAgain(
      prepare: () => Promise<unknown>,
      ask: () => Promise<TestAnswer>,
      check: (answer: TestAnswer) => unknown,
    ): Promise<void> {
      for (let place = 1, turns = place; turns >= place; place++) {
        meanwhile = nothing
        await prepare()
        turns = 0
        meanwhile = () => (++turns === place ? overload() : undefined)
        const answer = await ask()
        meanwhile = nothing
        // A turn that nobody waits for: a look at the list of hosts.
        if (answer.status < 400) await check(answer)
        else {
          assert.equal(answer.status, 503, answer.text)
          await check(await ask())
        }
      }
    }

    const isBusy = ({ status, headers, json }: TestAnswer) => {
      assert.deepEqual([status, headers['retry-after'], json.error], [503, '1', 'temporarily_unavailable'])
    }

    for (const setting of ['ROTATE', 'STATIC'])
      it(`a refresh loses nothing (${setting})`, async () => {
        let { app, tokens } = await begin(setting)
        meanwhile = overload
        isBusy(await refresh(busy, app, tokens.refresh_token))
        await comesAgain(
          async () => {
            ;({ app, tokens } = await begin(setting))
          },
          () => refresh(busy, app, tokens.refresh_token),
          async (answer) => given(refresh(fixture, app, (await given(answer)).refresh_token)),
        )
      })

    it('a token that is presented again gets the same successor', async () => {
      let { app, tokens } = await begin()
      let first = tokens
      await comesAgain(
        async () => {
          ;({ app, tokens } = await begin())
          first = await given(refresh(fixture, app, tokens.refresh_token))
        },
        () => refresh(busy, app, tokens.refresh_token),
        async (answer) => assert.equal((await given(answer)).refresh_token, first.refresh_token),
      )
    })

    it('a code is as good as before', async () => {
      const { app, person } = await begin()
      let waiting = await codeFor(fixture, app, person)
      await comesAgain(
        async () => {
          waiting = await codeFor(fixture, app, person)
        },
        () => tokenRequest(busy, exchangeForm(app, waiting.code, waiting.pkce)),
        given,
      )
    })

    it('a session still opens an authorization', async () => {
      const { app, person } = await begin()
      const browser = newBrowser()
      const pkce = newPkce()
      const page = await visit(fixture, browser, 'GET', authorizePath(app, pkce))
      assert.ok(callback(await submitSignIn(fixture, browser, page.text, person)).code)
      await comesAgain(
        async () => undefined,
        () => visit(busy, browser, 'GET', authorizePath(app, pkce)),
        (answer) => assert.ok(callback(answer).code),
      )
    })

    it('a living token is never called dead', async () => {
      const { app, tokens } = await begin()
      const none = async () => undefined
      await comesAgain(none, () => userinfo(busy, tokens.access_token), given)
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        const ask = () => postForm(busy, 'introspect', { token, client_id: app.clientId })
        await comesAgain(none, ask, ({ json }) => assert.equal(json.active, true))
      }
    })
  })

  it('meets a change of configuration or new signing keys at any turn, and is answered', async () => {
    const changes = [
      async ({ id }: TestApp) => {
        const { json } = await fixture.request('GET', `/api/v1/apps/${id}`)
        return fixture.request('PUT', `/api/v1/apps/${id}`, { json })
      },
      () =>
        fixture.request('POST', '/api/v1/authorizationServers/default/credentials/lifecycle/keyRotate', {
          json: { use: 'sig' },
        }),
    ]
    for (const change of changes)
      for (let place = 1, turns = place; turns >= place; place++) {
        const { app, tokens } = await begin()
        turns = 0
        meanwhile = async () => {
          if (++turns !== place) return
          const answer = await change(app)
          assert.equal(answer.status, 200, answer.text)
        }
        const next = await given(refresh(busy, app, tokens.refresh_token))
        meanwhile = nothing
        assert.equal((await userinfo(fixture, next.access_token)).status, 200)
        await given(refresh(fixture, app, next.refresh_token))
      }
  })
})
