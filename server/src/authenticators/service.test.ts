// What the sign-in engine asks of this room: any of a person's keys, bound to a transaction, for somebody who is no caller yet.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Db } from '#db/db.ts'
import type { Caller } from '#kernel/caller.ts'
import { enrollApp } from '#test/authenticator-app.ts'
import { onEachDatabase } from '#test/databases.ts'
import { type Fixture, startFixture } from '#test/fixture.ts'
import { allMails, lastCode } from '#test/mailed-code.ts'
import { newPerson } from '#test/oauth-client.ts'
import { type Device, softwareAuthenticator } from '#test/software-authenticator.ts'
import { getUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import { activateFactor } from './activation-service.ts'
import { beginEnrollment } from './enrollment-service.ts'
import type { Proof, UserVerification } from './proof.ts'
import { challengeFactor, factorsOf, verifyFactor } from './service.ts'

const DEVICE: Device = { origin: 'http://first.test', rpId: 'first.test' }
const ANY_KEY = { kind: 'webauthn' } as const
const BOUND = { binding: 'transaction 1' }

onEachDatabase('factors in a sign-in', (dialect) => {
  let fixture: Fixture
  let nobody: Caller
  before(async () => {
    fixture = await startFixture({ dialect })
    const client = { ip: '203.0.113.7', userAgent: '', requestId: 'req', path: '/' }
    nobody = { org: fixture.org.id, orgUrl: fixture.org.url, actor: { kind: 'anonymous' }, client }
  })
  after(() => fixture.close())

  const read = <T>(work: () => Parameters<typeof fixture.deps.db.read<T>>[0]) => fixture.deps.db.read(work())
  const newUser = async (): Promise<User> => {
    const { id } = await newPerson(fixture)
    return read(() => getUser(fixture.deps.db.for(fixture.org.id), id))
  }
  const addKey = async (user: User, device: Device = DEVICE) => {
    const key = softwareAuthenticator(device)
    // What is begun in one millisecond has no order.
    fixture.clock.advance(1)
    const { factor, activation } = await beginEnrollment(fixture.deps, nobody, user, { key: 'webauthn' })
    assert.ok(activation?.kind === 'webauthn')
    const { clientData, attestation } = key.create(activation.options)
    const proof = { kind: 'attestation', clientData, attestation } as const
    const outcome = await activateFactor(fixture.deps, nobody, user, factor.id, proof)
    assert.equal(outcome.kind, 'activated')
    return { key, id: factor.id }
  }
  const askForKey = async (user: User, userVerification: UserVerification = 'preferred') => {
    const asked = await challengeFactor(fixture.deps, nobody, user, ANY_KEY, { ...BOUND, userVerification })
    assert.ok(asked.kind === 'assertion')
    return asked
  }
  const verify = (user: User, proof: Proof, bound = BOUND) =>
    verifyFactor(fixture.deps, nobody, user, ANY_KEY, proof, bound)

  test('any of a person’s keys answers, named or not, and says how sure it is', async () => {
    const user = await newUser()
    const [first, second] = [await addKey(user), await addKey(user)]
    const asked = await askForKey(user)
    assert.equal(asked.type, 'FACTOR_TYPE')
    assert.deepEqual(
      asked.factors.map(({ id }) => id),
      [first.id, second.id],
    )
    assert.equal(asked.options.allowCredentials.length, 2)
    assert.equal(asked.options.rpId, 'first.test')
    const { credentialId: _, userHandle: __, ...unnamed } = second.key.get(asked.options)
    const verified = await verify(user, { kind: 'assertion', ...unnamed })
    assert.partialDeepStrictEqual(verified, { kind: 'verified', amr: ['hwk'], userVerified: true })
    assert.ok(verified.kind === 'verified' && verified.factor.id === second.id)
    const named = second.key.get((await askForKey(user)).options, { verifiesUser: false })
    assert.partialDeepStrictEqual(await verify(user, { kind: 'assertion', ...named }), {
      kind: 'verified',
      userVerified: false,
    })
  })

  test('a challenge that demands a PIN is not answered by a touch', async () => {
    const user = await newUser()
    const { key } = await addKey(user)
    const touched = key.get((await askForKey(user, 'required')).options, { verifiesUser: false })
    assert.equal((await verify(user, { kind: 'assertion', ...touched })).kind, 'wrong')
    const sure = key.get((await askForKey(user, 'required')).options)
    assert.equal((await verify(user, { kind: 'assertion', ...sure })).kind, 'verified')
  })

  test('an answer is good where it was asked for, once, and for whom', async () => {
    const [user, other] = [await newUser(), await newUser()]
    const { key } = await addKey(user)
    const theirs = await addKey(other)
    const proof = async (): Promise<Proof> => ({ kind: 'assertion', ...key.get((await askForKey(user)).options) })
    assert.equal((await verify(user, await proof(), { binding: 'transaction 2' })).kind, 'no-challenge')
    const answered = await proof()
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => verify(user, answered)))
    assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), [
      'no-challenge',
      'no-challenge',
      'no-challenge',
      'verified',
    ])
    // Whether the right one gave back the tries of the others depends on their order.
    fixture.clock.advance(5 * 60_000)
    const signed = theirs.key.get((await askForKey(user)).options)
    assert.equal((await verify(user, { kind: 'assertion', ...signed })).kind, 'wrong')
    const forged = key.get((await askForKey(user)).options)
    const handle = { ...forged, userHandle: other.id }
    assert.equal((await verify(user, { kind: 'assertion', ...handle })).kind, 'wrong')
    const named = { ...key.get((await askForKey(user)).options), credentialId: 'bm9uZQ' }
    assert.equal((await verify(user, { kind: 'assertion', ...named })).kind, 'wrong')
  })

  test('a newer challenge of one transaction takes the place of the older', async () => {
    const user = await newUser()
    const { key } = await addKey(user)
    const older = key.get((await askForKey(user)).options)
    const newer = key.get((await askForKey(user)).options)
    assert.equal((await verify(user, { kind: 'assertion', ...older })).kind, 'no-challenge')
    assert.equal((await verify(user, { kind: 'assertion', ...newer })).kind, 'verified')
  })

  test('a key of somebody is nobody else’s as well', async () => {
    const [user, other] = [await newUser(), await newUser()]
    const key = softwareAuthenticator(DEVICE)
    const first = await beginEnrollment(fixture.deps, nobody, user, { key: 'webauthn' })
    const second = await beginEnrollment(fixture.deps, nobody, other, { key: 'webauthn' })
    assert.ok(first.activation?.kind === 'webauthn' && second.activation?.kind === 'webauthn')
    const { clientData, attestation } = key.create(first.activation.options)
    const made = { kind: 'attestation', clientData, attestation } as const
    assert.equal((await activateFactor(fixture.deps, nobody, user, first.factor.id, made)).kind, 'activated')
    const { challenge } = second.activation.options
    const renamed = Buffer.from(clientData, 'base64url')
      .toString()
      .replace(first.activation.options.challenge, challenge)
    const copied = { ...made, clientData: Buffer.from(renamed).toString('base64url') }
    await assert.rejects(activateFactor(fixture.deps, nobody, other, second.factor.id, copied), {
      code: 'validation_failed',
    })
  })

  test('a code by mail is asked for by its kind, and bound too', async () => {
    const user = await newUser()
    const begun = await beginEnrollment(fixture.deps, nobody, user, { key: 'email' })
    const code = () => lastCode(fixture)
    const proof = { kind: 'code', code: await code() } as const
    assert.equal((await activateFactor(fixture.deps, nobody, user, begun.factor.id, proof)).kind, 'activated')
    const target = { kind: 'email' } as const
    const ask = (binding: string) => challengeFactor(fixture.deps, nobody, user, target, { binding })
    assert.equal((await ask('a')).kind, 'too-soon')
    fixture.clock.advance(5_000)
    assert.equal((await ask('a')).kind, 'sent')
    const send = (text: string, binding: string) =>
      verifyFactor(fixture.deps, nobody, user, target, { kind: 'code', code: text }, { binding })
    assert.equal((await send(await code(), 'b')).kind, 'no-challenge')
    const verified = await send(await code(), 'a')
    assert.partialDeepStrictEqual(verified, { kind: 'verified', amr: ['otp'], userVerified: false })
    assert.equal((await send(await code(), 'a')).kind, 'no-challenge')
    fixture.clock.advance(5_000)
    await ask('a')
    fixture.clock.advance(5 * 60_000)
    assert.equal((await send(await code(), 'a')).kind, 'expired')
  })

  test('no code goes to an address that changes just before it is mailed', async () => {
    const moveTo = async ({ id }: User, email: string) => {
      const moved = await fixture.request('POST', `/api/v1/users/${id}`, { json: { profile: { email } } })
      assert.equal(moved.status, 200, moved.text)
    }
    /** What happens once all has been looked at and before anything is written. */
    const meanwhile = (happens: () => Promise<void>) => {
      const db: Db = {
        ...fixture.deps.db,
        async write(make, options) {
          await happens()
          return fixture.deps.db.write(make, options)
        },
      }
      return { ...fixture.deps, db }
    }
    const user = await newUser()
    await beginEnrollment(fixture.deps, nobody, user, { key: 'email', activate: true })
    fixture.clock.advance(5_000)
    const changing = meanwhile(() => moveTo(user, `moved-${user.login}`))
    const asked = await challengeFactor(changing, nobody, user, { kind: 'email' }, BOUND)
    assert.equal(asked.kind, 'too-soon')
    const again = await challengeFactor(fixture.deps, nobody, user, { kind: 'email' }, BOUND)
    assert.equal(again.kind, 'sent')
    const other = await newUser()
    const moving = meanwhile(() => moveTo(other, `moved-${other.login}`))
    await assert.rejects(beginEnrollment(moving, nobody, other, { key: 'email' }), { code: 'validation_failed' })
    const mails = (await allMails(fixture)).filter(({ text }) => /\b\d{6}\b/.test(text)).map(({ to }) => to)
    assert.ok(mails.includes(`moved-${user.login}`))
    for (const { login } of [user, other]) assert.ok(!mails.includes(login), login)
  })

  test('apps and answers need no challenge, and prove nothing of another kind', async () => {
    const user = await newUser()
    const app = await enrollApp(fixture, user.id)
    await beginEnrollment(fixture.deps, nobody, user, { key: 'question', question: 'first_award', answer: 'Swimming' })
    for (const kind of ['totp', 'question'] as const)
      assert.equal((await challengeFactor(fixture.deps, nobody, user, { kind }, BOUND)).kind, 'needless')
    const asTotp = await verifyFactor(
      fixture.deps,
      nobody,
      user,
      { kind: 'totp' },
      { kind: 'answer', answer: 'swimming' },
      BOUND,
    )
    assert.deepEqual(asTotp, { kind: 'wrong', of: 'totp' })
    const asAnswer = { kind: 'code', code: app.code() } as const
    const outcome = await verifyFactor(fixture.deps, nobody, user, { kind: 'question' }, asAnswer, BOUND)
    assert.deepEqual(outcome, { kind: 'wrong', of: 'question' })
    const answered = { kind: 'answer', answer: 'SWIMMING' } as const
    assert.partialDeepStrictEqual(
      await verifyFactor(fixture.deps, nobody, user, { kind: 'question' }, answered, BOUND),
      { kind: 'verified', amr: ['kba'] },
    )
    assert.partialDeepStrictEqual(
      await verifyFactor(fixture.deps, nobody, user, { kind: 'totp' }, { kind: 'code', code: app.code() }, BOUND),
      { kind: 'verified', amr: ['otp'], userVerified: false },
    )
    await assert.rejects(challengeFactor(fixture.deps, nobody, user, ANY_KEY, BOUND), { code: 'not_found' })
  })

  test('whoever is signing in stands in the System Log as themselves', async () => {
    const user = await newUser()
    const app = await enrollApp(fixture, user.id)
    await verifyFactor(fixture.deps, nobody, user, { factorId: app.id }, { kind: 'code', code: app.wrong() }, BOUND)
    await verifyFactor(fixture.deps, nobody, user, { factorId: app.id }, { kind: 'code', code: app.code() }, BOUND)
    const filter = encodeURIComponent(`eventType eq "user.authentication.auth_via_mfa" and target.id eq "${app.id}"`)
    const range = 'since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z'
    const { json } = await fixture.request('GET', `/api/v1/logs?${range}&filter=${filter}`)
    assert.equal(json.length, 2)
    for (const event of json) assert.equal(event.actor.alternateId, user.login)
  })

  test('what a person has leaves this room without its secret', async () => {
    const user = await newUser()
    await enrollApp(fixture, user.id)
    await addKey(user)
    const factors = await read(() => factorsOf(fixture.deps.db.for(fixture.org.id), user.id))
    for (const factor of factors) assert.ok(!/sealed|secret|publicKey|counter/i.test(JSON.stringify(factor)))
  })
})
