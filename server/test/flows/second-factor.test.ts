// A second factor where the global session policy demands one, on both faces of the sign-in engine.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { MINUTE } from '#kernel/instant.ts'
import { onEachDatabase } from '../databases.ts'
import { type Fixture, startFixture, type TestAnswer } from '../fixture.ts'
import { type Browser, hiddenFields, newBrowser, visit } from '../oauth-client.ts'
import { addPerson, type TestPerson } from '../people.ts'
import { newEnrollmentPolicy, newGroup } from '../policies.ts'
import { joinGroup, policyForGroup, totpCode } from '../second-factor.ts'

const AUTHN = '/api/v1/authn'

onEachDatabase('a second factor', (dialect) => {
  let fixture: Fixture
  let always: string
  let onDevice: string
  before(async () => {
    fixture = await startFixture({ dialect })
    always = await policyForGroup(fixture, 'always', { requireFactor: true, factorPromptMode: 'ALWAYS' })
    onDevice = await policyForGroup(fixture, 'device', { requireFactor: true, factorPromptMode: 'DEVICE' })
  })
  after(() => fixture.close())

  async function member(groupId: string): Promise<TestPerson> {
    const person = await addPerson(fixture)
    await joinGroup(fixture, groupId, person.id)
    return person
  }

  const post = (path: string, json: object, cookies: Record<string, string> = {}) => {
    fixture.clock.advance(1_000)
    return fixture.request('POST', `${AUTHN}${path}`, { token: null, json, cookies })
  }
  const start = ({ login, password }: TestPerson, cookies = {}) => post('', { username: login, password }, cookies)

  /** Enrols an authenticator app within the transaction that demands it. */
  async function withApp(groupId: string): Promise<{ person: TestPerson; secret: string; factorId: string }> {
    const person = await member(groupId)
    const { json: asked } = await start(person)
    assert.equal(asked.status, 'MFA_ENROLL')
    const begun = await post('/factors', {
      stateToken: asked.stateToken,
      factorType: 'token:software:totp',
      provider: 'GOOGLE',
    })
    assert.equal(begun.json.status, 'MFA_ENROLL_ACTIVATE', begun.text)
    const { factor } = begun.json._embedded
    const secret = factor._embedded.activation.sharedSecret
    const done = await post(`/factors/${factor.id}/lifecycle/activate`, {
      stateToken: asked.stateToken,
      passCode: totpCode(fixture, secret),
    })
    assert.equal(done.json.status, 'SUCCESS', done.text)
    assert.ok(done.json.sessionToken)
    fixture.clock.advance(MINUTE)
    return { person, secret, factorId: factor.id }
  }

  it('is enrolled at the first sign-in that demands it, and proved at the next', async () => {
    const { person, secret, factorId } = await withApp(always)
    const asked = await start(person)
    assert.equal(asked.json.status, 'MFA_REQUIRED')
    assert.equal(asked.json.sessionToken, undefined)
    assert.deepEqual(
      asked.json._embedded.factors.map((factor: { id: string; factorType: string }) => [factor.id, factor.factorType]),
      [[factorId, 'token:software:totp']],
    )
    assert.deepEqual(asked.json._embedded.policy, {
      allowRememberDevice: false,
      rememberDeviceLifetimeInMinutes: 0,
      rememberDeviceByDefault: false,
      factorsPolicyInfo: {},
    })
    const { stateToken } = asked.json
    const wrong = await post(`/factors/${factorId}/verify`, { stateToken, passCode: '000000' })
    assert.deepEqual([wrong.status, wrong.json.errorCode], [403, 'E0000068'])
    const right = await post(`/factors/${factorId}/verify`, { stateToken, passCode: totpCode(fixture, secret) })
    assert.equal(right.json.status, 'SUCCESS', right.text)
    const session = await fixture.request('POST', '/api/v1/sessions', {
      token: null,
      json: { sessionToken: right.json.sessionToken },
    })
    assert.deepEqual(session.json.amr, ['pwd', 'otp', 'mfa'])
    assert.deepEqual((await post('', { stateToken })).json.errorCode, 'E0000011')
  })

  it('cannot be passed over, and no step is taken out of its order', async () => {
    const { person } = await withApp(always)
    const { json } = await start(person)
    const { stateToken } = json
    for (const path of ['/skip', '/previous', '/credentials/change_password', '/factors']) {
      const answer = await post(path, { stateToken, oldPassword: person.password, newPassword: 'Another-Horse-9' })
      assert.deepEqual([path, answer.status, answer.json.errorCode], [path, 403, 'E0000079'])
    }
    const foreign = await withApp(always)
    const other = await post(`/factors/${foreign.factorId}/verify`, {
      stateToken,
      passCode: totpCode(fixture, foreign.secret),
    })
    assert.equal(other.status, 404, other.text)
    assert.equal((await post('/cancel', { stateToken })).status, 200)
    assert.equal((await post('', { stateToken })).status, 401)
  })

  it('is asked for once on a device, where the policy says so and the person too', async () => {
    const { person, secret, factorId } = await withApp(onDevice)
    const asked = await start(person)
    assert.equal(asked.json._embedded.policy.allowRememberDevice, true)
    const { stateToken } = asked.json
    const proved = await post(`/factors/${factorId}/verify?rememberDevice=true`, {
      stateToken,
      passCode: totpCode(fixture, secret),
    })
    assert.equal(proved.json.status, 'SUCCESS', proved.text)
    const device = /^DT=([^;]+); Path=\/; HttpOnly/.exec(String(proved.headers['set-cookie']))?.[1] ?? ''
    assert.equal((await start(person, { DT: device })).json.status, 'SUCCESS')
    assert.equal((await start(person)).json.status, 'MFA_REQUIRED')
    const flipped = `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`
    assert.equal((await start(person, { DT: flipped })).json.status, 'MFA_REQUIRED')
    const other = await withApp(onDevice)
    assert.equal((await start(other.person, { DT: device })).json.status, 'MFA_REQUIRED')
    await fixture.request('DELETE', `/api/v1/users/${person.id}/sessions`)
    assert.equal((await start(person, { DT: device })).json.status, 'MFA_REQUIRED')
  })

  it('is remembered by a name that is drawn for it, whatever stood in the cookie; whoever else is remembered there stays so', async () => {
    const remember = async (DT: string, { person, secret, factorId }: Awaited<ReturnType<typeof withApp>>) => {
      const { stateToken } = (await start(person, { DT })).json
      const json = { stateToken, passCode: totpCode(fixture, secret) }
      const path = `/api/v1/authn/factors/${factorId}/verify?rememberDevice=true`
      const proved = await fixture.request('POST', path, { token: null, json, cookies: { DT } })
      assert.equal(proved.json.status, 'SUCCESS', proved.text)
      return proved.cookies.DT ?? ''
    }
    const planted = 'P'.repeat(43)
    const [first, second] = [await withApp(onDevice), await withApp(onDevice)]
    const drawn = await remember(planted, first)
    assert.notEqual(drawn, planted)
    assert.equal((await start(first.person, { DT: planted })).json.status, 'MFA_REQUIRED')
    const next = await remember(drawn, second)
    for (const { person } of [first, second]) {
      assert.equal((await start(person, { DT: next })).json.status, 'SUCCESS')
      assert.equal((await start(person, { DT: drawn })).json.status, 'MFA_REQUIRED')
    }
    // A password that somebody else sets is another's: nothing is remembered for it.
    const json = { credentials: { password: { value: 'Another-Horse-8' } } }
    await fixture.request('POST', `/api/v1/users/${first.person.id}`, { json })
    const again = { ...first.person, password: 'Another-Horse-8' }
    assert.equal((await start(again, { DT: next })).json.status, 'MFA_REQUIRED')
    assert.equal((await start(second.person, { DT: next })).json.status, 'SUCCESS')
  })

  it('is asked for again on a device that was remembered, once what was proved there has been taken away', async () => {
    const { person, secret, factorId } = await withApp(onDevice)
    const remembered = async () => {
      const { stateToken } = (await start(person)).json
      const path = `/factors/${factorId}/verify?rememberDevice=true`
      const proved = await post(path, { stateToken, passCode: totpCode(fixture, secret) })
      assert.equal(proved.json.status, 'SUCCESS', proved.text)
      const DT = /^DT=([^;]+)/.exec(String(proved.headers['set-cookie']))?.[1] ?? ''
      assert.equal((await start(person, { DT })).json.status, 'SUCCESS')
      fixture.clock.advance(MINUTE)
      return { DT }
    }
    const factors = `/api/v1/users/${person.id}/factors`
    const question = { question: 'disliked_food', answer: 'mayonnaise' }
    const addQuestion = async (): Promise<string> => {
      const json = { factorType: 'question', provider: 'OKTA', profile: question }
      return (await fixture.request('POST', factors, { json })).json.id
    }
    const removed = await addQuestion()
    const first = await remembered()
    assert.equal((await fixture.request('DELETE', `${factors}/${removed}`)).status, 204)
    assert.equal((await start(person, first)).json.status, 'MFA_REQUIRED')

    const second = await remembered()
    const moved = { profile: { email: 'elsewhere@example.test' } }
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, { json: moved })).status, 200)
    assert.equal((await start(person, second)).json.status, 'SUCCESS', 'nothing was proved by an address')
    const json = { factorType: 'email', provider: 'OKTA' }
    assert.equal((await fixture.request('POST', `${factors}?activate=true`, { json })).status, 200)
    const back = { profile: { email: person.login } }
    assert.equal((await fixture.request('POST', `/api/v1/users/${person.id}`, { json: back })).status, 200)
    assert.equal((await start(person, second)).json.status, 'MFA_REQUIRED')

    const third = await remembered()
    const underWay = (await start(person)).json.stateToken
    const reset = await fixture.request('POST', `/api/v1/users/${person.id}/lifecycle/reset_factors`)
    assert.equal(reset.status, 200)
    await addQuestion()
    assert.equal((await start(person, third)).json.status, 'MFA_REQUIRED')
    assert.equal((await post('', { stateToken: underWay })).json.status, 'MFA_REQUIRED')
  })

  async function signIn(browser: Browser, { login, password }: TestPerson): Promise<TestAnswer> {
    fixture.clock.advance(1_000)
    const page = await visit(fixture, browser, 'GET', '/signin')
    const form = { ...hiddenFields(page.text), identifier: login, 'credentials.passcode': password }
    return visit(fixture, browser, 'POST', '/signin', { form })
  }
  const submit = (browser: Browser, page: TestAnswer, path: string, fields: Record<string, string>) =>
    visit(fixture, browser, 'POST', path, { form: { ...hiddenFields(page.text), ...fields } })

  it('is asked for on the hosted pages, and no session begins before it', async () => {
    const { person, secret } = await withApp(always)
    const browser = newBrowser()
    const page = await signIn(browser, person)
    assert.match(page.text, /Enter the code of your app/)
    assert.equal(browser.cookies.sid, undefined)
    const wrong = await submit(browser, page, '/signin/verify', { 'credentials.passcode': '000000' })
    assert.equal(wrong.status, 400)
    assert.match(wrong.text, /This code is not right/)
    assert.equal(browser.cookies.sid, undefined)
    const stranger = newBrowser()
    await visit(fixture, stranger, 'GET', '/signin')
    const stolen = await submit(stranger, wrong, '/signin/verify', {
      'credentials.passcode': totpCode(fixture, secret),
    })
    assert.match(stolen.text, /Request expired/)
    const done = await submit(browser, wrong, '/signin/verify', { 'credentials.passcode': totpCode(fixture, secret) })
    assert.equal(done.status, 303, done.text)
    assert.ok(browser.cookies.sid)
  })

  it('is set up on the hosted pages by whoever has none', async () => {
    const person = await member(always)
    const browser = newBrowser()
    const page = await signIn(browser, person)
    assert.match(page.text, /Set up a second step/)
    const begun = await submit(browser, page, '/signin/enroll', { factor: 'google_totp' })
    const secret = (/data-se="shared-secret">([A-Z2-7 ]+)</.exec(begun.text)?.[1] ?? '').replaceAll(' ', '')
    const wrong = await submit(browser, begun, '/signin/activate', { 'credentials.passcode': '123456' })
    assert.match(wrong.text, /This code is not right/)
    assert.match(wrong.text, /shared-secret/)
    const done = await submit(browser, wrong, '/signin/activate', {
      'credentials.passcode': totpCode(fixture, secret),
    })
    assert.equal(done.status, 303, done.text)
    const { json } = await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies: browser.cookies })
    assert.deepEqual(json.amr, ['pwd', 'otp', 'mfa'])
  })

  it('that the policy demands is shown as demanded, whatever else it lets people set up', async () => {
    const person = await addPerson(fixture)
    await newEnrollmentPolicy(fixture, await newGroup(fixture, person.id), {
      okta_otp: 'REQUIRED',
      google_otp: 'OPTIONAL',
      okta_question: 'OPTIONAL',
    })
    const browser = newBrowser()
    const page = await signIn(browser, person)
    const [, required = '', optional = ''] = page.text.split('<h2>')
    const offers = (list: string) => [...list.matchAll(/name="factor" value="(\w+)"/g)].map(([, key]) => key)
    assert.match(required, /^Required</)
    assert.deepEqual(offers(required), ['okta_totp'])
    assert.match(optional, /^Optional</)
    assert.deepEqual(offers(optional), ['question'])
  })

  it('is the answer to a question, with a way back from it', async () => {
    const person = await member(always)
    const browser = newBrowser()
    const page = await signIn(browser, person)
    const asked = await submit(browser, page, '/signin/enroll', { factor: 'question' })
    assert.match(asked.text, /Choose a security question/)
    const back = await submit(browser, asked, '/signin/back', {})
    assert.match(back.text, /Set up a second step/)
    const short = await submit(browser, asked, '/signin/enroll', {
      factor: 'question',
      question: 'first_award',
      'credentials.answer': 'abc',
    })
    assert.equal(short.status, 400)
    assert.match(short.text, /<option value="first_award" selected>/, 'the chosen question stays chosen')
    assert.match(short.text, /aria-describedby="step-error answer-hint"/)
    assert.match(asked.text, /aria-describedby="answer-hint"/)
    const done = await submit(browser, asked, '/signin/enroll', {
      factor: 'question',
      question: 'disliked_food',
      'credentials.answer': 'Brussels sprouts',
    })
    assert.equal(done.status, 303, done.text)
    const again = newBrowser()
    const challenge = await signIn(again, person)
    assert.match(challenge.text, /food you least liked/)
    const wrong = await submit(again, challenge, '/signin/verify', { 'credentials.answer': 'carrots' })
    assert.match(wrong.text, /This answer is not right/)
    const right = await submit(again, wrong, '/signin/verify', { 'credentials.answer': 'brussels  SPROUTS' })
    assert.equal(right.status, 303, right.text)
  })

  it('begins a new session, which says when the password and the factor were proved, each by itself', async () => {
    const person = await addPerson(fixture)
    const browser = newBrowser()
    const me = async (cookies: Record<string, string>) =>
      (await fixture.request('GET', '/api/v1/sessions/me', { token: null, cookies })).json
    const iso = () => new Date(fixture.clock.now()).toISOString()
    await signIn(browser, person)
    const former = { ...browser.cookies }
    const first = await me(former)
    assert.deepEqual([first.lastPasswordVerification, first.lastFactorVerification], [iso(), null])
    assert.deepEqual([first.amr, first.mfaActive], [['pwd'], false])

    await joinGroup(fixture, always, person.id)
    const page = await signIn(browser, person)
    const password = iso()
    assert.equal(browser.cookies.sid, former.sid, 'a step is no session')
    fixture.clock.advance(MINUTE)
    const question = { factor: 'question', question: 'disliked_food', 'credentials.answer': 'Brussels sprouts' }
    assert.equal((await submit(browser, page, '/signin/enroll', question)).status, 303)
    const second = await me(browser.cookies)
    assert.deepEqual([second.lastPasswordVerification, second.lastFactorVerification], [password, iso()])
    assert.deepEqual([second.amr, second.mfaActive], [['pwd', 'kba', 'mfa'], true])
    assert.notEqual(second.id, first.id)
    for (const name of ['sid', 'idx']) assert.notEqual(browser.cookies[name], former[name], name)
    assert.equal((await me(former)).errorCode, 'E0000007')
    const byId = await fixture.request('GET', `/api/v1/sessions/${second.id}`)
    assert.equal(byId.json.lastFactorVerification, second.lastFactorVerification)
  })

  it('whoever the policy denies reads what anybody reads whose password is wrong', async () => {
    const denied = await policyForGroup(fixture, 'denied', { access: 'DENY' })
    const person = await member(denied)
    const refused = await start(person)
    assert.deepEqual([refused.status, refused.json.errorCode], [401, 'E0000004'])
    const page = await signIn(newBrowser(), person)
    assert.equal(page.status, 401)
    assert.match(page.text, /Unable to sign in/)
  })
})
