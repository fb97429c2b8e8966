// Whatever proves somebody, at the doors that it is not for: another kind's, another person's, another browser's, another org's; spoilt,
// used, or too late. Each door says what it always says, and what was presented stays good where it belongs.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { enrollApp } from '../authenticator-app.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '../fixture.ts'
import { allMails, lastCode } from '../mailed-code.ts'
import {
  authorizePath,
  type Browser,
  callback,
  hiddenFields,
  newApp,
  newBrowser,
  newPerson,
  newPkce,
  submitSignIn,
  type TestPerson,
  visit,
} from '../oauth-client.ts'
import { newGroup, newPasswordPolicy } from '../policies.ts'
import { changingNothing } from '../rows.ts'
import { joinGroup, policyForGroup } from '../second-factor.ts'
import { SPOILT } from '../spoilt.ts'

const NEW = 'Another-Horse-8'
const KINDS = ['recovery', 'activation', 'unlock', 'sessionToken', 'stateToken', 'session', 'sealed'] as const
type Kind = (typeof KINDS)[number]
/** What a link is for stands beside its token: whatever path it is sent to, it opens that and nothing else. */
const LINKS: readonly Kind[] = ['recovery', 'activation', 'unlock']

onEachDatabase('a proof', (dialect) => {
  let fixture: Fixture
  let other: TestOrg
  let proofs: Readonly<Record<Kind, string>>
  before(async () => {
    fixture = await startFixture({ dialect })
    other = await fixture.newOrg('other')
    proofs = await makeProofs()
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(1_000))

  const authn = (path: string, json: object, org?: TestOrg) =>
    fixture.request('POST', `/api/v1/authn${path}`, { token: null, json, ...(org && { org }) })
  const lifecycle = (id: string, path: string) => fixture.request('POST', `/api/v1/users/${id}/lifecycle/${path}`)
  const tokenOf = (url: string) => url.split('/').at(-1) ?? ''

  async function lockedOut(): Promise<TestPerson> {
    const person = await newPerson(fixture)
    for (let n = 0; n < 10; n++) {
      fixture.clock.advance(1_000)
      await authn('', { username: person.login, password: 'wrong' })
    }
    return person
  }

  async function unlockToken(): Promise<string> {
    const { id, login } = await lockedOut()
    // Unlocking oneself is what a policy allows.
    await newPasswordPolicy(fixture, await newGroup(fixture, id), {})
    await allMails(fixture)
    await authn('/recovery/unlock', { username: login, factorType: 'EMAIL' })
    const links = (await allMails(fixture)).filter(({ to }) => to === login).flatMap(({ links }) => links)
    return tokenOf(links.find((link) => link.includes('/signin/unlock/')) ?? '')
  }

  async function sessionToken(person?: TestPerson): Promise<string> {
    const { login, password } = person ?? (await newPerson(fixture))
    fixture.clock.advance(1_000)
    return (await authn('', { username: login, password })).json.sessionToken
  }

  async function signedIn(person: TestPerson): Promise<Browser> {
    const browser = newBrowser()
    fixture.clock.advance(1_000)
    const page = await visit(fixture, browser, 'GET', '/')
    assert.equal((await submitSignIn(fixture, browser, page.text, person)).status, 303)
    return browser
  }

  async function makeProofs(): Promise<Readonly<Record<Kind, string>>> {
    const unlock = await unlockToken()
    const [forgetful, expired] = [await newPerson(fixture), await newPerson(fixture)]
    const reset = await lifecycle(forgetful.id, 'reset_password?sendEmail=false')
    const profile = { login: 'staged@example.test', email: 'staged@example.test', firstName: 'A', lastName: 'B' }
    const staged = await fixture.request('POST', '/api/v1/users?activate=false', { json: { profile } })
    const activated = await lifecycle(staged.json.id, 'activate?sendEmail=false')
    const temporary = await lifecycle(expired.id, 'expire_password_with_temp_password')
    fixture.clock.advance(1_000)
    const waiting = await authn('', { username: expired.login, password: temporary.json.tempPassword })
    const { cookies } = await signedIn(await newPerson(fixture))
    const sealed = hiddenFields((await visit(fixture, newBrowser(), 'GET', '/signin')).text).stateToken ?? ''
    const made = {
      recovery: tokenOf(reset.json.resetPasswordUrl),
      activation: activated.json.activationToken as string,
      unlock,
      sessionToken: await sessionToken(),
      stateToken: waiting.json.stateToken as string,
      session: cookies.sid ?? '',
      sealed,
    }
    for (const [kind, value] of Object.entries(made)) assert.ok(value?.length >= 20, kind)
    return made
  }

  interface Door {
    readonly takes: readonly Kind[]
    readonly knock: (value: string, org?: TestOrg) => Promise<TestAnswer>
    readonly refuses: (answer: TestAnswer) => boolean
  }
  const isCode =
    (status: number, code: string) =>
    ({ status: answered, json }: TestAnswer) =>
      answered === status && json?.errorCode === code
  const isDead = ({ status, text }: TestAnswer) => status === 404 && !text.includes('<form')
  const page =
    (path: string): Door['knock'] =>
    (value, org) =>
      visit(fixture, newBrowser(), 'GET', `${path}/${encodeURIComponent(value)}`, org ? { org } : {})

  const DOORS: Readonly<Record<string, Door>> = {
    'the page of a reset': { takes: LINKS, knock: page('/signin/reset-password'), refuses: isDead },
    'the page of a welcome': { takes: LINKS, knock: page('/welcome'), refuses: isDead },
    'the page of an unlock': { takes: LINKS, knock: page('/signin/unlock'), refuses: isDead },
    'the recovery of the authentication API': {
      takes: ['recovery', 'unlock'],
      knock: (recoveryToken, org) => authn('/recovery/token', { recoveryToken }, org),
      refuses: isCode(401, 'E0000011'),
    },
    'the state of the authentication API': {
      takes: ['stateToken'],
      knock: (stateToken, org) => authn('', { stateToken }, org),
      refuses: isCode(401, 'E0000011'),
    },
    'a session for a session token': {
      takes: ['sessionToken'],
      knock: (value, org) =>
        fixture.request('POST', '/api/v1/sessions', {
          token: null,
          json: { sessionToken: value },
          ...(org && { org }),
        }),
      refuses: ({ status }) => status === 401,
    },
    'a redirect with a session token': {
      takes: ['sessionToken'],
      knock: (token, org) => {
        const query = new URLSearchParams({ token, redirectUrl: `${(org ?? fixture).org.url}/` })
        return visit(fixture, newBrowser(), 'GET', `/login/sessionCookieRedirect?${query}`, org ? { org } : {})
      },
      refuses: ({ status, cookies }) => status === 403 && cookies.sid === undefined,
    },
    'the cookie of a session': {
      takes: ['session'],
      knock: (sid, org) =>
        fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: { sid }, ...(org && { org }) }),
      refuses: ({ status }) => status === 404,
    },
  }

  it('by a link is for what it was made for, whatever path it is sent to', async () => {
    const headings = { recovery: 'Reset your password', activation: 'Welcome', unlock: 'Unlock' }
    for (const path of ['/signin/reset-password', '/welcome', '/signin/unlock'])
      for (const [kind, heading] of Object.entries(headings)) {
        const { text } = await page(path)(proofs[kind as Kind])
        assert.match(/<title>([^<]*)/.exec(text)?.[1] ?? '', new RegExp(heading), `${kind} at ${path}`)
      }
  })

  for (const [name, { takes, knock, refuses }] of Object.entries(DOORS))
    describe(`at ${name}`, () => {
      it('of another kind is none', async () => {
        for (const kind of KINDS) {
          if (takes.includes(kind)) continue
          const answer = await changingNothing(fixture.deps.db, () => knock(proofs[kind]))
          assert.ok(refuses(answer), `${kind}: ${answer.status} ${answer.text.slice(0, 300)}`)
        }
      })

      it('that is spoilt is none', async () => {
        for (const kind of takes)
          for (const [how, spoil] of Object.entries(SPOILT)) {
            if (how === 'empty') continue
            const answer = await changingNothing(fixture.deps.db, () => knock(spoil(proofs[kind])))
            assert.ok(refuses(answer), `${kind} ${how}: ${answer.status} ${answer.text.slice(0, 300)}`)
          }
      })

      it('is none in another org, and good here after all of that', async () => {
        for (const kind of takes) {
          const answer = await changingNothing(fixture.deps.db, () => knock(proofs[kind], other))
          assert.ok(refuses(answer), `${kind}: ${answer.status} ${answer.text.slice(0, 300)}`)
        }
        for (const kind of takes) {
          // Of two doors for one use the second one knocks with a new one.
          const value = kind === 'sessionToken' ? await sessionToken() : proofs[kind]
          const answer = await knock(value)
          assert.ok(!refuses(answer) && answer.status < 400, `${kind}: ${answer.status} ${answer.text.slice(0, 300)}`)
        }
      })
    })

  it('that a device was remembered is that device’s, that person’s and this org’s', async () => {
    const group = await policyForGroup(fixture, `remembering ${dialect}`, {
      requireFactor: true,
      factorPromptMode: 'DEVICE',
    })
    const [person, second] = [await newPerson(fixture), await newPerson(fixture)]
    for (const { id } of [person, second]) await joinGroup(fixture, group, id)
    const [app, secondApp] = [await enrollApp(fixture, person.id), await enrollApp(fixture, second.id)]
    assert.ok(secondApp)
    const browser = newBrowser()
    fixture.clock.advance(1_000)
    const first = await visit(fixture, browser, 'GET', '/signin')
    const asked = await submitSignIn(fixture, browser, first.text, person)
    const form = {
      ...hiddenFields(asked.text),
      factor: app.id,
      'credentials.passcode': app.code(),
      rememberDevice: 'true',
    }
    const done = await visit(fixture, browser, 'POST', '/signin/verify', { form })
    assert.equal(done.status, 303, done.text)
    const { DT = '' } = browser.cookies
    assert.match(DT, /^[\w-]{43}$/)
    const isAsked = async (who: TestPerson, cookie: string) => {
      fixture.clock.advance(1_000)
      const by = { cookies: { DT: cookie } }
      const start = await visit(fixture, by, 'GET', '/signin')
      return (await submitSignIn(fixture, by, start.text, who)).status !== 303
    }
    assert.equal(await isAsked(person, DT), false)
    assert.equal(await isAsked(second, DT), true)
    for (const [how, spoil] of Object.entries(SPOILT)) assert.equal(await isAsked(person, spoil(DT)), true, how)
  })

  it('by a mailed code is that factor’s, that person’s and of the newest mail', async () => {
    const people = [await newPerson(fixture), await newPerson(fixture)] as const
    const factorOf = async ({ id }: TestPerson) => {
      const json = { factorType: 'email', provider: 'OKTA' }
      const path = `/api/v1/users/${id}/factors`
      return `${path}/${(await fixture.request('POST', `${path}?activate=true`, { json })).json.id}`
    }
    const [mine, theirs] = [await factorOf(people[0]), await factorOf(people[1])]
    const send = async (factor: string) => {
      fixture.clock.advance(60_000)
      await fixture.request('POST', `${factor}/verify`, { json: {} })
      return lastCode(fixture)
    }
    const prove = (factor: string, passCode: string) =>
      fixture.request('POST', `${factor}/verify`, { json: { passCode } })
    const older = await send(mine)
    const foreign = await send(theirs)
    const code = await send(mine)
    const wrong = [older, foreign, code.slice(1), `${code}0`, [...code].reverse().join('')].filter(
      (one) => one !== code,
    )
    for (const value of wrong.slice(0, 4)) assert.equal((await prove(mine, value)).status, 403, value)
    assert.equal((await prove(mine, code)).json.factorResult, 'SUCCESS')
    assert.equal((await prove(mine, code)).status, 403)
    assert.equal((await prove(theirs, foreign)).json.factorResult, 'SUCCESS')
  })

  it('that was used, or came too late, is none', async () => {
    const person = await newPerson(fixture)
    const reset = async () =>
      new URL((await lifecycle(person.id, 'reset_password?sendEmail=false')).json.resetPasswordUrl).pathname
    const used = await reset()
    const browser = newBrowser()
    const choosing = await visit(fixture, browser, 'GET', used)
    const form = { ...hiddenFields(choosing.text), 'credentials.passcode': NEW, confirmPassword: NEW }
    assert.equal((await visit(fixture, browser, 'POST', '/signin/reset-password', { form })).status, 303)
    assert.ok(isDead(await visit(fixture, newBrowser(), 'GET', used)))
    assert.ok(isDead(await visit(fixture, browser, 'POST', '/signin/reset-password', { form })))
    const late = await reset()
    const lateToken = await sessionToken(await newPerson(fixture))
    fixture.clock.advance(24 * 60 * 60_000)
    assert.ok(isDead(await visit(fixture, newBrowser(), 'GET', late)))
    const answer = await fixture.request('POST', '/api/v1/sessions', { token: null, json: { sessionToken: lateToken } })
    assert.equal(answer.status, 401)
  })

  it('gives a new session each time, and ends the one that the browser had', async () => {
    const person = await newPerson(fixture)
    const browser = await signedIn(person)
    const former = { ...browser.cookies }
    const app = await newApp(fixture)
    await fixture.request('POST', `/api/v1/apps/${app.id}/users`, { json: { id: person.id } })
    fixture.clock.advance(1_000)
    const again = await visit(fixture, browser, 'GET', authorizePath(app, newPkce(), { prompt: 'login' }))
    assert.ok(callback(await submitSignIn(fixture, browser, again.text, person)).code)
    assert.notEqual(browser.cookies.sid, former.sid)
    const ask = (cookies: Record<string, string>) =>
      fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies }).then(({ status }) => status)
    assert.deepEqual([await ask(former), await ask(browser.cookies)], [404, 200])
  })

  it('by password is tried no oftener on two nodes than on one', async () => {
    const node = await fixture.newNode()
    const person = await newPerson(fixture)
    const counted = { real: 0 }
    const restore = [fixture.deps.hasher, node.deps.hasher].map((hasher) => {
      const { verify } = hasher
      Object.assign(hasher, {
        verify: (text: string, stored: string | undefined) => {
          if (stored !== undefined) counted.real += 1
          return verify(text, stored)
        },
      })
      return () => Object.assign(hasher, { verify })
    })
    try {
      for (let round = 0; round < 5; round++) {
        fixture.clock.advance(1_000)
        const tries = [fixture, node].flatMap(({ request }) =>
          Array.from({ length: 4 }, (_, n) =>
            request('POST', '/api/v1/authn', {
              token: null,
              json: { username: person.login, password: `wrong ${round} ${n}` },
            }),
          ),
        )
        for (const { status } of await Promise.all(tries)) assert.ok(status === 401 || status === 429, String(status))
      }
    } finally {
      for (const undo of restore) undo()
    }
    assert.equal(counted.real, 10)
    assert.equal((await fixture.request('GET', `/api/v1/users/${person.id}`)).json.status, 'LOCKED_OUT')
  })
})
