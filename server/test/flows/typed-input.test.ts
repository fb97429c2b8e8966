// What people type, too long or made to look like something else: each door says what is wrong, keeps the rest and changes nothing.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import {
  type Browser,
  hiddenFields,
  newBrowser,
  newPerson,
  submitSignIn,
  type TestPerson,
  visit,
} from '../oauth-client.ts'
import { changingNothing } from '../rows.ts'

const LIMIT = 'A password has at most 72 characters.'
const NEW_LIMIT = 'Password requirements were not met. Password requirements: at most 72 characters.'
const LONG = 'Aa1'.repeat(1_667).slice(0, 5_000)
const GOOD = 'Another-Horse-9'

onEachDatabase('what people type', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())
  beforeEach(() => fixture.clock.advance(60_000))

  const api = (method: string, path: string, json: object, token?: null) =>
    fixture.request(method, `/api/v1${path}`, { json, ...(token === null ? { token } : {}) })
  const authn = (path: string, json: object) => api('POST', `/authn${path}`, json, null)

  async function signedIn(person: TestPerson): Promise<Browser> {
    const browser = newBrowser()
    fixture.clock.advance(1_000)
    const page = await visit(fixture, browser, 'GET', '/')
    assert.equal((await submitSignIn(fixture, browser, page.text, person)).status, 303)
    return browser
  }

  /** Whoever has to choose another password before anything opens. */
  async function withExpired(): Promise<TestPerson> {
    const person = await newPerson(fixture)
    const path = `/users/${person.id}/lifecycle/expire_password_with_temp_password`
    const { json } = await api('POST', path, {})
    fixture.clock.advance(1_000)
    return { ...person, password: json.tempPassword }
  }

  describe('as a password of five thousand characters', () => {
    it('reads the limit at every door, is hashed at none, is no attempt, and changes nothing', async () => {
      const person = await newPerson(fixture)
      const { hasher } = fixture.deps
      const original = { hash: hasher.hash, verify: hasher.verify }
      const hashed: string[] = []
      Object.assign(hasher, {
        hash: (text: string) => {
          hashed.push(text)
          return original.hash(text)
        },
        verify: (text: string, stored: string | undefined) => {
          hashed.push(text)
          return original.verify(text, stored)
        },
      } satisfies Pick<typeof hasher, 'hash' | 'verify'>)
      try {
        await tryEveryDoor(person)
      } finally {
        Object.assign(hasher, original)
      }
      assert.ok(hashed.length > 0)
      assert.ok(hashed.every((text) => text.length < 100))
    })

    async function tryEveryDoor(person: TestPerson): Promise<void> {
      const refused = async (what: string, status: number, sentence: string, ask: () => Promise<TestAnswer>) => {
        const answer = await changingNothing(fixture.deps.db, ask)
        assert.equal(answer.status, status, `${what}: ${answer.text.slice(0, 300)}`)
        assert.ok(answer.text.includes(sentence), `${what}: ${answer.text.slice(0, 5_000)}`)
        assert.ok(!answer.text.includes(LONG), what)
        assert.equal(answer.cookies.sid, undefined, what)
        return answer
      }
      // The authentication API: signing in, as a person and as nobody, and an expired password.
      for (const username of [person.login, 'nobody@example.test'])
        await refused('authn', 400, LIMIT, () => authn('', { username, password: LONG }))
      const expired = await withExpired()
      const { json: waiting } = await authn('', { username: expired.login, password: expired.password })
      assert.equal(waiting.status, 'PASSWORD_EXPIRED')
      const change = (oldPassword: string, newPassword: string) =>
        authn('/credentials/change_password', { stateToken: waiting.stateToken, oldPassword, newPassword })
      await refused('authn change, old', 403, LIMIT, () => change(LONG, GOOD))
      // Whether the old one is right is asked first, and given back as an attempt.
      const tooLong = await change(expired.password, LONG)
      assert.deepEqual([tooLong.status, tooLong.json.errorCauses[0].errorSummary], [403, NEW_LIMIT])

      // The API of people.
      const profile = { firstName: 'A', lastName: 'B', login: 'long@example.test', email: 'long@example.test' }
      const credentials = { password: { value: LONG } }
      await refused('create', 400, NEW_LIMIT, () => api('POST', '/users', { profile, credentials }))
      await refused('update', 400, NEW_LIMIT, () => api('POST', `/users/${person.id}`, { credentials }))
      const changePath = `/users/${person.id}/credentials/change_password`
      await refused('change, old', 403, LIMIT, () =>
        api('POST', changePath, { oldPassword: { value: LONG }, newPassword: { value: GOOD } }),
      )
      await refused('change, new', 403, NEW_LIMIT, () =>
        api('POST', changePath, { oldPassword: { value: person.password }, newPassword: { value: LONG } }),
      )

      // The pages: what else was typed is kept.
      fixture.clock.advance(1_000)
      const asked = newBrowser()
      const page = await visit(fixture, asked, 'GET', '/signin')
      const again = await refused('sign-in page', 400, LIMIT, () =>
        submitSignIn(fixture, asked, page.text, { login: person.login, password: LONG }),
      )
      assert.ok(again.text.includes(`value="${person.login}"`))
      assert.equal((await submitSignIn(fixture, asked, again.text, person)).status, 303)

      const twice = { 'credentials.passcode': LONG, confirmPassword: LONG }
      const late = newBrowser()
      fixture.clock.advance(1_000)
      const first = await visit(fixture, late, 'GET', '/signin')
      const step = await submitSignIn(fixture, late, first.text, expired)
      await refused('expired page', 400, NEW_LIMIT, () =>
        visit(fixture, late, 'POST', '/signin/change-password', { form: { ...hiddenFields(step.text), ...twice } }),
      )
      const { json: reset } = await api('POST', `/users/${person.id}/lifecycle/reset_password?sendEmail=false`, {})
      const link = new URL(reset.resetPasswordUrl).pathname
      const chooser = newBrowser()
      const own = await visit(fixture, chooser, 'GET', link)
      await refused('link page', 400, NEW_LIMIT, () =>
        visit(fixture, chooser, 'POST', '/signin/reset-password', { form: { ...hiddenFields(own.text), ...twice } }),
      )
      const { json: opened } = await authn('/recovery/token', { recoveryToken: link.split('/').at(-1) })
      const { stateToken } = opened
      await refused('authn reset', 403, NEW_LIMIT, () =>
        authn('/credentials/reset_password', { stateToken, newPassword: LONG }),
      )

      // One's own page, of somebody whose password is not being reset.
      const other = await newPerson(fixture)
      const home = await signedIn(other)
      const token = hiddenFields((await visit(fixture, home, 'GET', '/app/UserHome/password')).text).csrf ?? ''
      assert.ok(token)
      const mine = (form: Record<string, string>) =>
        visit(fixture, home, 'POST', '/app/UserHome/password', { form: { csrf: token, ...form } })
      await refused('own page, old', 400, LIMIT, () => mine({ oldPassword: LONG, newPassword: GOOD, repeated: GOOD }))
      await refused('own page, new', 400, NEW_LIMIT, () =>
        mine({ oldPassword: other.password, newPassword: LONG, repeated: LONG }),
      )
    }
  })

  describe('as a login that looks like another', () => {
    const create = (login: string) =>
      api('POST', '/users?activate=true', {
        profile: { firstName: 'A', lastName: 'B', email: 'who@example.test', login },
        credentials: { password: { value: GOOD } },
      })
    const spellings = (login: string): readonly string[] => [
      login.toUpperCase(),
      ` ${login}`,
      [...login]
        .map((letter) => (/[a-z]/.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter))
        .join(''),
      login.replace('a', 'a\u00ad'),
      login.replace('a', '\u200ba'),
      login.replace('a', 'a\u0301').normalize('NFC'),
    ]

    it('is nobody’s to take, however it is spelled', async () => {
      const login = `paypal-${dialect}@example.test`
      assert.equal((await create(login)).status, 200)
      for (const other of spellings(login)) {
        const answer = await changingNothing(fixture.deps.db, () => create(other))
        assert.deepEqual([answer.status, answer.json.errorCode], [400, 'E0000001'], JSON.stringify(other))
      }
      const { json: third } = await create(`third-${dialect}@example.test`)
      for (const other of spellings(login)) {
        const taken = await changingNothing(fixture.deps.db, () =>
          api('POST', `/users/${third.id}`, { profile: { login: other } }),
        )
        assert.deepEqual([taken.status, taken.json.errorCode], [400, 'E0000001'], JSON.stringify(other))
      }
    })

    it('signs its own person in at either face, and tries of any spelling are the one person’s', async () => {
      const login = `alma-${dialect}@example.test`
      const { json: made } = await create(login)
      for (const typed of spellings(login)) {
        fixture.clock.advance(1_000)
        const { json } = await authn('', { username: typed, password: GOOD })
        assert.deepEqual([json.status, json._embedded?.user?.id], ['SUCCESS', made.id], JSON.stringify(typed))
        const browser = newBrowser()
        const page = await visit(fixture, browser, 'GET', '/signin')
        assert.equal((await submitSignIn(fixture, browser, page.text, { login: typed, password: GOOD })).status, 303)
      }
      const tries = spellings(login).concat(spellings(login)).slice(0, 10)
      for (const typed of tries) {
        fixture.clock.advance(1_000)
        assert.equal((await authn('', { username: typed, password: 'wrong' })).status, 401)
      }
      assert.equal((await fixture.request('GET', `/api/v1/users/${made.id}`)).json.status, 'LOCKED_OUT')
    })

    it('with a Cyrillic а is another one: it may be somebody else’s, opens nothing here, and reads what any name reads', async () => {
      const login = `anna-${dialect}@example.test`
      const twin = login.replace('a', 'а')
      assert.equal((await create(login)).status, 200)
      const refused = async (username: string, password: string) => {
        fixture.clock.advance(1_000)
        const { status, json } = await authn('', { username, password })
        return [status, json.errorCode, json.errorSummary, json.errorCauses]
      }
      const any = await refused('nobody@example.test', GOOD)
      assert.deepEqual(await refused(twin, GOOD), any)
      const { status, json: other } = await create(twin)
      assert.equal(status, 200)
      const { json } = await authn('', { username: twin, password: GOOD })
      assert.equal(json._embedded.user.id, other.id)
      assert.deepEqual(await refused(twin, 'wrong'), any)
      assert.deepEqual(await refused(login, 'wrong'), any)
    })
  })
})
