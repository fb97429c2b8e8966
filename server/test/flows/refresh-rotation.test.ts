// Refresh tokens as a client, an administrator and a thief meet them: rotation with its grace period, ends, switches, scopes, and
// everything that ends them. On both databases, since every decision here is one of the database.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { AccessRule } from '#authorization-servers/authorization-server.ts'
import { all, run } from '#db/unit.ts'
import { changeConfig } from '#orgs/service.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, type Node, startFixture, type TestAnswer } from '../fixture.ts'
import {
  assign,
  authorizePath,
  basic,
  callback,
  claimsOf,
  codeFor,
  exchangeForm,
  hiddenFields,
  isActive,
  newApp,
  newBrowser,
  newPair,
  newPerson,
  newPkce,
  OFFLINE,
  postForm,
  type Requester,
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
import { changingNothing } from '../rows.ts'
import { addScope, addServer, editRules, setServerStatus } from '../server-settings.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
const DEAD = { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' }
const RULE: Partial<AccessRule> = { accessTokenMinutes: 60, refreshTokenMinutes: 0, refreshTokenWindowMinutes: 10_080 }

type Setting = { readonly rotation_type: 'ROTATE' | 'STATIC'; readonly leeway?: number }

onEachDatabase('refresh tokens', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect, env: { KEYSTEAD_TRUSTED_PROXIES: '127.0.0.1' } })
  })
  after(() => fixture.close())

  /** An app, a person, and what they have after signing in. */
  async function begin(setting?: Setting): Promise<{ app: TestApp; person: TestPerson; tokens: Tokens }> {
    fixture.clock.advance(SECOND)
    const pair = await newPair(fixture, setting ? { settings: { refresh_token: setting } } : {})
    return { ...pair, tokens: await signInForTokens(fixture, pair.app, pair.person) }
  }

  async function use(app: TestApp, token: string, node: Requester = fixture): Promise<Tokens> {
    const answer = await tokenRequest(node, {
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: app.clientId,
    })
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }

  async function isRefused(app: TestApp, token: string, node: Requester = fixture): Promise<void> {
    const answer = await tokenRequest(node, {
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: app.clientId,
    })
    assert.deepEqual([answer.status, answer.json], [400, DEAD])
  }

  async function isDead(app: TestApp, tokens: Tokens): Promise<void> {
    assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
    assert.equal(await isActive(fixture, app, tokens.access_token), false)
    assert.equal(await isActive(fixture, app, tokens.refresh_token), false)
    await isRefused(app, tokens.refresh_token)
  }

  async function putApp(
    app: TestApp,
    change: (settings: Record<string, unknown>) => void,
    node: Requester = fixture,
  ): Promise<void> {
    const { json } = await node.request('GET', `/api/v1/apps/${app.id}`)
    change(json.settings.oauthClient)
    const answer = await node.request('PUT', `/api/v1/apps/${app.id}`, { json })
    assert.equal(answer.status, 200, answer.text)
  }

  const set = (app: TestApp, setting: Setting): Promise<void> =>
    putApp(app, (settings) => {
      settings.refresh_token = setting
    })

  /** Lets time pass; the administrator's token lives by being used. */
  async function pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 20 * DAY) {
      fixture.clock.advance(Math.min(left, 20 * DAY))
      assert.equal((await fixture.request('GET', '/api/v1/apps?limit=1')).status, 200)
    }
  }

  const lifecycle = async (path: string, node: Requester = fixture): Promise<void> => {
    const answer = await node.request('POST', `/api/v1/${path}`)
    assert.ok(answer.status < 300, `${path}: ${answer.text}`)
  }

  const db = () => fixture.deps.db.for(fixture.org.id)
  const tokenRows = (grantOf: Tokens) =>
    fixture.deps.db.read(
      all(db().from('refresh_token').selectAll().where('grant_id', '=', grantId(grantOf)).orderBy('generation')),
    )
  async function isRevoked(grantOf: Tokens): Promise<boolean> {
    const [grant] = await fixture.deps.db.read(
      all(db().from('oauth_grant').select('revoked').where('id', '=', grantId(grantOf))),
    )
    return typeof grant?.revoked === 'number'
  }
  const isSealed = async (grantOf: Tokens): Promise<boolean> =>
    (await tokenRows(grantOf)).some((row) => row.successor !== null)
  const grantId = ({ access_token }: Tokens): string => claimsOf(access_token).jti.split('.')[2]

  describe('that rotate', () => {
    it('give a new one at each use, opaque and never two alike', async () => {
      const { app, tokens } = await begin()
      const seen = [tokens.refresh_token]
      for (let turn = 0; turn < 5; turn++) {
        fixture.clock.advance(MINUTE)
        const next = await use(app, seen.at(-1) ?? '')
        assert.match(next.refresh_token, /^[A-Za-z0-9_-]{43}$/)
        assert.ok(!seen.includes(next.refresh_token))
        seen.push(next.refresh_token)
      }
    })

    it('give the same successor, to the byte, to whoever presents the old one inside the grace period', async () => {
      const { app, tokens } = await begin()
      const first = await use(app, tokens.refresh_token)
      for (const wait of [0, 10, 10, 9.999]) {
        fixture.clock.advance(wait * SECOND)
        const again = await use(app, tokens.refresh_token)
        assert.equal(again.refresh_token, first.refresh_token)
        assert.notEqual(again.access_token, first.access_token)
        assert.equal((await userinfo(fixture, again.access_token)).status, 200)
      }
      await use(app, first.refresh_token)
    })

    it('count the grace period from the first rotation, not from each replay', async () => {
      const { app, tokens } = await begin()
      await use(app, tokens.refresh_token)
      fixture.clock.advance(29 * SECOND)
      await use(app, tokens.refresh_token)
      fixture.clock.advance(SECOND)
      await isRefused(app, tokens.refresh_token)
    })

    it('bring a token of two generations ago to the newest of the branch', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(10 * SECOND)
      const third = await use(app, second.refresh_token)
      fixture.clock.advance(10 * SECOND)
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, third.refresh_token)
      assert.equal((await use(app, second.refresh_token)).refresh_token, third.refresh_token)
      assert.equal((await tokenRows(tokens)).length, 3)
    })

    it('end the family when an old one comes after the period, with every access token since sign-in', async () => {
      const { app, tokens, person } = await begin()
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(30 * SECOND)
      await isRefused(app, tokens.refresh_token)
      await isDead(app, tokens)
      await isDead(app, second)
      const other = await signInForTokens(fixture, app, person)
      await use(app, other.refresh_token)
    })

    for (const [server, eventType] of [
      ['/default', 'app.oauth2.as.token.detect_reuse'],
      ['', 'app.oauth2.token.detect_reuse'],
    ] as const)
      it(`leave a trace of the reuse in the System Log: who, and from where and with what both times (${eventType})`, async () => {
        const { app, person } = await begin()
        const tokens = await signInForTokens(fixture, app, person, {}, undefined, server)
        const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
        const from = (ip: string, agent: string) => ({
          server,
          headers: { 'user-agent': agent, 'x-forwarded-for': ip },
        })
        const firstUse = new Date(fixture.clock.now()).toISOString()
        const first = await tokenRequest(fixture, form, from('198.51.100.7', 'Owner/1.0'))
        assert.equal(first.status, 200, first.text)
        fixture.clock.advance(10 * SECOND)
        await tokenRequest(fixture, form, from('198.51.100.8', 'Owner, again/1.0'))
        fixture.clock.advance(21 * SECOND)
        assert.deepEqual((await tokenRequest(fixture, form, from('203.0.113.9', 'Thief/1.0'))).json, DEAD)
        // In one commit, and before the answer: nothing of it waits in memory.
        const logged = await fixture.deps.db.read(
          all(db().from('log_event').select('actor_id').where('event_type', '=', eventType)),
        )
        assert.ok(logged.some(({ actor_id }) => actor_id === app.clientId))
        assert.equal(await isRevoked(tokens), true)

        const { json } = await fixture.request(
          'GET',
          `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${encodeURIComponent(`eventType eq "${eventType}"`)}`,
        )
        const events = json.filter((one: { actor: { id: string } }) => one.actor.id === app.clientId)
        assert.equal(events.length, 1)
        const [event] = events
        assert.deepEqual([event.outcome.result, event.severity], ['FAILURE', 'WARN'])
        assert.deepEqual([event.client.ipAddress, event.client.userAgent.rawUserAgent], ['203.0.113.9', 'Thief/1.0'])
        const { firstUseTime, firstUseIpAddress, firstUseUserAgent } = event.debugContext.debugData
        assert.deepEqual([firstUseTime, firstUseIpAddress, firstUseUserAgent], [firstUse, '198.51.100.7', 'Owner/1.0'])
        const targets = event.target.map((target: { id: string }) => target.id)
        assert.ok(targets.includes(person.id) && targets.includes(app.id))
        assert.ok(!JSON.stringify(json).includes(tokens.refresh_token))
      })

    it('have no grace period when it is set to 0', async () => {
      const { app, tokens } = await begin({ rotation_type: 'ROTATE', leeway: 0 })
      const second = await use(app, tokens.refresh_token)
      assert.equal((await tokenRows(tokens))[0]?.successor, null)
      await isRefused(app, tokens.refresh_token)
      await isDead(app, second)
    })

    it('have the grace period that the app has today', async () => {
      const { app, tokens } = await begin({ rotation_type: 'ROTATE', leeway: 60 })
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(59 * SECOND)
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, second.refresh_token)
      await set(app, { rotation_type: 'ROTATE', leeway: 10 })
      await isRefused(app, tokens.refresh_token)
      await isDead(app, second)
    })

    it('that were rotated without a grace period have nothing to give again, and lose nothing either', async () => {
      const { app, tokens } = await begin({ rotation_type: 'ROTATE', leeway: 0 })
      const second = await use(app, tokens.refresh_token)
      await set(app, { rotation_type: 'ROTATE', leeway: 30 })
      await isRefused(app, tokens.refresh_token)
      await use(app, second.refresh_token)
    })
  })

  describe('that are kept', () => {
    it('stay the same for as long as they live', async () => {
      const { app, tokens } = await begin({ rotation_type: 'STATIC' })
      for (let turn = 0; turn < 3; turn++) {
        fixture.clock.advance(DAY)
        const next = await use(app, tokens.refresh_token)
        assert.equal(next.refresh_token, tokens.refresh_token)
        assert.notEqual(next.access_token, tokens.access_token)
      }
      assert.equal((await tokenRows(tokens)).length, 1)
    })

    it('are what web apps get when nothing is said', async () => {
      fixture.clock.advance(SECOND)
      const web = await newApp(fixture, { type: 'web' })
      const person = await newPerson(fixture)
      await assign(fixture, web, person)
      const { code, pkce } = await codeFor(fixture, web, person)
      const { json } = await tokenRequest(fixture, exchangeForm(web, code, pkce), { headers: basic(web) })
      const form = { grant_type: 'refresh_token', refresh_token: json.refresh_token }
      const answer = await tokenRequest(fixture, form, { headers: basic(web) })
      assert.equal(answer.json.refresh_token, json.refresh_token)
    })

    it('begin to rotate when the app is switched, the living ones too', async () => {
      const { app, tokens } = await begin({ rotation_type: 'STATIC' })
      await use(app, tokens.refresh_token)
      await set(app, { rotation_type: 'ROTATE', leeway: 30 })
      const second = await use(app, tokens.refresh_token)
      assert.notEqual(second.refresh_token, tokens.refresh_token)
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, second.refresh_token)
      fixture.clock.advance(31 * SECOND)
      await isRefused(app, tokens.refresh_token)
    })

    it('stop rotating when the app is switched back; what was rotated stays rotated', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      await set(app, { rotation_type: 'STATIC', leeway: 30 })
      assert.equal((await use(app, second.refresh_token)).refresh_token, second.refresh_token)
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, second.refresh_token)
      fixture.clock.advance(31 * SECOND)
      await isRefused(app, tokens.refresh_token)
      await isDead(app, second)
    })

    it('follow the stored setting when the app is replaced without one', async () => {
      const { app, tokens } = await begin({ rotation_type: 'STATIC' })
      await putApp(app, (settings) => {
        delete settings.refresh_token
      })
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, tokens.refresh_token)
    })
  })

  describe('end', () => {
    beforeEach(() => editRules(fixture, RULE))
    after(() => editRules(fixture, RULE))

    for (const rotation_type of ['ROTATE', 'STATIC'] as const) {
      it(`after seven days without use, and each use begins them anew (${rotation_type})`, async () => {
        const { app, tokens } = await begin({ rotation_type })
        let token = tokens.refresh_token
        for (let turn = 0; turn < 3; turn++) {
          await pass(7 * DAY - 1)
          token = (await use(app, token)).refresh_token
        }
        await pass(7 * DAY)
        await isRefused(app, token)
        assert.equal(await isActive(fixture, app, token), false)
      })

      it(`at the absolute end of their family, which no use moves (${rotation_type})`, async () => {
        await editRules(fixture, { refreshTokenMinutes: 120, refreshTokenWindowMinutes: 60 })
        const { app, tokens } = await begin({ rotation_type })
        let token = tokens.refresh_token
        for (const minutes of [50, 50, 19]) {
          fixture.clock.advance(minutes * MINUTE)
          token = (await use(app, token)).refresh_token
        }
        fixture.clock.advance(MINUTE)
        await isRefused(app, token)
      })
    }

    it('and an old one that comes after the end still ends the access tokens that outlive it', async () => {
      await editRules(fixture, { ...RULE, refreshTokenMinutes: 90 })
      const { app, tokens } = await begin()
      fixture.clock.advance(80 * MINUTE)
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(20 * MINUTE)
      await isRefused(app, second.refresh_token)
      assert.equal(await isActive(fixture, app, second.access_token), true)
      await isRefused(app, tokens.refresh_token)
      assert.equal(await isActive(fixture, app, second.access_token), false)
    })

    it('and say at introspection when: the earlier of the two', async () => {
      await editRules(fixture, { refreshTokenMinutes: 120, refreshTokenWindowMinutes: 60 })
      const { app, tokens } = await begin()
      const now = fixture.clock.now()
      const exp = async (token: string) =>
        (await postForm(fixture, 'introspect', { token, client_id: app.clientId })).json.exp
      assert.equal(await exp(tokens.refresh_token), Math.floor((now + 60 * MINUTE) / SECOND))
      fixture.clock.advance(59 * MINUTE)
      const next = await use(app, tokens.refresh_token)
      fixture.clock.advance(59 * MINUTE)
      const last = await use(app, next.refresh_token)
      assert.equal(await exp(last.refresh_token), Math.floor((now + 120 * MINUTE) / SECOND))
    })

    it('as the rule said when the person signed in: a rule that is changed later does not touch them', async () => {
      await editRules(fixture, { accessTokenMinutes: 10 })
      const { app, tokens } = await begin()
      await editRules(fixture, { ...RULE, refreshTokenMinutes: 60, refreshTokenWindowMinutes: 60, grantTypes: [] })
      fixture.clock.advance(DAY)
      const next = await use(app, tokens.refresh_token)
      assert.equal(next.expires_in, 600)
      const { iat, exp } = claimsOf(next.access_token)
      assert.equal(exp - iat, 600)
      await editRules(fixture, { ...RULE, grantTypes: ['authorization_code', 'client_credentials'] })
    })

    it('after 90 days at the org’s own server', async () => {
      fixture.clock.advance(SECOND)
      const { app, person } = await newPair(fixture, { settings: { refresh_token: { rotation_type: 'STATIC' } } })
      const tokens = await signInForTokens(fixture, app, person, {}, undefined, '')
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
      await pass(90 * DAY - 1)
      assert.equal((await tokenRequest(fixture, form, { server: '' })).status, 200)
      fixture.clock.advance(1)
      assert.deepEqual((await tokenRequest(fixture, form, { server: '' })).json, DEAD)
    })
  })

  describe('and scopes', () => {
    it('a part of them narrows this access token, and this one only', async () => {
      const { app, tokens } = await begin()
      const part = (await refresh(fixture, app, tokens.refresh_token, { scope: 'email openid' })).json
      assert.equal(part.scope, 'email openid')
      assert.deepEqual(claimsOf(part.access_token).scp, ['email', 'openid'])
      const bare = (await refresh(fixture, app, part.refresh_token, { scope: 'offline_access' })).json
      assert.equal(bare.id_token, undefined)
      const whole = await use(app, bare.refresh_token)
      assert.equal(whole.scope, 'openid profile email offline_access')
    })

    it('more than was granted is refused, and the token stays unused', async () => {
      const { app, tokens } = await begin()
      const refused = await changingNothing(fixture.deps.db, () =>
        refresh(fixture, app, tokens.refresh_token, { scope: 'openid address phone' }),
      )
      assert.equal(refused.status, 400)
      assert.deepEqual(refused.json, {
        error: 'access_denied',
        error_description:
          'Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: address, phone.',
      })
      const malformed = await refresh(fixture, app, tokens.refresh_token, { scope: 'openid "x"' })
      assert.equal(malformed.json.error, 'invalid_scope')
      await use(app, tokens.refresh_token)
    })
  })

  describe('in the wrong hands', () => {
    it('of another client are refused, and neither rotate nor end', async () => {
      const { app, tokens } = await begin()
      const thief = await newApp(fixture)
      const answer = await changingNothing(fixture.deps.db, () => refresh(fixture, thief, tokens.refresh_token))
      assert.deepEqual(answer.json, {
        error: 'invalid_grant',
        error_description:
          "The grant was issued to another client. Please make sure the 'client_id' matches the one used at the authorize request.",
      })
      assert.deepEqual(
        (await postForm(fixture, 'introspect', { token: tokens.refresh_token, client_id: thief.clientId })).json,
        { active: false },
      )
      await changingNothing(fixture.deps.db, () =>
        postForm(fixture, 'revoke', { token: tokens.refresh_token, client_id: thief.clientId }),
      )
      await use(app, tokens.refresh_token)
    })

    it('a rotated one of another client does not end the family', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(MINUTE)
      const thief = await newApp(fixture)
      assert.equal((await refresh(fixture, thief, tokens.refresh_token)).status, 400)
      await use(app, second.refresh_token)
    })

    it('at another authorization server are refused, and stay good at their own', async () => {
      const { app, tokens } = await begin()
      const server = `/${await addServer(fixture, `other ${dialect}`)}`
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
      for (const wrong of ['', server]) {
        const answer = await changingNothing(fixture.deps.db, () => tokenRequest(fixture, form, { server: wrong }))
        assert.deepEqual(answer.json, DEAD)
      }
      await use(app, tokens.refresh_token)
    })

    it('that nobody gave are refused', async () => {
      const { app, tokens } = await begin()
      const { refresh_token: token } = tokens
      for (const wrong of [
        token.slice(1),
        token.slice(0, -1),
        `${token}A`,
        `${token}=`,
        token.toLowerCase(),
        'x',
        tokens.access_token,
      ])
        await isRefused(app, wrong)
    })
  })

  describe('are over, and stay over', () => {
    it('when they are revoked, with the access tokens of the authorization', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      const answer = await postForm(fixture, 'revoke', { token: second.refresh_token, client_id: app.clientId })
      assert.deepEqual([answer.status, answer.text], [200, ''])
      await isDead(app, tokens)
      await isDead(app, second)
    })

    it('when an older one of the family is revoked', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(MINUTE)
      await postForm(fixture, 'revoke', { token: tokens.refresh_token, client_id: app.clientId })
      await isDead(app, second)
    })

    it('but not when an access token is revoked', async () => {
      const { app, tokens } = await begin()
      await postForm(fixture, 'revoke', { token: tokens.access_token, client_id: app.clientId })
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
      const second = await use(app, tokens.refresh_token)
      assert.equal((await userinfo(fixture, second.access_token)).status, 200)
    })

    const ends: Readonly<Record<string, (app: TestApp, person: TestPerson) => Promise<void>>> = {
      'the person is suspended': async (_app, { id }) => {
        await lifecycle(`users/${id}/lifecycle/suspend`)
        await lifecycle(`users/${id}/lifecycle/unsuspend`)
      },
      'the person is unassigned, and assigned again': async (app, person) => {
        assert.equal((await fixture.request('DELETE', `/api/v1/apps/${app.id}/users/${person.id}`)).status, 204)
        await assign(fixture, app, person)
      },
      'the app is deactivated, and activated again': async (app) => {
        await lifecycle(`apps/${app.id}/lifecycle/deactivate`)
        await lifecycle(`apps/${app.id}/lifecycle/activate`)
      },
      'the person’s sessions are cleared with their tokens': async (_app, { id }) => {
        const answer = await fixture.request('DELETE', `/api/v1/users/${id}/sessions?oauthTokens=true`)
        assert.equal(answer.status, 204, answer.text)
      },
    }
    for (const [what, end] of Object.entries(ends))
      it(`when ${what}`, async () => {
        const { app, person, tokens } = await begin()
        const waiting = await codeFor(fixture, app, person)
        const second = await use(app, tokens.refresh_token)
        assert.equal(await isSealed(tokens), true)
        await end(app, person)
        assert.equal(await isSealed(tokens), false, 'what was kept for the grace period goes with the family')
        await isDead(app, tokens)
        await isDead(app, second)
        const late = await tokenRequest(fixture, exchangeForm(app, waiting.code, waiting.pkce))
        assert.equal(late.json.error, 'invalid_grant', 'a code from before gives nothing either')
        fixture.clock.advance(SECOND)
        const anew = await signInForTokens(fixture, app, person)
        await use(app, anew.refresh_token)
      })

    it('when the person is deactivated, or deleted', async () => {
      const { app, person, tokens } = await begin()
      await lifecycle(`users/${person.id}/lifecycle/deactivate`)
      await isDead(app, tokens)
      assert.equal((await fixture.request('DELETE', `/api/v1/users/${person.id}`)).status, 204)
      await isDead(app, tokens)
    })

    it('when a consent that they rest on is taken back, with the codes that nobody has used yet', async () => {
      fixture.clock.advance(SECOND)
      const scope = `files-${dialect}`
      await addScope(fixture, { name: scope, consent: 'REQUIRED' })
      const app = await newApp(fixture, { settings: { consent_method: 'REQUIRED' } })
      const person = await newPerson(fixture)
      await assign(fixture, app, person)
      const browser = newBrowser()
      const code = async (): Promise<Record<string, string>> => {
        const pkce = newPkce()
        let page = await visit(fixture, browser, 'GET', authorizePath(app, pkce, { scope: `${OFFLINE} ${scope}` }))
        if (page.text.includes('credentials.passcode')) page = await submitSignIn(fixture, browser, page.text, person)
        if (page.status === 200) {
          const form = { ...hiddenFields(page.text), consent: 'allow', scope }
          page = await visit(fixture, browser, 'POST', '/signin/consent', { form })
        }
        return exchangeForm(app, callback(page).code ?? '', pkce)
      }
      const first = await code()
      const unused = await code()
      const tokens: Tokens = (await tokenRequest(fixture, first)).json
      const second = await use(app, tokens.refresh_token)
      const { json } = await fixture.request('GET', `/api/v1/users/${person.id}/grants`)
      assert.equal(json.length, 1)
      assert.equal((await fixture.request('DELETE', `/api/v1/users/${person.id}/grants/${json[0].id}`)).status, 204)
      await isDead(app, tokens)
      await isDead(app, second)
      assert.equal(await isSealed(tokens), false)
      assert.equal((await tokenRequest(fixture, unused)).json.error, 'invalid_grant')
    })

    it('when the person leaves the group that had the app, and comes back', async () => {
      fixture.clock.advance(SECOND)
      const app = await newApp(fixture)
      const person = await newPerson(fixture)
      const group = await fixture.request('POST', '/api/v1/groups', { json: { profile: { name: `G ${app.id}` } } })
      const member = `/api/v1/groups/${group.json.id}/users/${person.id}`
      await fixture.request('PUT', member)
      await fixture.request('PUT', `/api/v1/apps/${app.id}/groups/${group.json.id}`, { json: {} })
      const tokens = await signInForTokens(fixture, app, person)
      assert.equal((await fixture.request('DELETE', member)).status, 204)
      const answer = await refresh(fixture, app, tokens.refresh_token)
      assert.equal(answer.status, 400)
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
      assert.equal(await isActive(fixture, app, tokens.refresh_token), false)
      await fixture.request('PUT', member)
      await isDead(app, tokens)
    })

    it('when the app is gone', async () => {
      const { app, tokens } = await begin()
      await lifecycle(`apps/${app.id}/lifecycle/deactivate`)
      assert.equal((await fixture.request('DELETE', `/api/v1/apps/${app.id}`)).status, 204)
      const answer = await refresh(fixture, app, tokens.refresh_token)
      assert.equal(answer.json.error, 'invalid_client')
      assert.equal((await userinfo(fixture, tokens.access_token)).status, 401)
    })

    it('when the app has lost the grant, for as long as it has', async () => {
      const { app, tokens } = await begin()
      await putApp(app, (settings) => {
        settings.grant_types = ['authorization_code']
      })
      assert.equal((await refresh(fixture, app, tokens.refresh_token)).json.error, 'unauthorized_client')
      assert.equal(await isActive(fixture, app, tokens.refresh_token), false)
    })

    it('while the authorization server is inactive', async () => {
      const { app, person } = await begin()
      const id = await addServer(fixture, `paused ${dialect}`)
      const tokens = await signInForTokens(fixture, app, person, {}, undefined, `/${id}`)
      await setServerStatus(fixture, id, 'INACTIVE')
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
      assert.equal((await tokenRequest(fixture, form, { server: `/${id}` })).status, 404)
      assert.equal((await userinfo(fixture, tokens.access_token, `/${id}`)).status, 404)
    })

    it('but not when the person signs out: offline means offline', async () => {
      const { app, tokens } = await begin()
      const path = `/oauth2/default/v1/logout?id_token_hint=${tokens.id_token}&post_logout_redirect_uri=http://localhost:8080`
      assert.equal((await fixture.request('GET', path, { token: null })).status, 302)
      await use(app, tokens.refresh_token)
    })

    it('but not when a stranger locks the person out with wrong passwords', async () => {
      const { app, person, tokens } = await begin()
      await fixture.deps.db.write(() =>
        run(db().update('user').set({ status: 'LOCKED_OUT' }).where('id', '=', person.id)),
      )
      await use(app, tokens.refresh_token)
    })
  })

  describe('are looked at anew at each use, whoever forgot to revoke them', () => {
    const put = (unit: Parameters<typeof run>[0]) => fixture.deps.db.write(() => run(unit))
    const status = (table: 'app' | 'user', id: string, value: string) =>
      db()
        .update(table as 'user')
        .set({ status: value } as never)
        .where('id', '=', id)
    const changes: Readonly<
      Record<string, { end(app: TestApp, person: TestPerson): Promise<unknown>; error: readonly [number, string] }>
    > = {
      'a person who is suspended': {
        end: (_app, { id }) => put(status('user', id, 'SUSPENDED')),
        error: [400, 'invalid_grant'],
      },
      'a person who is deactivated': {
        end: (_app, { id }) => put(status('user', id, 'DEPROVISIONED')),
        error: [400, 'invalid_grant'],
      },
      'a person without the app': {
        end: (app, { id }) => put(db().deleteFrom('app_user').where('app_id', '=', app.id).where('user_id', '=', id)),
        error: [400, 'access_denied'],
      },
      'an app that is inactive': {
        end: (app) => changeConfig(fixture.deps, { org: fixture.org.id }, () => run(status('app', app.id, 'INACTIVE'))),
        error: [401, 'invalid_client'],
      },
      'a server that is inactive': {
        end: () => setServerStatus(fixture, serverId, 'INACTIVE'),
        error: [404, 'E0000007'],
      },
    }
    let serverId: string
    for (const [what, { end, error }] of Object.entries(changes))
      for (const rotation_type of ['ROTATE', 'STATIC'] as const)
        it(`${what} gets nothing (${rotation_type})`, async () => {
          const { app, person } = await begin({ rotation_type })
          serverId = await addServer(fixture, `${what} ${rotation_type} ${dialect}`)
          const server = `/${serverId}`
          const tokens = await signInForTokens(fixture, app, person, {}, undefined, server)
          await end(app, person)
          const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
          const answer = await changingNothing(fixture.deps.db, () => tokenRequest(fixture, form, { server }))
          assert.deepEqual([answer.status, answer.json.error ?? answer.json.errorCode], error, answer.text)
        })
  })

  describe('on another node', () => {
    let other: Node
    before(async () => {
      other = await fixture.newNode()
    })
    /** Makes the other node's snapshot older than what happens next on the first one. */
    const warm = () => other.deps.config.fresh(fixture.org.id)
    const refreshThere = (app: TestApp, token: string, more: Record<string, string> = {}): Promise<TestAnswer> =>
      tokenRequest(other, { grant_type: 'refresh_token', refresh_token: token, client_id: app.clientId, ...more })

    for (const rotation_type of ['ROTATE', 'STATIC'] as const)
      it(`an app that was just deactivated is dead at once (${rotation_type})`, async () => {
        const { app, tokens } = await begin({ rotation_type })
        await warm()
        await lifecycle(`apps/${app.id}/lifecycle/deactivate`)
        assert.equal((await refreshThere(app, tokens.refresh_token)).json.error, 'invalid_client')
        assert.equal((await userinfo(other, tokens.access_token)).status, 401)
      })

    it('a code is worth nothing once its app was deactivated', async () => {
      const { app, person } = await begin()
      const { code, pkce } = await codeFor(fixture, app, person)
      await warm()
      await lifecycle(`apps/${app.id}/lifecycle/deactivate`)
      assert.equal((await tokenRequest(other, exchangeForm(app, code, pkce))).status, 401)
    })

    for (const rotation_type of ['ROTATE', 'STATIC'] as const)
      it(`a grant that was just taken from the app is gone at once (${rotation_type})`, async () => {
        const { app, tokens } = await begin({ rotation_type })
        await warm()
        await putApp(app, (settings) => {
          settings.grant_types = ['authorization_code']
        })
        assert.equal((await refreshThere(app, tokens.refresh_token)).json.error, 'unauthorized_client')
      })

    it('a client secret that was just deactivated opens nothing', async () => {
      fixture.clock.advance(SECOND)
      const web = await newApp(fixture, { type: 'web' })
      const person = await newPerson(fixture)
      await assign(fixture, web, person)
      const { code, pkce } = await codeFor(fixture, web, person)
      const path = `/api/v1/apps/${web.id}/credentials/secrets`
      assert.equal((await fixture.request('POST', path, { json: {} })).status, 201)
      await warm()
      const { json } = await fixture.request('GET', path)
      const { id } = json.find((one: { client_secret: string }) => one.client_secret === web.secret)
      await lifecycle(`apps/${web.id}/credentials/secrets/${id}/lifecycle/deactivate`)
      const answer = await tokenRequest(other, exchangeForm(web, code, pkce), { headers: basic(web) })
      assert.deepEqual([answer.status, answer.json.error], [401, 'invalid_client'])
    })

    it('a server that was just deactivated gives nothing', async () => {
      const { app, person } = await begin()
      const id = await addServer(fixture, `shut ${dialect}`)
      const tokens = await signInForTokens(fixture, app, person, {}, undefined, `/${id}`)
      await warm()
      await setServerStatus(fixture, id, 'INACTIVE')
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: app.clientId }
      assert.equal((await tokenRequest(other, form, { server: `/${id}` })).status, 400)
    })

    it('the grace period of today counts, not that of the snapshot', async () => {
      const { app, tokens } = await begin({ rotation_type: 'ROTATE', leeway: 0 })
      await set(app, { rotation_type: 'ROTATE', leeway: 0 })
      await warm()
      await set(app, { rotation_type: 'ROTATE', leeway: 60 })
      const second = await use(app, tokens.refresh_token)
      fixture.clock.advance(10 * SECOND)
      const again = await refreshThere(app, tokens.refresh_token)
      assert.equal(again.json.refresh_token, second.refresh_token)
    })

    it('an app, a redirect URI and a trusted origin that were just made work at once', async () => {
      await warm()
      const { app, person } = await begin()
      const tokens = await signInForTokens(other, app, person)
      await use(app, tokens.refresh_token, other)
      await warm()
      const origin = `https://new-${dialect}.example`
      await fixture.request('POST', '/api/v1/trustedOrigins', {
        json: { name: origin, origin, scopes: [{ type: 'CORS' }] },
      })
      const { code, pkce } = await codeFor(other, app, person)
      const answer = await tokenRequest(other, exchangeForm(app, code, pkce), { headers: { origin } })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.headers['access-control-allow-origin'], origin)
    })
  })

  describe('at once', () => {
    for (const nodes of [1, 2])
      it(`two hundred uses of one token make one branch (${nodes} node${nodes > 1 ? 's' : ''})`, async () => {
        const { app, tokens } = await begin()
        const servers: Requester[] = nodes === 1 ? [fixture] : [fixture, await fixture.newNode()]
        const answers = await Promise.all(
          Array.from({ length: 200 }, (_, at) => use(app, tokens.refresh_token, servers[at % servers.length])),
        )
        assert.equal(new Set(answers.map((answer) => answer.refresh_token)).size, 1)
        assert.equal(new Set(answers.map((answer) => answer.access_token)).size, 200)
        const rows = await tokenRows(tokens)
        assert.deepEqual(
          rows.map((row) => row.generation),
          [1, 2],
        )
        await use(app, answers[0]?.refresh_token ?? '')
      })

    it('two hundred uses without a grace period: one wins, and the others end what it won', async () => {
      const { app, tokens } = await begin({ rotation_type: 'ROTATE', leeway: 0 })
      const answers = await Promise.all(Array.from({ length: 200 }, () => refresh(fixture, app, tokens.refresh_token)))
      const won = answers.filter((answer) => answer.status === 200)
      assert.ok(won.length <= 1)
      assert.ok(answers.every((answer) => answer.status === 200 || answer.json.error === 'invalid_grant'))
      for (const { json } of won) await isDead(app, json)
      assert.ok((await tokenRows(tokens)).length <= 2)
    })

    const enders: Readonly<Record<string, (app: TestApp, person: TestPerson, tokens: Tokens) => Promise<unknown>>> = {
      revocation: (app, _person, tokens) =>
        postForm(fixture, 'revoke', { token: tokens.refresh_token, client_id: app.clientId }),
      suspension: (_app, person) => fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/suspend`),
      unassignment: (app, person) => fixture.request('DELETE', `/api/v1/apps/${app.id}/users/${person.id}`),
      'the app’s end': (app) => fixture.request('POST', `/api/v1/apps/${app.id}/lifecycle/deactivate`),
    }
    for (const [what, end] of Object.entries(enders))
      it(`no order of refreshes and ${what} leaves a living token`, async () => {
        for (const place of [0, 3, 7, 19]) {
          const { app, person, tokens } = await begin()
          const waiting = await codeFor(fixture, app, person)
          const calls = Array.from({ length: 20 }, (_, at) => async (): Promise<unknown> => {
            if (at === place) return end(app, person, tokens)
            if (at === 10 && what !== 'revocation')
              return tokenRequest(fixture, exchangeForm(app, waiting.code, waiting.pkce))
            return refresh(fixture, app, tokens.refresh_token)
          })
          const answers = (await Promise.all(calls.map((call) => call()))) as TestAnswer[]
          for (const path of [`users/${person.id}/lifecycle/unsuspend`, `apps/${app.id}/lifecycle/activate`])
            await fixture.request('POST', `/api/v1/${path}`)
          if (what === 'unassignment') await assign(fixture, app, person)
          for (const { json } of answers) if (json?.access_token) await isDead(app, json)
          await isRefused(app, tokens.refresh_token)
        }
      })
  })

  describe('at rest', () => {
    it('are hashes; only the successor is kept, sealed, and bound to its family', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      const [first, next] = await tokenRows(tokens)
      assert.match(first?.successor ?? '', /^1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/)
      assert.equal(next?.successor, null)
      const text = JSON.stringify(await fixture.deps.db.read(all(db().from('refresh_token').selectAll())))
      for (const token of [tokens, second].map((one) => one.refresh_token)) {
        assert.ok(!text.includes(token))
        assert.ok(!text.includes(Buffer.from(token).toString('base64url')))
      }
      // Moved to another family's row, it opens for nobody.
      const other = await begin()
      await use(other.app, other.tokens.refresh_token)
      const [theirs] = await tokenRows(other.tokens)
      await fixture.deps.db.write(() =>
        run(
          db()
            .update('refresh_token')
            .set({ successor: first?.successor ?? null })
            .where('token_hash', '=', theirs?.token_hash ?? ''),
        ),
      )
      await isRefused(other.app, other.tokens.refresh_token)
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, second.refresh_token)
    })

    it('the successor opens for the client and at the server that it was made for, and nowhere else', async () => {
      const { app, person, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      const other = await newApp(fixture)
      await assign(fixture, other, person)
      const server = await addServer(fixture, `elsewhere ${dialect}`)
      const move = (place: { app_id?: string; server_id?: string }) =>
        fixture.deps.db.write(() => run(db().update('oauth_grant').set(place).where('id', '=', grantId(tokens))))
      const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
      const own = (await fixture.request('GET', '/api/v1/authorizationServers/default')).json.id
      await move({ app_id: other.id })
      assert.deepEqual((await tokenRequest(fixture, { ...form, client_id: other.clientId })).json, DEAD)
      await move({ app_id: app.id, server_id: server })
      const elsewhere = await tokenRequest(fixture, { ...form, client_id: app.clientId }, { server: `/${server}` })
      assert.deepEqual(elsewhere.json, DEAD)
      await move({ server_id: own })
      assert.equal((await use(app, tokens.refresh_token)).refresh_token, second.refresh_token)
    })

    it('the successor is not opened after the period, swept or not, and is erased by whoever tries', async () => {
      const { app, tokens } = await begin()
      await use(app, tokens.refresh_token)
      fixture.clock.advance(30 * SECOND)
      assert.equal(await isSealed(tokens), true)
      await isRefused(app, tokens.refresh_token)
      assert.equal(await isSealed(tokens), false)
    })

    const families = (app: TestApp) => `/api/v1/apps/${app.id}/tokens`
    const ends: Readonly<Record<string, (app: TestApp, person: TestPerson, tokens: Tokens) => Promise<TestAnswer>>> = {
      'its client revokes it': (app, _person, tokens) =>
        postForm(fixture, 'revoke', { token: tokens.refresh_token, client_id: app.clientId }),
      'an administrator revokes it': (app, _person, tokens) =>
        fixture.request('DELETE', `${families(app)}/${grantId(tokens)}`),
      'an administrator revokes all of the app': (app) => fixture.request('DELETE', families(app)),
      'an administrator revokes all of a person': (app, { id }) =>
        fixture.request('DELETE', `/api/v1/users/${id}/clients/${app.clientId}/tokens`),
      'an administrator revokes all of a server': (app) =>
        fixture.request('DELETE', `/api/v1/authorizationServers/default/clients/${app.clientId}/tokens`),
      'the person is deactivated': (_app, { id }) =>
        fixture.request('POST', `/api/v1/users/${id}/lifecycle/deactivate`),
    }
    for (const [what, end] of Object.entries(ends))
      it(`the successor is erased when ${what}, and nobody else’s is`, async () => {
        const others = await begin()
        await use(others.app, others.tokens.refresh_token)
        const { app, person, tokens } = await begin()
        await use(app, tokens.refresh_token)
        const answer = await end(app, person, tokens)
        assert.ok(answer.status < 300, answer.text)
        assert.equal(await isRevoked(tokens), true)
        assert.equal(await isSealed(tokens), false)
        assert.equal(await isSealed(others.tokens), true)
      })

    it('who rotated one stands in its row only', async () => {
      const { app, tokens } = await begin()
      await refresh(fixture, app, tokens.refresh_token)
      const rows = await tokenRows(tokens)
      assert.deepEqual(
        rows.map((row) => row.rotated_ip),
        ['127.0.0.1', null],
      )
    })

    it('a successor that was tampered with opens for nobody', async () => {
      const { app, tokens } = await begin()
      const second = await use(app, tokens.refresh_token)
      const [first] = await tokenRows(tokens)
      const sealed = first?.successor ?? ''
      for (const wrong of [
        `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`,
        sealed.slice(0, -1),
        'x',
        '1...',
      ]) {
        await fixture.deps.db.write(() =>
          run(
            db()
              .update('refresh_token')
              .set({ successor: wrong })
              .where('token_hash', '=', first?.token_hash ?? ''),
          ),
        )
        await isRefused(app, tokens.refresh_token)
      }
      await use(app, second.refresh_token)
    })
  })

  it('a change of configuration in the middle is decided anew, not failed', async () => {
    const { app, tokens } = await begin()
    const bump = () =>
      changeConfig(fixture.deps, { org: fixture.org.id }, () => run(db().from('app').select('id').limit(1)))
    const [answer] = await Promise.all([refresh(fixture, app, tokens.refresh_token), bump(), bump()])
    assert.equal(answer.status, 200, answer.text)
  })
})
