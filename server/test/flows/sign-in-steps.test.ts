// Every step of a sign-in against every door of both faces, with whatever is not the answer to it: nothing is skipped, nothing changes,
// and the right answer leads on afterwards all the same. The cases are made of the tables, not written down.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Dialect } from '#db/db.ts'
import { ENTRANCE_PATHS } from '../../src/sign-in/entrance-paths.ts'
import { STEP_PATHS } from '../../src/sign-in/step-paths.ts'
import { codeOf } from '../authenticator-app.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer, type TestOrg } from '../fixture.ts'
import { linkTo } from '../mailed-link.ts'
import { type Browser, hiddenFields, newBrowser, visit } from '../oauth-client.ts'
import { addNewcomer, addPerson, authenticate, newSessionToken, signIn } from '../people.ts'
import { changingNothing } from '../rows.ts'
import { joinGroup } from '../second-factor.ts'
import {
  ANSWER,
  authn,
  type Groups,
  makeGroups,
  NEW_PASSWORD,
  type Right,
  reach,
  type State,
  statesOf,
  type Waiting,
} from '../sign-in-states.ts'
import { poorer, poorerForms, SPOILT } from '../spoilt.ts'

const STATES = statesOf(codeOf)
const WRONG_STEP = [403, 'E0000079']
const NO_TOKEN = [401, 'E0000011']
const MALFORMED = [400, 'E0000001']
const IDLE = 10 * 60_000

/** Doors of the authentication API; `:factor` is one of the person's own. Those of no `states` are another's business. */
const DOORS: readonly { readonly path: string; readonly states: readonly string[] }[] = [
  { path: '', states: ['*'] },
  { path: '/introspect', states: ['*'] },
  { path: '/cancel', states: ['*'] },
  { path: '/skip', states: ['PASSWORD_WARN'] },
  { path: '/previous', states: ['MFA_CHALLENGE', 'MFA_ENROLL_ACTIVATE'] },
  { path: '/credentials/change_password', states: ['PASSWORD_EXPIRED', 'PASSWORD_WARN'] },
  { path: '/credentials/reset_password', states: ['PASSWORD_RESET'] },
  { path: '/factors', states: ['MFA_ENROLL'] },
  { path: '/factors/:factor/verify', states: ['MFA_REQUIRED', 'MFA_CHALLENGE'] },
  { path: '/factors/:factor/verify/resend', states: ['MFA_CHALLENGE'] },
  { path: '/factors/:factor/lifecycle/activate', states: ['MFA_ENROLL_ACTIVATE'] },
  { path: '/factors/:factor/lifecycle/resend', states: ['MFA_ENROLL_ACTIVATE'] },
  { path: '/recovery/answer', states: ['RECOVERY'] },
  // Of states that no sign-in can be in.
  { path: '/factors/:factor/lifecycle/activate/poll', states: [] },
  { path: '/factors/:factor/lifecycle/activate/sms', states: [] },
  { path: '/recovery/factors/SMS/verify', states: [] },
  { path: '/recovery/factors/SMS/resend', states: [] },
  { path: '/recovery/factors/CALL/verify', states: [] },
  { path: '/consent', states: [] },
  { path: '/device/activate', states: [] },
]

/** What is sealed while nobody is known, and the forms that answer it: who it is, then the password. */
const ENTRANCES = {
  asked: ['signIn', 'identify', 'rename', 'again'],
  named: ['signIn', 'identify', 'password', 'rename', 'again'],
} as const satisfies Record<string, readonly (keyof typeof ENTRANCE_PATHS)[]>

/** Forms of the pages, with the states of the steps that they answer. */
const FORMS: Readonly<Record<keyof typeof STEP_PATHS, readonly string[]>> = {
  changePassword: ['PASSWORD_EXPIRED', 'PASSWORD_WARN'],
  challenge: ['MFA_REQUIRED', 'MFA_CHALLENGE'],
  verify: ['MFA_REQUIRED', 'MFA_CHALLENGE'],
  enroll: ['MFA_ENROLL'],
  activate: ['MFA_ENROLL_ACTIVATE'],
  resend: ['MFA_CHALLENGE', 'MFA_ENROLL_ACTIVATE'],
  // In any other state it shows the step once more.
  back: ['*'],
  choosePassword: ['PASSWORD_RESET'],
  answer: ['RECOVERY'],
  skip: ['PASSWORD_WARN'],
  cancel: ['*'],
}

onEachDatabase('the steps of a sign-in', (dialect) => {
  let fixture: Fixture
  let other: TestOrg
  let groups: Groups
  /** Somebody else with all kinds of factors, in the midst of a sign-in of their own. */
  let stranger: Waiting
  before(async () => {
    fixture = await startFixture({ dialect })
    other = await fixture.newOrg('second')
    groups = await makeGroups(fixture)
    stranger = await reach(fixture, groups, stateNamed('MFA_REQUIRED'), 'authn')
  })
  after(() => fixture.close())

  /** Whatever anybody could send, all at once, with proofs that are right for somebody. */
  const everything = ({ person, enrolled }: Waiting) => ({
    ...{ oldPassword: person.password, newPassword: NEW_PASSWORD, answer: ANSWER, rememberDevice: true },
    ...{ factorType: 'question', provider: 'OKTA', profile: { question: 'disliked_food', answer: ANSWER } },
    passCode: enrolled?.app.code() ?? '123456',
  })
  const factorOf = ({ enrolled, shown }: Waiting): string =>
    enrolled?.app.id ?? shown.json?._embedded.factor?.id ?? stranger.enrolled?.app.id ?? ''
  const refusalOf = ({ status, json }: TestAnswer) => [status, json?.errorCode]
  const opensNothing = (answer: TestAnswer) => {
    assert.doesNotMatch(answer.text, /sessionToken|SUCCESS/)
    assert.deepEqual([answer.cookies.sid, answer.cookies.idx, answer.cookies.DT], [undefined, undefined, undefined])
  }

  for (const state of statesFor(dialect))
    describe(state.name, () => {
      it('is answered at its own doors of the authentication API alone, with its own token, and stays what it is', async () => {
        const hosted = state.apiOnly ? undefined : await reach(fixture, groups, state, 'hosted')
        const at = await reach(fixture, groups, state, 'authn')
        const id = factorOf(at)
        await changingNothing(fixture.deps.db, async () => {
          for (const { path, states } of DOORS) {
            const door = path.replace(':factor', id)
            const tell = (what: string) => `${state.name} at ${path}: ${what}`
            if (!states.includes('*') && !states.includes(state.status)) {
              const answer = await authn(fixture, door, { ...everything(at), stateToken: at.token })
              assert.deepEqual(refusalOf(answer), WRONG_STEP, tell(`out of order ${answer.text}`))
              opensNothing(answer)
            }
            for (const [how, spoil] of Object.entries(SPOILT)) {
              const answer = await authn(fixture, door, { ...everything(at), stateToken: spoil(at.token) })
              assert.deepEqual(refusalOf(answer), NO_TOKEN, tell(`a token ${how}`))
            }
            for (const stateToken of [undefined, null, [at.token], { value: at.token }, true]) {
              const answer = await authn(fixture, door, { ...everything(at), stateToken })
              assert.deepEqual(refusalOf(answer), MALFORMED, tell(`a token that is ${JSON.stringify(stateToken)}`))
            }
            const body = { ...everything(at), stateToken: at.token }
            assert.deepEqual(refusalOf(await authn(fixture, door, body, other)), NO_TOKEN, tell('in another org'))
            const crossed = hosted && (await authn(fixture, door, { ...body, stateToken: hosted.token }))
            if (crossed) assert.deepEqual(refusalOf(crossed), NO_TOKEN, tell('a token of the pages'))
          }
        })
        await leadsOn(at, await state.right(at, fixture))
      })

      it('is answered with a proof of its own alone: none, an empty, a wrong or another’s is refused', async () => {
        const at = await reach(fixture, groups, state, 'authn')
        const right = await state.right(at, fixture)
        for (const json of poorer(right.json, at)) {
          // Four passwords a second are looked at.
          if (right.path.includes('password')) fixture.clock.advance(1_000)
          const answer = await authn(fixture, right.path, { ...json, stateToken: at.token })
          opensNothing(answer)
          const { json: still } = await authn(fixture, '/introspect', { stateToken: at.token })
          assert.ok([state.status, 'MFA_CHALLENGE'].includes(still.status), `${JSON.stringify(json)}: ${still.status}`)
        }
        const id = stranger.enrolled?.app.id ?? ''
        await changingNothing(fixture.deps.db, async () => {
          for (const door of [`/factors/${id}/verify`, `/factors/${id}/lifecycle/activate`]) {
            const json = { stateToken: at.token, passCode: stranger.enrolled?.app.code() }
            const answer = await authn(fixture, door, json)
            assert.ok([403, 404].includes(answer.status), `${door}: ${answer.text}`)
          }
        })
        const password = await authenticate(fixture, { ...at.person, password: NEW_PASSWORD })
        assert.equal(password.status, 401, 'the new password opens nothing')
      })

      const onPage = state.apiOnly ? () => {} : it
      onPage('is answered on its page with a proof of its own alone', async () => {
        const at = await reach(fixture, groups, state, 'hosted')
        const right = await state.right(at, fixture)
        const own = hiddenFields(at.shown.text)
        for (const form of poorerForms(right.form, state)) {
          const answer = await visit(fixture, at.browser, 'POST', right.page, { form: { ...own, ...form } })
          opensNothing(answer)
          assert.ok([200, 400].includes(answer.status), `${JSON.stringify(form)}: ${answer.status} ${answer.text}`)
          assert.equal(at.browser.cookies.sid, undefined, JSON.stringify(form))
        }
        assert.equal((await authenticate(fixture, { ...at.person, password: NEW_PASSWORD })).status, 401)
      })

      it('is answered once', async () => {
        const at = await reach(fixture, groups, state, 'authn')
        const right = await state.right(at, fixture)
        await leadsOn(at, right)
        fixture.clock.advance(1_000)
        await changingNothing(fixture.deps.db, async () => {
          const again = await authn(fixture, right.path, { ...right.json, stateToken: at.token })
          assert.deepEqual(refusalOf(again), right.next === 'SUCCESS' ? NO_TOKEN : WRONG_STEP, again.text)
        })
      })

      it('is over when it is cancelled, or left alone', async () => {
        for (const end of ['cancel', 'wait'] as const) {
          const at = await reach(fixture, groups, state, 'authn')
          const right = await state.right(at, fixture)
          if (end === 'cancel') assert.equal((await authn(fixture, '/cancel', { stateToken: at.token })).text, '{}')
          else fixture.clock.advance(IDLE)
          await changingNothing(fixture.deps.db, async () => {
            for (const { path } of [right, ...DOORS]) {
              const door = path.replace(':factor', factorOf(at))
              const answer = await authn(fixture, door, { ...everything(at), ...right.json, stateToken: at.token })
              assert.deepEqual(refusalOf(answer), NO_TOKEN, `${end}, then ${door}: ${answer.text}`)
            }
          })
        }
      })

      onPage('is answered by the form of its own page alone, from its own browser, and stays what it is', async () => {
        const inApi = await reach(fixture, groups, state, 'authn')
        const at = await reach(fixture, groups, state, 'hosted')
        const thief = newBrowser()
        const thiefs = hiddenFields((await visit(fixture, thief, 'GET', '/signin')).text)
        const own = hiddenFields(at.shown.text)
        const entrance = await visit(fixture, at.browser, 'GET', '/signin')
        const sealed = hiddenFields(entrance.text).stateToken ?? ''
        const named = await nameAt(at.browser, entrance, at.person.login)
        const fields = {
          ...{ 'credentials.passcode': NEW_PASSWORD, confirmPassword: NEW_PASSWORD, 'credentials.answer': ANSWER },
          ...{ factor: factorOf(at), question: 'disliked_food', rememberDevice: 'true' },
        }
        await changingNothing(fixture.deps.db, async () => {
          for (const [name, path] of Object.entries(STEP_PATHS)) {
            const expired = async (how: string, browser: Browser, form: Record<string, string>) => {
              const answer = await visit(fixture, browser, 'POST', path, { form: { ...fields, ...form } })
              assert.equal(answer.status, 400, `${state.name} at ${path} ${how}: ${answer.status} ${answer.text}`)
              assert.match(answer.text, /Request expired/, `${state.name} at ${path} ${how}`)
              opensNothing(answer)
            }
            const states = FORMS[name as keyof typeof STEP_PATHS]
            if (!states.includes('*') && !states.includes(state.status)) await expired('out of order', at.browser, own)
            for (const [how, spoil] of Object.entries(SPOILT)) {
              await expired(`with a token ${how}`, at.browser, { ...own, stateToken: spoil(at.token) })
              await expired(`with a form's proof ${how}`, at.browser, { ...own, csrf: spoil(own.csrf ?? '') })
            }
            await expired('with nothing', at.browser, {})
            await expired('with the token of the sign-in page', at.browser, { ...own, stateToken: sealed })
            await expired('with the token of the page of the password', at.browser, { ...own, stateToken: named })
            await expired('with a token of the API', at.browser, { ...own, stateToken: inApi.token })
            await expired('from another browser', thief, own)
            await expired('from another browser with its own form', thief, { ...own, csrf: thiefs.csrf ?? '' })
            await expired('without cookies', newBrowser(), own)
          }
          for (const path of Object.values(ENTRANCE_PATHS)) {
            const form = { ...own, ...fields, identifier: at.person.login }
            const answer = await visit(fixture, at.browser, 'POST', path, { form })
            assert.equal(answer.status, 400, `${state.name} at ${path}: ${answer.status} ${answer.text}`)
            assert.match(answer.text, /Request expired/, path)
            opensNothing(answer)
          }
        })
        const right = await state.right(at, fixture)
        const form = { ...own, ...right.form }
        for (const headers of [{ origin: 'http://evil.test' }, { 'sec-fetch-site': 'cross-site' }])
          await changingNothing(fixture.deps.db, async () => {
            const answer = await visit(fixture, at.browser, 'POST', right.page, { form, headers })
            assert.equal(answer.status, 400, `${JSON.stringify(headers)}: ${answer.status}`)
            opensNothing(answer)
          })
        const done = await visit(fixture, at.browser, 'POST', right.page, { form })
        assert.equal(done.status, signsIn(right) ? 303 : 200, done.text)
        assert.equal(at.browser.cookies.sid !== undefined, signsIn(right))
        await changingNothing(fixture.deps.db, async () => {
          const again = await visit(fixture, at.browser, 'POST', right.page, { form })
          assert.equal(again.status, 400, again.text)
        })
      })
    })

  for (const [entrance, doors] of Object.entries(ENTRANCES))
    describe(`nobody known, ${entrance}`, () => {
      it('is answered by its own forms alone, from its own browser, and leads on with the right answers', async () => {
        const person = await addPerson(fixture)
        const row = await reach(fixture, groups, stateNamed('MFA_REQUIRED'), 'hosted', stranger)
        const api = await reach(fixture, groups, stateNamed('MFA_REQUIRED'), 'authn', stranger)
        const browser = newBrowser()
        const page = await visit(fixture, browser, 'GET', '/signin')
        const own = hiddenFields(page.text)
        if (entrance === 'named') own.stateToken = await nameAt(browser, page, person.login)
        const thief = newBrowser()
        const thiefs = hiddenFields((await visit(fixture, thief, 'GET', '/signin')).text)
        const right = { identifier: person.login, 'credentials.passcode': person.password }
        const fields = { ...right, 'credentials.answer': ANSWER, confirmPassword: NEW_PASSWORD, factor: 'question' }
        const answers: readonly string[] = doors.map((name) => ENTRANCE_PATHS[name])
        await changingNothing(fixture.deps.db, async () => {
          for (const path of [...Object.values(ENTRANCE_PATHS), ...Object.values(STEP_PATHS)]) {
            const expired = async (how: string, from: Browser, form: Record<string, string>, org?: TestOrg) => {
              const sent = { form: { ...fields, ...form }, ...(org && { org }) }
              const answer = await visit(fixture, from, 'POST', path, sent)
              assert.equal(answer.status, 400, `${entrance} at ${path} ${how}: ${answer.status} ${answer.text}`)
              assert.match(answer.text, /Request expired/, `${entrance} at ${path} ${how}`)
              opensNothing(answer)
            }
            if (!answers.includes(path)) await expired('out of order', browser, own)
            for (const [how, spoil] of Object.entries(SPOILT)) {
              await expired(`with a token ${how}`, browser, { ...own, stateToken: spoil(own.stateToken ?? '') })
              await expired(`with a form's proof ${how}`, browser, { ...own, csrf: spoil(own.csrf ?? '') })
            }
            await expired('with nothing', browser, {})
            // A row's token may be good at the steps, in the browser that it was given to and no other.
            await expired("with a row's token", browser, { ...own, stateToken: row.token })
            await expired('with a token of the API', browser, { ...own, stateToken: api.token })
            await expired('from another browser', thief, own)
            await expired('from another browser with its own form', thief, { ...own, csrf: thiefs.csrf ?? '' })
            await expired('without cookies', newBrowser(), own)
            await expired('in another org', browser, own, other)
          }
        })
        for (const path of answers) {
          for (const headers of [{ origin: 'http://evil.test' }, { 'sec-fetch-site': 'cross-site' }])
            await changingNothing(fixture.deps.db, async () => {
              const answer = await visit(fixture, browser, 'POST', path, { form: { ...own, ...right }, headers })
              assert.equal(answer.status, 400, `${path} ${JSON.stringify(headers)}`)
              opensNothing(answer)
            })
          fixture.clock.advance(1_000)
          const opens = path === ENTRANCE_PATHS.signIn || path === ENTRANCE_PATHS.password
          const from: Browser = { cookies: { ...browser.cookies } }
          const answer = await visit(fixture, from, 'POST', path, { form: { ...own, ...right } })
          assert.equal(answer.status, opens ? 303 : 200, `${path} ${answer.text}`)
          assert.equal(from.cookies.sid !== undefined, opens, path)
        }
      })

      it('shows what it showed, and changes nothing, at each form that proves nothing', async () => {
        const person = await addPerson(fixture)
        const browser = newBrowser()
        const page = await visit(fixture, browser, 'GET', '/signin')
        const own = hiddenFields(page.text)
        if (entrance === 'named') own.stateToken = await nameAt(browser, page, person.login)
        for (const name of ['identify', 'rename', 'again'] as const)
          await changingNothing(fixture.deps.db, async () => {
            const form = { ...own, identifier: person.login, 'credentials.passcode': person.password }
            const answer = await visit(fixture, browser, 'POST', ENTRANCE_PATHS[name], { form })
            assert.equal(answer.status, 200, answer.text)
            const asksAlone = name === 'identify' || (name === 'again' && entrance === 'named')
            assert.equal(answer.text.includes(`action="${ENTRANCE_PATHS.password}"`), asksAlone, name)
            opensNothing(answer)
          })
      })
    })

  /** The sealed token of the page that asks for this person's password. */
  async function nameAt(browser: Browser, page: TestAnswer, identifier: string): Promise<string> {
    const form = { ...hiddenFields(page.text), identifier }
    const next = await visit(fixture, browser, 'POST', ENTRANCE_PATHS.identify, { form })
    assert.match(next.text, /data-se="identifier"/)
    return hiddenFields(next.text).stateToken ?? ''
  }

  const signsIn = ({ next, signsIn }: Right): boolean => next === 'SUCCESS' && signsIn !== false

  async function leadsOn(at: Waiting, right: Right): Promise<void> {
    const { path, json, next } = right
    fixture.clock.advance(1_000)
    const answer = await authn(fixture, path, { ...json, stateToken: at.token })
    assert.equal(answer.json.status, next, answer.text)
    assert.equal(typeof answer.json.sessionToken, signsIn(right) ? 'string' : 'undefined')
  }

  it('a token of a mail opens what it is for, whole, once, in its own org, and nothing else is one', async () => {
    const recovering = await addPerson(fixture)
    const locked = await addPerson(fixture)
    await joinGroup(fixture, groups.questioned, locked.id)
    const newcomer = await addNewcomer(fixture)
    const foreigner = await addPerson(fixture, 'foreigner@example.com', other)
    const theirs = await fixture.request(
      'POST',
      `/api/v1/users/${foreigner.id}/credentials/forgot_password?sendEmail=false`,
      { org: other, token: other.admin.apiToken },
    )
    const tokens = {
      recovery: await linkTo(fixture, recovering, 'recovery'),
      unlock: await linkTo(fixture, locked, 'unlock'),
      activation: await linkTo(fixture, newcomer, 'activation'),
      foreign: theirs.json.resetPasswordUrl.split('/').at(-1) as string,
      state: (await reach(fixture, groups, stateNamed('MFA_REQUIRED'), 'authn')).token,
      session: await newSessionToken(fixture, await addPerson(fixture)),
      api: fixture.admin.apiToken,
    }
    const FAILED = [401, 'E0000004']
    const atRecovery = (recoveryToken: unknown, org?: TestOrg) =>
      authn(fixture, '/recovery/token', { recoveryToken }, org)
    const atWelcome = (token: unknown, org?: TestOrg) => authn(fixture, '', { token }, org)
    await changingNothing(fixture.deps.db, async () => {
      for (const name of ['activation', 'foreign', 'state', 'session', 'api'] as const)
        assert.deepEqual(refusalOf(await atRecovery(tokens[name])), NO_TOKEN, name)
      for (const name of ['recovery', 'unlock', 'foreign', 'state', 'session', 'api'] as const)
        assert.deepEqual(refusalOf(await atWelcome(tokens[name])), FAILED, name)
      for (const [how, spoil] of Object.entries(SPOILT)) {
        assert.deepEqual(refusalOf(await atRecovery(spoil(tokens.recovery))), NO_TOKEN, how)
        assert.deepEqual(refusalOf(await atRecovery(spoil(tokens.unlock))), NO_TOKEN, how)
        assert.deepEqual(refusalOf(await atWelcome(spoil(tokens.activation))), FAILED, how)
      }
      for (const bad of [null, [tokens.recovery], { value: tokens.recovery }, true, 7]) {
        assert.deepEqual(refusalOf(await atRecovery(bad)), MALFORMED, JSON.stringify(bad))
        assert.deepEqual(refusalOf(await atWelcome(bad)), MALFORMED, JSON.stringify(bad))
      }
      assert.deepEqual(refusalOf(await authn(fixture, '/recovery/token', {})), MALFORMED)
      assert.deepEqual(refusalOf(await atRecovery(tokens.recovery, other)), NO_TOKEN)
      assert.deepEqual(refusalOf(await atWelcome(tokens.activation, other)), FAILED)
    })
    // Whatever is opened twice is answered once.
    for (const [open, token] of [
      [atRecovery, tokens.recovery],
      [atWelcome, tokens.activation],
    ] as const) {
      const [first, second] = [await open(token), await open(token)]
      assert.deepEqual([first.json.status, second.json.status], ['PASSWORD_RESET', 'PASSWORD_RESET'])
      assert.notEqual(first.json.stateToken, second.json.stateToken)
      const newPassword = NEW_PASSWORD
      const answers = await Promise.all(
        [first, second].map(({ json: { stateToken } }) =>
          authn(fixture, '/credentials/reset_password', { stateToken, newPassword }),
        ),
      )
      const told = answers.map(({ text }) => text).join()
      assert.equal(answers.filter(({ json }) => json.sessionToken !== undefined).length, 1, told)
      assert.ok(
        answers.every(({ status }) => [200, 401, 403].includes(status)),
        told,
      )
      assert.equal((await open(token)).status, 401)
    }
    assert.equal((await atRecovery(tokens.unlock)).json.recoveryType, 'UNLOCK')
    assert.deepEqual(refusalOf(await atRecovery(tokens.unlock)), NO_TOKEN)
  })

  it('an answer or a password for a link that has been used, or was followed by another, changes nothing', async () => {
    for (const name of ['RECOVERY', 'PASSWORD_RESET', 'PASSWORD_RESET of somebody new']) {
      const state = stateNamed(name)
      const at = await reach(fixture, groups, state, 'authn')
      const right = await state.right(at, fixture)
      await linkTo(fixture, at.person, state.link ?? 'recovery')
      await changingNothing(fixture.deps.db, async () => {
        const answer = await authn(fixture, right.path, { ...right.json, stateToken: at.token })
        opensNothing(answer)
        assert.deepEqual(refusalOf(answer), NO_TOKEN, `${name}: ${answer.text}`)
      })
    }
  })

  it('a right password beside a new one that is refused is no attempt, however often', async () => {
    const at = await reach(fixture, groups, stateNamed('PASSWORD_EXPIRED'), 'authn')
    const { password: oldPassword } = at.person
    for (let time = 0; time < 12; time++) {
      fixture.clock.advance(1_000)
      const json = { stateToken: at.token, oldPassword, newPassword: 'weak' }
      const answer = await authn(fixture, '/credentials/change_password', json)
      assert.deepEqual(refusalOf(answer), [403, 'E0000014'], `time ${time}: ${answer.text}`)
      assert.match(answer.text, /The password does meet the complexity/)
    }
    await leadsOn(at, await stateNamed('PASSWORD_EXPIRED').right(at, fixture))
  })

  it('a wrong old password is an attempt like any other, and there is an end to them', async () => {
    const at = await reach(fixture, groups, stateNamed('PASSWORD_EXPIRED'), 'authn')
    for (let time = 0; time < 10; time++) {
      fixture.clock.advance(1_000)
      const json = { stateToken: at.token, oldPassword: 'Wrong-Horse-1', newPassword: NEW_PASSWORD }
      assert.ok((await authn(fixture, '/credentials/change_password', json)).status >= 400)
    }
    const right = await stateNamed('PASSWORD_EXPIRED').right(at, fixture)
    fixture.clock.advance(1_000)
    const locked = await authn(fixture, right.path, { ...right.json, stateToken: at.token })
    assert.match(locked.text, /oldPassword: The credentials provided were incorrect/)
    assert.equal((await authenticate(fixture, at.person)).status, 401)
  })

  it('a password that is changed with revokeSessions ends all that the old one had opened, or still could', async () => {
    for (const revokeSessions of [true, false]) {
      const person = await addPerson(fixture)
      const { sid } = await signIn(fixture, person)
      const sessionToken = await newSessionToken(fixture, person)
      await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/expire_password`)
      const { json: first } = await authenticate(fixture, person)
      const { json: second } = await authenticate(fixture, person)
      assert.deepEqual([first.status, second.status], ['PASSWORD_EXPIRED', 'PASSWORD_EXPIRED'])
      fixture.clock.advance(1_000)
      const passwords = { oldPassword: person.password, newPassword: NEW_PASSWORD }
      const change = { stateToken: first.stateToken, ...passwords, revokeSessions }
      const changed = await authn(fixture, '/credentials/change_password', change)
      assert.equal(changed.json.status, 'SUCCESS', changed.text)

      const me = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: { sid } })
      assert.equal(me.status, revokeSessions ? 404 : 200, 'the session')
      const redeem = (token: string) =>
        fixture.request('POST', '/api/v1/sessions', { token: null, json: { sessionToken: token } })
      assert.equal((await redeem(sessionToken)).status, revokeSessions ? 401 : 200, 'the session token')
      assert.deepEqual(refusalOf(await authn(fixture, '/introspect', { stateToken: second.stateToken })), NO_TOKEN)
      assert.equal((await redeem(changed.json.sessionToken)).status, 200)
    }
  })

  it('a code is mailed again for the factor that is asked for, and for no other that a path names', async () => {
    const at = await reach(fixture, groups, stateNamed('MFA_CHALLENGE of a mailed code'), 'authn')
    fixture.clock.advance(31_000)
    const others = [stranger.enrolled?.email, at.enrolled?.app.id, 'uftnobodys', 'question']
    await changingNothing(fixture.deps.db, async () => {
      for (const id of others) {
        const answer = await authn(fixture, `/factors/${id}/verify/resend`, { stateToken: at.token })
        assert.deepEqual(refusalOf(answer), [404, 'E0000007'], `${id}: ${answer.text}`)
      }
    })
    const again = await authn(fixture, `/factors/${at.enrolled?.email}/verify/resend`, { stateToken: at.token })
    assert.equal(again.json.status, 'MFA_CHALLENGE', again.text)
    await leadsOn(at, await stateNamed('MFA_CHALLENGE of a mailed code').right(at, fixture))
  })

  it('of two right answers that come at once one is worth a session token', async () => {
    const state = stateNamed('MFA_REQUIRED')
    const at = await reach(fixture, groups, state, 'authn')
    const right = await state.right(at, fixture)
    const send = () => authn(fixture, right.path, { ...right.json, stateToken: at.token })
    const answers = await Promise.all([send(), send(), send()])
    assert.equal(answers.filter(({ json }) => json.sessionToken !== undefined).length, 1)
  })

  it('an introspection beside the last answer makes no second session token', async () => {
    const state = stateNamed('MFA_REQUIRED')
    const at = await reach(fixture, groups, state, 'authn')
    const { path, json } = await state.right(at, fixture)
    const tokens = { stateToken: at.token }
    const answers = await Promise.all([
      authn(fixture, path, { ...json, ...tokens }),
      authn(fixture, '/introspect', tokens),
      authn(fixture, '', tokens),
    ])
    assert.ok(answers.filter((answer) => answer.json.sessionToken !== undefined).length <= 1)
  })

  it('somebody who is deactivated, or whose sessions are ended, in the midst of it goes no further', async () => {
    for (const [method, path] of [
      ['POST', 'lifecycle/deactivate'],
      ['DELETE', 'sessions'],
    ] as const)
      for (const state of statesFor('postgres')) {
        const at = await reach(fixture, groups, state, 'authn')
        const right = await state.right(at, fixture)
        const ended = await fixture.request(method, `/api/v1/users/${at.person.id}/${path}`)
        assert.ok(ended.status < 300, ended.text)
        fixture.clock.advance(1_000)
        const answer = await authn(fixture, right.path, { ...right.json, stateToken: at.token })
        assert.deepEqual(refusalOf(answer), NO_TOKEN, `${state.name} ${path}: ${answer.text}`)
      }
  })

  it('a factor of somebody who has none proves nothing where none is demanded', async () => {
    const person = await addPerson(fixture)
    const { json } = await authenticate(fixture, person)
    const stateToken = json.sessionToken
    for (const { path } of DOORS) {
      const answer = await authn(fixture, path.replace(':factor', stranger.enrolled?.app.id ?? ''), { stateToken })
      assert.deepEqual(refusalOf(answer), NO_TOKEN, `a session token at ${path}`)
    }
  })
})

/** PostgreSQL sees one state of each sort. */
function statesFor(dialect: Dialect): readonly State[] {
  const some = [
    ...['MFA_REQUIRED', 'MFA_ENROLL_ACTIVATE of an authenticator app', 'PASSWORD_EXPIRED'],
    ...['RECOVERY', 'PASSWORD_RESET after a question', 'PASSWORD_RESET of somebody new'],
  ]
  return dialect === 'sqlite' ? STATES : STATES.filter(({ name }) => some.includes(name))
}

function stateNamed(name: string): State {
  const found = STATES.find((state) => state.name === name)
  if (!found) throw new Error(`no state ${name}`)
  return found
}
