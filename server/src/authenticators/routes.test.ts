import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import decodeQR from 'qr/decode.js'
import { all, first, run } from '#db/unit.ts'
import { codeOf, enrollApp } from '#test/authenticator-app.ts'
import { consoleCall, openConsole } from '#test/console-client.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, type RequestOptions, startFixture, type TestAnswer } from '#test/fixture.ts'
import { allMails, lastCode as mailedCode } from '#test/mailed-code.ts'
import { newPerson, type TestPerson } from '#test/oauth-client.ts'
import { changingNothing } from '#test/rows.ts'
import { type Device, softwareAuthenticator } from '#test/software-authenticator.ts'
import { sweep } from '../sweep.ts'

const TOTP = { factorType: 'token:software:totp', provider: 'GOOGLE' }
const EMAIL = { factorType: 'email', provider: 'OKTA' }
const WEBAUTHN = { factorType: 'webauthn', provider: 'FIDO' }
const QUESTION = {
  factorType: 'question',
  provider: 'OKTA',
  profile: { question: 'disliked_food', answer: 'Mayonnaise' },
}
const DEVICE: Device = { origin: 'http://first.test', rpId: 'first.test' }
const MINUTE = 60_000

onEachDatabase('factors', (dialect) => {
  let fixture: Fixture
  before(async () => {
    fixture = await startFixture({ dialect })
  })
  after(() => fixture.close())

  const pathOf = ({ id }: Pick<TestPerson, 'id'>) => `/api/v1/users/${id}/factors`
  const ask = (method: string, path: string, json?: object, options: RequestOptions = {}) =>
    fixture.request(method, path, { ...options, ...(json ? { json } : {}) })
  const enroll = async (person: TestPerson, json: object, query = '') => {
    const answer = await ask('POST', pathOf(person) + query, json)
    assert.equal(answer.status, 200, answer.text)
    return { ...answer.json, path: `${pathOf(person)}/${answer.json.id}` }
  }
  const refusalOf = ({ status, json }: TestAnswer) => [
    status,
    json?.errorCode,
    ...(json?.errorCauses ?? []).map(({ errorSummary }: { errorSummary: string }) => errorSummary),
  ]
  const WRONG_CODE = [403, 'E0000068', "Your passcode doesn't match our records. Please try again."]
  const WRONG_ANSWER = [403, 'E0000068', "Your answer doesn't match our records. Please try again."]
  const EXHAUSTED = [429, 'E0000047']
  const SET_UP = [400, 'E0000001', 'A factor of this type is already set up.']
  const lastCode = () => mailedCode(fixture)
  const eventsOf = async (id: string) => {
    const filter = encodeURIComponent(`target.id eq "${id}"`)
    const { json } = await ask(
      'GET',
      `/api/v1/logs?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&filter=${filter}`,
    )
    return json.map((event: { eventType: string; outcome: { result: string; reason?: string } }) =>
      [event.eventType, event.outcome.result, event.outcome.reason].filter((part) => part).join(' '),
    )
  }
  /** The person's own session, begun now. */
  const ownSession = async (person: TestPerson): Promise<RequestOptions> => {
    const credentials = { username: person.login, password: person.password }
    const { json: authn } = await ask('POST', '/api/v1/authn', credentials, { token: null })
    const path = `/login/sessionCookieRedirect?token=${authn.sessionToken}&redirectUrl=${encodeURIComponent(fixture.org.url)}`
    const { cookies } = await ask('GET', path, undefined, { token: null })
    assert.ok(cookies.sid)
    return { token: null, cookies: { sid: cookies.sid }, headers: { 'content-type': 'application/json' } }
  }

  describe('an authenticator app', () => {
    test('is enrolled with a seed, activated with a code, and tells the seed no more', async () => {
      const person = await newPerson(fixture)
      const begun = await ask('POST', pathOf(person), TOTP)
      const { id } = begun.json
      const self = `${fixture.org.url}${pathOf(person)}/${id}`
      assert.match(id, /^uft/)
      const { sharedSecret, _links } = begun.json._embedded.activation
      assert.match(sharedSecret, /^[A-Z2-7]{32}$/)
      assert.deepEqual(begun.json, {
        id,
        factorType: 'token:software:totp',
        provider: 'GOOGLE',
        vendorName: 'GOOGLE',
        status: 'PENDING_ACTIVATION',
        created: begun.json.created,
        lastUpdated: begun.json.created,
        profile: { credentialId: person.login },
        _embedded: {
          activation: {
            timeStep: 30,
            sharedSecret,
            encoding: 'base32',
            keyLength: 6,
            _links: { qrcode: { href: _links.qrcode.href, hints: { allow: ['GET'] }, type: 'image/png' } },
          },
        },
        _links: {
          activate: { href: `${self}/lifecycle/activate`, hints: { allow: ['POST'] } },
          self: { href: self, hints: { allow: ['GET', 'DELETE'] } },
          user: { href: `${fixture.org.url}/api/v1/users/${person.id}`, hints: { allow: ['GET'] } },
        },
      })
      const picture = _links.qrcode.href.slice(fixture.org.url.length)
      const image = await ask('GET', picture, undefined, { token: null })
      assert.equal(image.headers['content-type'], 'image/png')
      assert.equal(
        decodeQR(pixelsOf(image.bytes)),
        `otpauth://totp/${encodeURIComponent(fixture.org.name)}:${encodeURIComponent(person.login)}?secret=${sharedSecret}&issuer=${encodeURIComponent(fixture.org.name)}`,
      )

      const passCode = codeOf(sharedSecret, fixture.clock.now())
      const activated = await ask('POST', `${pathOf(person)}/${id}/lifecycle/activate`, { passCode })
      assert.partialDeepStrictEqual(activated, { status: 200, json: { id, status: 'ACTIVE' } })
      assert.equal(activated.json._embedded, undefined)
      assert.ok(activated.json._links.verify)
      assert.equal((await ask('GET', picture, undefined, { token: null })).status, 404)
      const list = await ask('GET', pathOf(person))
      assert.deepEqual(list.json, [activated.json])
      assert.deepEqual((await ask('GET', `${pathOf(person)}/${id}`)).json, activated.json)
      for (const { text } of [activated, list]) assert.ok(!text.includes(sharedSecret))
      // The code that activated it is used.
      const again = await ask('POST', `${pathOf(person)}/${id}/verify`, { passCode })
      assert.deepEqual(refusalOf(again), [403, 'E0000082'])
    })

    test('proves with each code once, and with no wrong or old one', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const verify = async (passCode: string) => ask('POST', `${app.path}/verify`, { passCode })
      const [early, code] = [codeOf(app.sharedSecret, fixture.clock.now() - 3 * MINUTE), app.code()]
      assert.deepEqual(refusalOf(await verify(app.wrong())), WRONG_CODE)
      assert.deepEqual(refusalOf(await verify(early)), [403, 'E0000083'])
      const right = await verify(code)
      assert.deepEqual([right.status, right.json], [200, { factorResult: 'SUCCESS' }])
      assert.deepEqual(refusalOf(await verify(code)), [403, 'E0000082'])
      assert.equal((await verify(codeOf(app.sharedSecret, fixture.clock.now() + 30_000))).status, 200)
      // That was the next one's: this one's time is over with it.
      assert.deepEqual(refusalOf(await verify(code)), [403, 'E0000082'])
      // Those of one moment have no order.
      assert.deepEqual((await eventsOf(app.id)).toSorted(), [
        'user.authentication.auth_via_mfa FAILURE INVALID_CREDENTIALS',
        'user.authentication.auth_via_mfa FAILURE PASSCODE_REPLAYED',
        'user.authentication.auth_via_mfa FAILURE PASSCODE_REPLAYED',
        'user.authentication.auth_via_mfa FAILURE TIME_WINDOW_EXCEEDED',
        'user.authentication.auth_via_mfa SUCCESS',
        'user.authentication.auth_via_mfa SUCCESS',
        'user.mfa.factor.activate SUCCESS',
      ])
    })

    test('of ten uses of one code at once, on two nodes, one is good', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const other = await fixture.newNode()
      const json = { passCode: app.code() }
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          (at % 2 ? other : fixture).request('POST', `${app.path}/verify`, { json }),
        ),
      )
      assert.equal(answers.filter(({ status }) => status === 200).length, 1)
      // The rest come too late or have no try left.
      assert.ok(answers.every((answer) => [200, 403, 429].includes(answer.status)))
    })

    test('of fifty wrong codes at once, on two nodes, five are compared, and then no right one is', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const other = await fixture.newNode()
      const json = { passCode: app.wrong() }
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          (at % 2 ? other : fixture).request('POST', `${app.path}/verify`, { json }),
        ),
      )
      const counted = new Map<string, number>()
      for (const answer of answers) {
        const refusal = String(refusalOf(answer).slice(0, 2))
        counted.set(refusal, (counted.get(refusal) ?? 0) + 1)
      }
      assert.deepEqual(counted, new Map(Object.entries({ '403,E0000068': 5, '429,E0000047': 45 })))
      const verify = () => ask('POST', `${app.path}/verify`, { passCode: app.code() })
      assert.deepEqual(refusalOf(await verify()), EXHAUSTED)
      fixture.clock.advance(4 * MINUTE)
      assert.deepEqual(refusalOf(await verify()), EXHAUSTED)
      fixture.clock.advance(MINUTE)
      assert.equal((await verify()).status, 200)
    })

    test('a success gives the tries back; twenty failures in a row make five minutes an hour', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const fail = async (times: number) => {
        for (let at = 0; at < times; at++)
          assert.deepEqual(refusalOf(await ask('POST', `${app.path}/verify`, { passCode: app.wrong() })), WRONG_CODE)
      }
      const verify = () => ask('POST', `${app.path}/verify`, { passCode: app.code() })
      await fail(4)
      assert.equal((await verify()).status, 200)
      for (let round = 0; round < 4; round++) {
        await fail(5)
        assert.deepEqual(refusalOf(await verify()), EXHAUSTED)
        fixture.clock.advance(5 * MINUTE)
      }
      assert.deepEqual(refusalOf(await verify()), EXHAUSTED)
      fixture.clock.advance(55 * MINUTE)
      assert.equal((await verify()).status, 200)
    })

    test('has tries of its own: another factor’s, and another person’s, are theirs', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const second = await enrollApp(fixture, person.id, { provider: 'OKTA' })
      assert.match(second.id, /^ost/)
      for (let at = 0; at < 5; at++) await ask('POST', `${app.path}/verify`, { passCode: app.wrong() })
      assert.deepEqual(refusalOf(await ask('POST', `${app.path}/verify`, { passCode: app.code() })), EXHAUSTED)
      assert.equal((await ask('POST', `${second.path}/verify`, { passCode: second.code() })).status, 200)
    })

    test('is set up once; one that waits is replaced, and its tries are the other’s', async () => {
      const person = await newPerson(fixture)
      const first = await enroll(person, TOTP)
      for (let at = 0; at < 5; at++)
        assert.deepEqual(
          refusalOf(await ask('POST', `${first.path}/lifecycle/activate`, { passCode: 'abcdef' })),
          WRONG_CODE,
        )
      const second = await enroll(person, TOTP)
      assert.equal((await ask('GET', first.path)).status, 404)
      const passCode = () => codeOf(second._embedded.activation.sharedSecret, fixture.clock.now())
      const activate = () => ask('POST', `${second.path}/lifecycle/activate`, { passCode: passCode() })
      assert.deepEqual(refusalOf(await activate()), EXHAUSTED)
      fixture.clock.advance(5 * MINUTE)
      assert.equal((await activate()).status, 200)
      await changingNothing(fixture.deps.db, async () => {
        assert.deepEqual(refusalOf(await ask('POST', pathOf(person), TOTP)), SET_UP)
        assert.deepEqual(refusalOf(await activate()), [400, 'E0000001', 'The factor is already active.'])
      })
    })

    test('a seed that was altered, or moved to another person, proves nothing', async () => {
      const [person, thief] = [await newPerson(fixture), await newPerson(fixture)]
      const app = await enrollApp(fixture, person.id)
      const moved = await enrollApp(fixture, thief.id)
      const { db } = fixture.deps
      const tx = db.for(fixture.org.id)
      await db.write(function* () {
        const own = yield* first(tx.from('user_factor').select('sealed').where('id', '=', app.id))
        const sealed = own?.sealed ?? ''
        yield* run(tx.update('user_factor').set({ sealed }).where('id', '=', moved.id))
        const turned = `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`
        yield* run(tx.update('user_factor').set({ sealed: turned }).where('id', '=', app.id))
      })
      assert.equal((await ask('POST', `${app.path}/verify`, { passCode: app.code() })).status, 500)
      assert.equal((await ask('POST', `${moved.path}/verify`, { passCode: app.code() })).status, 500)
    })
  })

  describe('a code by e-mail', () => {
    test('is mailed to set the address up, and again to prove it; no answer has it', async () => {
      const person = await newPerson(fixture)
      const begun = await ask('POST', pathOf(person), EMAIL)
      assert.partialDeepStrictEqual(begun.json, { status: 'PENDING_ACTIVATION', profile: { email: person.login } })
      assert.match(begun.json.id, /^emf/)
      assert.equal((await allMails(fixture)).at(-1)?.to, person.login)
      const enrolling = await lastCode()
      const path = `${pathOf(person)}/${begun.json.id}`
      const activated = await ask('POST', `${path}/lifecycle/activate`, { passCode: enrolling })
      assert.partialDeepStrictEqual(activated, { status: 200, json: { status: 'ACTIVE' } })
      fixture.clock.advance(5_000)

      const asked = await fixture.request('POST', `${path}/verify`)
      assert.partialDeepStrictEqual(asked, { status: 200, json: { factorResult: 'CHALLENGE' } })
      assert.equal(asked.json.expiresAt, new Date(fixture.clock.now() + 5 * MINUTE).toISOString())
      assert.equal((await allMails(fixture)).at(-1)?.to, person.login)
      for (const { text } of [begun, activated, asked])
        for (const code of [enrolling, await lastCode()]) assert.ok(!text.includes(code))
      const verify = (passCode: string) => ask('POST', `${path}/verify`, { passCode })
      const wrong = (await lastCode()) === '000000' ? '000001' : '000000'
      assert.deepEqual(refusalOf(await verify(wrong)), WRONG_CODE)
      assert.equal((await verify(await lastCode())).status, 200)
      // Good once.
      assert.deepEqual(refusalOf(await verify(await lastCode())), WRONG_CODE)
    })

    test('is mailed once in five seconds; the newer one is the only one', async () => {
      const person = await newPerson(fixture)
      const { path } = await enroll(person, EMAIL)
      const first = await lastCode()
      for (const send of [() => ask('POST', `${path}/resend`, {}), () => ask('POST', pathOf(person), EMAIL)])
        await changingNothing(fixture.deps.db, async () => {
          assert.deepEqual(refusalOf(await send()), [429, 'E0000118'])
        })
      fixture.clock.advance(5_000)
      assert.equal((await ask('POST', `${path}/resend`, {})).status, 200)
      if ((await lastCode()) !== first)
        assert.deepEqual(refusalOf(await ask('POST', `${path}/lifecycle/activate`, { passCode: first })), WRONG_CODE)
      assert.equal((await ask('POST', `${path}/lifecycle/activate`, { passCode: await lastCode() })).status, 200)
    })

    test('ends after five minutes, or when it was asked to', async () => {
      const person = await newPerson(fixture)
      const { path } = await enroll(person, EMAIL, '?tokenLifetimeSeconds=60')
      fixture.clock.advance(MINUTE)
      assert.deepEqual(
        refusalOf(await ask('POST', `${path}/lifecycle/activate`, { passCode: await lastCode() })),
        WRONG_CODE,
      )
      await ask('POST', `${path}/resend`, {})
      fixture.clock.advance(5 * MINUTE - 1)
      assert.equal((await ask('POST', `${path}/lifecycle/activate`, { passCode: await lastCode() })).status, 200)
      for (const seconds of ['0', '86401', 'soon', '-1']) {
        const answer = await ask('POST', `${path}/verify?tokenLifetimeSeconds=${seconds}`)
        assert.equal(answer.status, 400)
      }
    })

    test('is good for whoever asked for it alone', async () => {
      const person = await newPerson(fixture)
      const { path } = await enroll(person, EMAIL, '?activate=true')
      assert.equal((await ask('POST', `${path}/verify`)).json.factorResult, 'CHALLENGE')
      const own = await ownSession(person)
      assert.deepEqual(refusalOf(await ask('POST', `${path}/verify`, { passCode: await lastCode() }, own)), WRONG_CODE)
      assert.equal((await ask('POST', `${path}/verify`, { passCode: await lastCode() })).status, 200)
    })

    test('goes to the address that its person has now: one that went to a former address counts no more', async () => {
      const person = await newPerson(fixture)
      const moveTo = async (email: string) => {
        const moved = await ask('POST', `/api/v1/users/${person.id}`, { profile: { email } })
        assert.equal(moved.status, 200, moved.text)
      }
      const pending = await enroll(person, EMAIL)
      const early = await lastCode()
      await moveTo(`second-${person.login}`)
      const activate = (passCode: string) => ask('POST', `${pending.path}/lifecycle/activate`, { passCode })
      assert.deepEqual(refusalOf(await activate(early)), WRONG_CODE)
      fixture.clock.advance(5_000)
      assert.equal((await ask('POST', `${pending.path}/resend`, {})).status, 200)
      assert.equal((await allMails(fixture)).at(-1)?.to, `second-${person.login}`)
      assert.equal((await activate(await lastCode())).status, 200)

      fixture.clock.advance(5_000)
      assert.equal((await ask('POST', `${pending.path}/verify`)).status, 200)
      const former = await lastCode()
      await moveTo(`third-${person.login}`)
      const verify = (passCode: string) => ask('POST', `${pending.path}/verify`, { passCode })
      assert.deepEqual(refusalOf(await verify(former)), WRONG_CODE)
      fixture.clock.advance(5_000)
      assert.equal((await ask('POST', `${pending.path}/verify`)).status, 200)
      assert.equal((await allMails(fixture)).at(-1)?.to, `third-${person.login}`)
      assert.equal((await verify(await lastCode())).status, 200)
      assert.deepEqual((await ask('GET', pending.path)).json.profile, { email: `third-${person.login}` })
      assert.ok((await eventsOf(pending.id)).includes('user.mfa.factor.update SUCCESS'))
    })

    test('that is asked for while the address changes is good only where it went to the new one', async () => {
      const person = await newPerson(fixture)
      const { path } = await enroll(person, EMAIL, '?activate=true')
      for (const round of [1, 2, 3, 4]) {
        fixture.clock.advance(5_000)
        const email = `round-${round}-${person.login}`
        const before = (await allMails(fixture)).length
        await Promise.all([
          ask('POST', `${path}/verify`),
          ask('POST', `/api/v1/users/${person.id}`, { profile: { email } }),
        ])
        const mailed = (await allMails(fixture)).slice(before)
        for (const { to, text } of mailed) {
          const passCode = /\b(\d{6})\b/.exec(text)?.[1] ?? ''
          const { status } = await ask('POST', `${path}/verify`, { passCode })
          assert.equal(status, to === email ? 200 : 403, to)
        }
      }
    })

    test('an administrator may vouch for the address, its person not; no other address is set up', async () => {
      const person = await newPerson(fixture)
      const before = (await allMails(fixture)).length
      const own = await ownSession(person)
      assert.equal((await ask('POST', `${pathOf(person)}?activate=true`, EMAIL, own)).status, 403)
      const other = { ...EMAIL, profile: { email: 'other@example.test' } }
      assert.equal((await ask('POST', pathOf(person), other)).status, 400)
      const named = { ...EMAIL, profile: { email: person.login.toUpperCase() } }
      assert.equal((await enroll(person, named, '?activate=true')).status, 'ACTIVE')
      const told = (await allMails(fixture)).slice(before).map(({ to, subject }) => [to, subject])
      assert.deepEqual(told, [[person.login, 'A security method was added']])
    })
  })

  describe('a security key', () => {
    const enrollKey = async (person: TestPerson, device = DEVICE) => {
      const key = softwareAuthenticator(device)
      const begun = await enroll(person, WEBAUTHN)
      const made = key.create(begun._embedded.activation)
      const json = { clientData: made.clientData, attestation: made.attestation }
      const activated = await ask('POST', `${begun.path}/lifecycle/activate`, json)
      assert.equal(activated.status, 200, activated.text)
      return { key, path: begun.path, made, activated: activated.json }
    }
    const challenge = async (path: string) => (await ask('POST', `${path}/verify`)).json._embedded.challenge
    const proofOf = ({ clientData, authenticatorData, signatureData }: Record<string, string>) => ({
      clientData,
      authenticatorData,
      signatureData,
    })

    test('is enrolled with creation options and proves with an assertion', async () => {
      const person = await newPerson(fixture)
      const { _embedded, id } = await enroll(person, WEBAUTHN)
      assert.match(id, /^fwf/)
      const { activation } = _embedded
      assert.deepEqual(activation, {
        rp: { id: 'first.test', name: fixture.org.name },
        user: { id: person.id, name: person.login, displayName: 'Ada Lovelace' },
        challenge: activation.challenge,
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        excludeCredentials: [],
        attestation: 'direct',
        authenticatorSelection: { userVerification: 'preferred', requireResidentKey: false },
        u2fParams: { appid: 'http://first.test' },
      })
      const { key, path, made, activated } = await enrollKey(person)
      assert.partialDeepStrictEqual(activated, { status: 'ACTIVE', profile: { credentialId: made.credentialId } })
      const asked = await ask('POST', `${path}/verify`)
      assert.partialDeepStrictEqual(asked.json, {
        factorResult: 'CHALLENGE',
        profile: { credentialId: made.credentialId },
        _embedded: { challenge: { userVerification: 'preferred', extensions: { appid: 'http://first.test' } } },
      })
      const json = proofOf({ ...key.get(asked.json._embedded.challenge) })
      assert.equal((await ask('POST', `${path}/verify`, json)).status, 200)
      // The challenge is answered.
      assert.equal((await ask('POST', `${path}/verify`, json)).status, 403)
      const second = await enroll(person, WEBAUTHN)
      const exclude = [{ type: 'public-key', id: made.credentialId }]
      assert.deepEqual(second._embedded.activation.excludeCredentials, exclude)
    })

    test('is read in base64 with padding too', async () => {
      const person = await newPerson(fixture)
      const padded = (text: string) => Buffer.from(text, 'base64url').toString('base64')
      const key = softwareAuthenticator(DEVICE)
      const { path, _embedded } = await enroll(person, WEBAUTHN)
      const made = key.create(_embedded.activation)
      const attested = { clientData: padded(made.clientData), attestation: padded(made.attestation) }
      assert.equal((await ask('POST', `${path}/lifecycle/activate`, attested)).status, 200)
      const signed = key.get(await challenge(path))
      const json = {
        clientData: padded(signed.clientData),
        authenticatorData: padded(signed.authenticatorData),
        signatureData: padded(signed.signatureData),
      }
      assert.equal((await ask('POST', `${path}/verify`, json)).status, 200)
    })

    for (const [why, deviation] of [
      ['another origin', { origin: 'https://evil.test' }],
      ['a look-alike origin', { origin: 'http://first.test.evil.test' }],
      ['another host', { rpId: 'evil.test' }],
      ['nobody present', { present: false }],
      ['another ceremony', { type: 'webauthn.create' }],
      ['a challenge that nobody gave', { challenge: 'A'.repeat(43) }],
      ['a count that was there before', { count: 1 }],
    ] as const)
      test(`is refused with ${why}`, async () => {
        const person = await newPerson(fixture)
        const { key, path } = await enrollKey(person)
        assert.equal((await ask('POST', `${path}/verify`, proofOf({ ...key.get(await challenge(path)) }))).status, 200)
        const json = proofOf({ ...key.get(await challenge(path), deviation) })
        const answer = await ask('POST', `${path}/verify`, json)
        assert.deepEqual(refusalOf(answer).slice(0, 2), [403, 'E0000068'])
      })

    for (const [why, deviation] of [
      ['another origin', { origin: 'https://evil.test' }],
      ['another host', { rpId: 'evil.test' }],
      ['nobody present', { present: false }],
      ['another ceremony', { type: 'webauthn.get' }],
      ['a challenge that nobody gave', { challenge: 'A'.repeat(43) }],
    ] as const)
      test(`is not set up with ${why}`, async () => {
        const person = await newPerson(fixture)
        const { path, _embedded } = await enroll(person, WEBAUTHN)
        const made = softwareAuthenticator(DEVICE).create(_embedded.activation, deviation)
        const json = { clientData: made.clientData, attestation: made.attestation }
        const answer = await ask('POST', `${path}/lifecycle/activate`, json)
        assert.deepEqual(refusalOf(answer).slice(0, 2), [403, 'E0000068'])
        assert.equal((await ask('GET', path)).json.status, 'PENDING_ACTIVATION')
      })

    test('is used at a trusted origin with the scope CORS, while it is one', async () => {
      const person = await newPerson(fixture)
      const { key, path } = await enrollKey(person)
      const origin = 'https://login.example.com'
      const use = async () => {
        const json = proofOf({ ...key.get(await challenge(path), { origin }) })
        return (await ask('POST', `${path}/verify`, json)).status
      }
      assert.equal(await use(), 403)
      const scopes = [{ type: 'CORS' }]
      const { json } = await ask('POST', '/api/v1/trustedOrigins', { name: 'Login', origin, scopes })
      assert.equal(await use(), 200)
      await ask('POST', `/api/v1/trustedOrigins/${json.id}/lifecycle/deactivate`)
      assert.equal(await use(), 403)
      await ask('DELETE', `/api/v1/trustedOrigins/${json.id}`)
    })

    test('answers its own person’s challenge alone, within five minutes', async () => {
      const [person, other] = [await newPerson(fixture), await newPerson(fixture)]
      const [mine, theirs] = [await enrollKey(person), await enrollKey(other)]
      const asked = await challenge(mine.path)
      const crossed = proofOf({ ...theirs.key.get(asked) })
      assert.equal((await ask('POST', `${theirs.path}/verify`, crossed)).status, 403)
      assert.equal((await ask('POST', `${mine.path}/verify`, crossed)).status, 403)
      const late = await challenge(mine.path)
      fixture.clock.advance(5 * MINUTE)
      assert.equal((await ask('POST', `${mine.path}/verify`, proofOf({ ...mine.key.get(late) }))).status, 403)
      const again = await challenge(mine.path)
      assert.equal((await ask('POST', `${mine.path}/verify`, proofOf({ ...mine.key.get(again) }))).status, 200)
    })

    test('that does not count is taken, and one that has counted is not when it stops', async () => {
      const person = await newPerson(fixture)
      const { key, path } = await enrollKey(person, { ...DEVICE, counts: false })
      for (const count of [0, 0, 5])
        assert.equal(
          (await ask('POST', `${path}/verify`, proofOf({ ...key.get(await challenge(path), { count }) }))).status,
          200,
        )
      const json = proofOf({ ...key.get(await challenge(path), { count: 0 }) })
      assert.equal((await ask('POST', `${path}/verify`, json)).status, 403)
    })

    test('people have ten of them at most', async () => {
      const person = await newPerson(fixture)
      for (let at = 0; at < 10; at++) await enrollKey(person)
      assert.equal((await ask('POST', pathOf(person), WEBAUTHN)).status, 400)
    })
  })

  describe('a question', () => {
    test('is active at once, proved by its answer, and replaced', async () => {
      const person = await newPerson(fixture)
      const enrolled = await enroll(person, QUESTION)
      const { path, ...json } = enrolled
      const self = `${fixture.org.url}${path}`
      assert.match(json.id, /^ufs/)
      assert.deepEqual(json, {
        id: json.id,
        factorType: 'question',
        provider: 'OKTA',
        vendorName: 'OKTA',
        status: 'ACTIVE',
        created: json.created,
        lastUpdated: json.created,
        profile: { question: 'disliked_food', questionText: 'What is the food you least liked as a child?' },
        _links: {
          questions: { href: `${fixture.org.url}${pathOf(person)}/questions`, hints: { allow: ['GET'] } },
          self: { href: self, hints: { allow: ['GET', 'DELETE'] } },
          user: { href: `${fixture.org.url}/api/v1/users/${person.id}`, hints: { allow: ['GET'] } },
        },
      })
      const verify = (answer: string) => ask('POST', `${path}/verify`, { answer })
      assert.equal((await verify('  mayonnaise')).status, 200)
      assert.deepEqual(refusalOf(await verify('ketchup')), WRONG_ANSWER)
      assert.deepEqual(refusalOf(await verify('m'.repeat(900))), WRONG_ANSWER)
      assert.deepEqual(refusalOf(await ask('POST', `${path}/verify`, {})), [
        400,
        'E0000001',
        'answer: The field cannot be left blank',
      ])
      const profile = { question: 'first_award', answer: 'Swimming' }
      const replaced = await ask('PUT', path, { profile })
      assert.partialDeepStrictEqual(replaced, {
        status: 200,
        json: { id: json.id, profile: { question: 'first_award' } },
      })
      assert.deepEqual(refusalOf(await verify('mayonnaise')), WRONG_ANSWER)
      assert.equal((await verify('swimming')).status, 200)
      assert.deepEqual(refusalOf(await ask('POST', pathOf(person), QUESTION)), SET_UP)
      for (const { text } of [replaced, await ask('GET', pathOf(person))]) assert.ok(!/mayonnaise|swimming/i.test(text))
    })

    test('is chosen from twenty', async () => {
      const person = await newPerson(fixture)
      const { json } = await ask('GET', `${pathOf(person)}/questions`)
      assert.equal(json.length, 20)
      assert.deepEqual(json[0], {
        question: 'disliked_food',
        questionText: 'What is the food you least liked as a child?',
      })
    })

    test('is chosen from the same twenty by whoever is signing in, who has no session yet', async () => {
      const person = await newPerson(fixture)
      const { json: questions } = await ask('GET', `${pathOf(person)}/questions`)
      for (const id of [person.id, '00unobodyatall123456'])
        assert.deepEqual(
          (await ask('GET', `/api/v1/users/${id}/factors/questions`, undefined, { token: null })).json,
          questions,
        )
    })
  })

  test('the catalog says what there is and what the person has', async () => {
    const person = await newPerson(fixture)
    await enroll(person, QUESTION)
    await enroll(person, TOTP)
    const { json } = await ask('GET', `${pathOf(person)}/catalog`)
    assert.deepEqual(
      json.map(({ factorType, provider, status, enrollment }: Record<string, string>) =>
        [factorType, provider, status, enrollment].join(' '),
      ),
      [
        'question OKTA ACTIVE OPTIONAL',
        'email OKTA NOT_SETUP OPTIONAL',
        'token:software:totp GOOGLE NOT_SETUP OPTIONAL',
        'token:software:totp OKTA NOT_SETUP OPTIONAL',
        'webauthn FIDO NOT_SETUP OPTIONAL',
      ],
    )
    assert.equal(json[2]._links.enroll.href, `${fixture.org.url}${pathOf(person)}`)
  })

  for (const [factorType, provider] of [
    ['sms', 'OKTA'],
    ['push', 'OKTA'],
    ['token', 'RSA'],
    ['token:software:totp', 'FIDO'],
    ['__proto__', 'OKTA'],
  ] as const)
    test(`${factorType} of ${provider} is refused in Okta’s words, and nothing is kept`, async () => {
      const person = await newPerson(fixture)
      await changingNothing(fixture.deps.db, async () => {
        const answer = await ask('POST', pathOf(person), { factorType, provider })
        assert.deepEqual(refusalOf(answer), [400, 'E0000001', 'Invalid Factor.'])
      })
    })

  test('nothing is enrolled for somebody who is suspended or deactivated', async () => {
    const person = await newPerson(fixture)
    const app = await enrollApp(fixture, person.id)
    for (const action of ['suspend', 'deactivate']) {
      await ask('POST', `/api/v1/users/${person.id}/lifecycle/${action}`)
      assert.deepEqual(refusalOf(await ask('POST', pathOf(person), QUESTION)), [403, 'E0000038'])
      assert.deepEqual(refusalOf(await ask('POST', `${app.path}/verify`, { passCode: app.code() })), [403, 'E0000038'])
    }
    // What they have stays, until they are deleted.
    assert.equal((await ask('GET', pathOf(person))).json.length, 1)
    assert.equal((await ask('DELETE', `/api/v1/users/${person.id}`)).status, 204)
    assert.equal((await ask('GET', pathOf(person))).status, 404)
  })

  test('one is removed, and all are; a changed password leaves them', async () => {
    const person = await newPerson(fixture)
    const app = await enrollApp(fixture, person.id)
    const question = await enroll(person, QUESTION)
    await enroll(person, EMAIL, '?activate=true')
    const password = { credentials: { password: { value: 'Another-Tulip-9' } } }
    assert.equal((await ask('POST', `/api/v1/users/${person.id}`, password)).status, 200)
    assert.equal((await ask('GET', pathOf(person))).json.length, 3)
    assert.equal((await ask('DELETE', question.path)).status, 204)
    for (const method of ['GET', 'DELETE'])
      assert.equal(
        (await ask(method, question.path)).json.errorSummary,
        `Not found: Resource not found: ${question.id} (UserFactor)`,
      )
    const reset = await ask('POST', `/api/v1/users/${person.id}/lifecycle/reset_factors`)
    assert.deepEqual([reset.status, reset.json], [200, {}])
    assert.deepEqual((await ask('GET', pathOf(person))).json, [])
    assert.equal((await ask('POST', `${app.path}/verify`, { passCode: app.code() })).status, 404)
    assert.deepEqual(await eventsOf(question.id), [
      'user.mfa.factor.activate SUCCESS',
      'user.mfa.factor.deactivate SUCCESS',
    ])
    assert.deepEqual((await eventsOf(app.id)).at(-1), 'user.mfa.factor.reset_all SUCCESS')
  })

  test('what nobody completed is swept after a day, and challenges when they end', async () => {
    const person = await newPerson(fixture)
    const pending = await enroll(person, TOTP)
    const app = await enrollApp(fixture, person.id, { provider: 'OKTA' })
    await enroll(person, EMAIL)
    fixture.clock.advance(24 * 60 * MINUTE)
    const passCode = codeOf(pending._embedded.activation.sharedSecret, fixture.clock.now())
    assert.deepEqual(refusalOf(await ask('POST', `${pending.path}/lifecycle/activate`, { passCode })), WRONG_CODE)
    await sweep(fixture.deps)
    const { json } = await ask('GET', pathOf(person))
    assert.deepEqual(
      json.map(({ id }: { id: string }) => id),
      [app.id],
    )
    const { db } = fixture.deps
    const tx = db.for(fixture.org.id)
    const left = await db.read(all(tx.from('factor_challenge').selectAll()))
    assert.deepEqual(left, [])
  })

  describe('people and their own factors', () => {
    test('their session reads and proves them, and changes them while the sign-in is recent', async () => {
      const person = await newPerson(fixture)
      const own = await ownSession(person)
      const path = '/api/v1/users/me/factors'
      const begun = await ask('POST', path, TOTP, own)
      assert.equal(begun.status, 200, begun.text)
      const { sharedSecret } = begun.json._embedded.activation
      fixture.clock.advance(15 * MINUTE)
      const passCode = () => codeOf(sharedSecret, fixture.clock.now())
      const activate = (options: RequestOptions) =>
        ask('POST', `${path}/${begun.json.id}/lifecycle/activate`, { passCode: passCode() }, options)
      assert.deepEqual(refusalOf(await activate(own)), [
        403,
        'E0000006',
        'Sign in again to change how you sign in: your last sign-in is more than 15 minutes ago.',
      ])
      const recent = await ownSession(person)
      assert.equal((await activate(recent)).status, 200)
      fixture.clock.advance(30_000)
      assert.equal((await ask('GET', path, undefined, own)).json.length, 1)
      const verified = await ask('POST', `${path}/${begun.json.id}/verify`, { passCode: passCode() }, own)
      assert.equal(verified.status, 200, verified.text)
    })

    test('who has a factor changes none with a password alone', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const own = await ownSession(person)
      await changingNothing(fixture.deps.db, async () => {
        for (const [method, path, json] of [
          ['POST', pathOf(person), QUESTION],
          ['POST', pathOf(person), WEBAUTHN],
          ['DELETE', app.path],
        ] as const)
          assert.deepEqual(refusalOf(await ask(method, path, json, own)), [
            403,
            'E0000006',
            'Sign in with one of your factors to change how you sign in.',
          ])
      })
    })

    test('nobody else’s are theirs to read, to prove or to change', async () => {
      const [person, other] = [await newPerson(fixture), await newPerson(fixture)]
      const app = await enrollApp(fixture, person.id)
      const theirs = await ownSession(other)
      const own = await enrollApp(fixture, other.id)
      await changingNothing(fixture.deps.db, async () => {
        for (const [method, path, json] of [
          ['GET', pathOf(person)],
          ['GET', `${pathOf(person)}/catalog`],
          ['GET', `${pathOf(person)}/questions`],
          ['POST', pathOf(person), QUESTION],
          ['GET', app.path],
          ['PUT', app.path, { profile: QUESTION.profile }],
          ['DELETE', app.path],
          ['POST', `${app.path}/lifecycle/activate`, { passCode: app.code() }],
          ['POST', `${app.path}/resend`, {}],
          ['POST', `${app.path}/verify`, { passCode: app.code() }],
          ['POST', `/api/v1/users/${person.id}/lifecycle/reset_factors`, {}],
        ] as const) {
          const { status } = await ask(method, path, json, theirs)
          assert.equal(status, 403, `${method} ${path}`)
        }
        // The factor of one under the path of the other.
        assert.equal((await ask('GET', `${pathOf(other)}/${app.id}`, undefined, theirs)).status, 404)
        assert.equal(
          (await ask('POST', `${pathOf(other)}/${app.id}/verify`, { passCode: app.code() }, theirs)).status,
          404,
        )
        assert.equal((await ask('DELETE', `${pathOf(person)}/${own.id}`)).status, 404)
      })
    })

    test('administrators who may not change people read factors and change none; nor those of who stands above them', async () => {
      const person = await newPerson(fixture)
      const app = await enrollApp(fixture, person.id)
      const admin = (await ask('GET', '/api/v1/users/me')).json.id
      const token = await tokenOf('USER_ADMIN')
      assert.equal((await ask('DELETE', app.path, undefined, { token })).status, 204)
      assert.equal((await ask('POST', `/api/v1/users/${admin}/factors`, QUESTION, { token })).status, 403)
      assert.equal((await ask('POST', `/api/v1/users/${admin}/lifecycle/reset_factors`, {}, { token })).status, 403)
      // Nor do they use up the tries of a factor that is not theirs to change.
      const theirs = await enrollApp(fixture, admin)
      const tried = await ask('POST', `${theirs.path}/verify`, { passCode: '000000' }, { token })
      assert.deepEqual([tried.status, tried.json.errorCode], [403, 'E0000006'])
      assert.equal((await ask('POST', `${theirs.path}/verify`, { passCode: theirs.code() })).status, 200)
      assert.equal((await ask('DELETE', theirs.path)).status, 204)
      const weak = await tokenOf('HELP_DESK_ADMIN')
      assert.equal((await ask('GET', pathOf(person), undefined, { token: weak })).status, 200)
      for (const path of [pathOf(person), pathOf({ id: 'me' })])
        assert.equal((await ask('POST', path, QUESTION, { token: weak })).status, 403)
    })

    /** The token of somebody who made it while they might, and has that role now. */
    async function tokenOf(type: string): Promise<string> {
      const person = await newPerson(fixture)
      const roles = `/api/v1/users/${person.id}/roles`
      const { json: role } = await ask('POST', roles, { type: 'SUPER_ADMIN' })
      const { browser } = await openConsole(fixture, person)
      const json = { name: `Token of ${person.login}` }
      const made = await consoleCall(fixture, browser, 'POST', '/api/v1/keystead/api-tokens', { json })
      assert.equal(made.status, 201, made.text)
      await ask('DELETE', `${roles}/${role.id}`)
      await ask('POST', roles, { type })
      return made.json.token
    }
  })
})

/** The pixels of a picture with one bit of grey, as the decoder takes them. */
function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const start = png.indexOf('IDAT') + 4
  const lines = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)))
  const row = Math.ceil(width / 8) + 1
  const data = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const white = ((lines[y * row + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      data.fill(white ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3)
      data[(y * width + x) * 4 + 3] = 255
    }
  return { width, height, data }
}
