// okta-auth-js, unmodified, as an app uses it whose own pages ask for every step.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { codeOf } from '../server/test/authenticator-app.ts'
import { softwareAuthenticator } from '../server/test/software-authenticator.ts'
import { assign, type Person } from './harness/admin.ts'
import { enroll, move, setAuthnStage, stands, succeeds, verify } from './harness/authn-stage.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { addPasskeys } from './harness/passkeys.ts'

const { stage, app, open, begin } = await setAuthnStage()
const { server, admin } = stage

const ALWAYS = { requireFactor: true, factorPromptMode: 'ALWAYS' }
const TOTP = 'token:software:totp'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NEW_PASSWORD = 'Loud-Harbour-42-Lamp'

describe('okta-auth-js on pages of an app', () => {
  after(() => stage.close())

  test('an expired password is changed, after one that is wrong and one that is weak', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Exa', {})
      await stage.api('POST', `/users/${person.id}/lifecycle/expire_password`)
      await open(page)
      const expired = await begin(page, person)
      stands(expired, 'PASSWORD_EXPIRED')
      assert.deepEqual(expired.steps.toSorted(), ['cancel', 'changePassword'])
      const refused = []
      for (const [oldPassword, newPassword] of [
        ['Not-The-Password-1', NEW_PASSWORD],
        [person.password, 'weak'],
      ]) {
        await server.advance(1_000)
        const answer = await move(page, 'changePassword', { oldPassword, newPassword })
        refused.push([answer.errorCode, answer.errorCauses[0].errorSummary.split(':')[0]])
      }
      assert.deepEqual(refused, [
        ['E0000014', 'oldPassword'],
        ['E0000014', 'Password requirements were not met. Password requirements'],
      ])
      assertRefusedLoads(takeProblems(), [403, 403])
      await server.advance(1_000)
      succeeds(await move(page, 'changePassword', { oldPassword: person.password, newPassword: NEW_PASSWORD }))
      succeeds(await begin(page, { ...person, password: NEW_PASSWORD }))
    }))

  test('a password that ends soon is warned of, and the warning passed over', () =>
    stage.visit(async ({ page }) => {
      const person = await stage.personUnder('Warna', { password: { age: { maxAgeDays: 20, expireWarnDays: 10 } } })
      await server.advance(15 * DAY)
      await open(page)
      const warned = await begin(page, person, { warnBeforePasswordExpired: true })
      stands(warned, 'PASSWORD_WARN')
      assert.equal(warned._embedded.policy.expiration.passwordExpireDays, 5)
      assert.deepEqual(warned.steps.toSorted(), ['cancel', 'changePassword', 'skip'])
      succeeds(await move(page, 'skip'))
    }))

  test('an authenticator app is enrolled with a way back, and proved; the session and the ID token say so', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Tota', { signon: ALWAYS })
      await assign(admin, person, app.id)
      await open(page)
      const asked = await begin(page, person)
      stands(asked, 'MFA_ENROLL')
      assert.equal(await page.evaluate(() => window.driver.exists()), true)
      stands(await enroll(page, TOTP), 'MFA_ENROLL_ACTIVATE')
      stands(await move(page, 'prev'), 'MFA_ENROLL')
      const begun = await enroll(page, TOTP)
      stands(begun, 'MFA_ENROLL_ACTIVATE')
      assert.deepEqual(begun.steps.toSorted(), ['activate', 'cancel', 'prev'])
      const { sharedSecret, _links } = begun._embedded.factor._embedded.activation
      assert.equal((await fetch(_links.qrcode.href)).headers.get('content-type'), 'image/png')
      const code = () => codeOf(sharedSecret, server.now())

      // The page is loaded anew: the SDK finds where it stood by its cookie.
      await open(page)
      stands(await page.evaluate(() => window.driver.introspect()), 'MFA_ENROLL_ACTIVATE')
      stands(await page.evaluate(() => window.driver.resume()), 'MFA_ENROLL_ACTIVATE')
      assert.equal((await move(page, 'activate', { passCode: '000000' })).errorCode, 'E0000068')
      assertRefusedLoads(takeProblems(), [403])
      succeeds(await move(page, 'activate', { passCode: code() }))

      await server.advance(MINUTE)
      const again = await begin(page, person)
      stands(again, 'MFA_REQUIRED')
      const passCode = code()
      const used = await verify(page, TOTP, { passCode })
      const sessionToken = succeeds(used)
      // The SDK looks at its own clock.
      await page.clock.setFixedTime(server.now())
      const claims = await page.evaluate((token) => window.driver.tokens(token), sessionToken)
      assert.equal(claims.preferred_username, person.login)
      assert.deepEqual(claims.amr.toSorted(), ['mfa', 'otp', 'pwd'])
      const session = await page.evaluate(() => window.driver.session())
      assert.deepEqual((session as unknown as { amr: string[] }).amr.toSorted(), ['mfa', 'otp', 'pwd'])

      await begin(page, person)
      const replayed = await verify(page, TOTP, { passCode })
      assert.equal(replayed.errorCode, 'E0000082')
      assert.equal((await move(page, 'cancel')).status, undefined)
      assert.equal(await page.evaluate(() => window.driver.exists()), false)
      assertRefusedLoads(takeProblems(), [403])
    }))

  test('a question is chosen from the list, and its answer proved', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Questa', { signon: ALWAYS })
      await open(page)
      stands(await begin(page, person), 'MFA_ENROLL')
      const questions = await page.evaluate(() => window.driver.questions())
      assert.ok(questions.some(({ question }: { question: string }) => question === 'disliked_food'))
      const short = await enroll(page, 'question', { profile: { question: 'disliked_food', answer: 'no' } })
      assert.equal(short.errorCode, 'E0000001')
      succeeds(await enroll(page, 'question', { profile: { question: 'disliked_food', answer: 'Brussels sprouts' } }))
      stands(await begin(page, person), 'MFA_REQUIRED')
      assert.equal((await verify(page, 'question', { answer: 'carrots' })).errorCode, 'E0000068')
      succeeds(await verify(page, 'question', { answer: 'brussels sprouts' }))
      assertRefusedLoads(takeProblems(), [400, 403])
    }))

  test('a mailed code is enrolled, sent again, and proved', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Maila', { signon: ALWAYS })
      await open(page)
      stands(await begin(page, person), 'MFA_ENROLL')
      const begun = await enroll(page, 'email')
      stands(begun, 'MFA_ENROLL_ACTIVATE')
      assert.deepEqual(begun.steps.toSorted(), ['activate', 'cancel', 'prev', 'resend'])
      const first = await stage.mailedCode(person)
      assert.equal((await move(page, 'resend', 'email')).errorCode, 'E0000118')
      await server.advance(MINUTE)
      stands(await move(page, 'resend', 'email'), 'MFA_ENROLL_ACTIVATE')
      succeeds(await move(page, 'activate', { passCode: await nextCode(person, first) }))

      await server.advance(MINUTE)
      const before = await stage.mailedCode(person)
      const asked = await begin(page, person)
      stands(asked, 'MFA_REQUIRED')
      assert.match(asked._embedded.factors[0].profile.email, /^m.*\.\.\..*@example\.com$/)
      const challenged = await verify(page, 'email')
      stands(challenged, 'MFA_CHALLENGE')
      assert.deepEqual(challenged.steps.toSorted(), ['cancel', 'prev', 'resend', 'verify'])
      const second = await nextCode(person, before)
      await server.advance(MINUTE)
      stands(await move(page, 'resend', 'email'), 'MFA_CHALLENGE')
      const third = await nextCode(person, second)
      stands(await move(page, 'prev'), 'MFA_REQUIRED')
      succeeds(await verify(page, 'email', { passCode: third }))
      assertRefusedLoads(takeProblems(), [429])
    }))

  test('a passkey is enrolled and used by the helpers of the SDK, and the browser then remembered', () =>
    stage.visit(async ({ page }) => {
      const signon = { requireFactor: true, factorPromptMode: 'DEVICE' }
      const person = await stage.personUnder('Keya', { signon })
      await addPasskeys(page)
      await open(page)
      stands(await begin(page, person), 'MFA_ENROLL')
      stands(await enroll(page, 'webauthn'), 'MFA_ENROLL_ACTIVATE')
      succeeds(await page.evaluate(() => window.driver.createKey()))

      const asked = await begin(page, person)
      stands(asked, 'MFA_REQUIRED')
      assert.equal(asked._embedded.policy.allowRememberDevice, true)
      const challenged = await verify(page, 'webauthn')
      stands(challenged, 'MFA_CHALLENGE')
      assert.deepEqual([challenged.factorResult, challenged.challengeType], ['CHALLENGE', 'FACTOR'])
      succeeds(await page.evaluate(() => window.driver.useKey(true)))
      succeeds(await begin(page, person))
    }))

  test('of several passkeys whichever is at hand is used, and the browser remembered for a quarter of an hour', () =>
    stage.visit(async ({ page }) => {
      const signon = { requireFactor: true, factorPromptMode: 'SESSION', factorLifetime: 15 }
      const person = await stage.personUnder('Anya', { signon })
      await addPasskeys(page)
      await open(page)
      stands(await begin(page, person), 'MFA_ENROLL')
      stands(await enroll(page, 'webauthn'), 'MFA_ENROLL_ACTIVATE')
      succeeds(await page.evaluate(() => window.driver.createKey()))
      // One that somebody has enrolled elsewhere, and is not here.
      const factors = `/users/${person.id}/factors`
      const begun = await stage.api('POST', factors, { factorType: 'webauthn', provider: 'FIDO' })
      const elsewhere = softwareAuthenticator({ origin: server.url, rpId: new URL(server.url).hostname })
      const { clientData, attestation } = elsewhere.create(begun._embedded.activation)
      await stage.api('POST', `${factors}/${begun.id}/lifecycle/activate`, { clientData, attestation })

      const asked = await begin(page, person)
      stands(asked, 'MFA_REQUIRED')
      assert.deepEqual(
        asked._embedded.factorTypes.map(({ factorType }: { factorType: string }) => factorType),
        ['webauthn'],
      )
      assert.equal(asked._embedded.policy.rememberDeviceLifetimeInMinutes, 15)
      const challenged = await page.evaluate(() => window.driver.askForAnyKey())
      stands(challenged, 'MFA_CHALLENGE')
      assert.deepEqual([challenged.factorResult, challenged.challengeType], ['CHALLENGE', 'FACTOR_TYPE'])
      assert.equal(challenged._embedded.factors.length, 2)
      assert.deepEqual(challenged.steps.toSorted(), ['cancel', 'prev', 'verify'])
      succeeds(await page.evaluate(() => window.driver.useAnyKey(true)))
      succeeds(await begin(page, person))
      await server.advance(15 * MINUTE)
      stands(await begin(page, person), 'MFA_REQUIRED')
    }))

  test('factors that are optional are offered to who wishes for it, and passed over', () =>
    stage.visit(async ({ page }) => {
      const person = await stage.personUnder('Optia', {})
      const options = { multiOptionalFactorEnroll: true }
      await open(page)
      const offered = await begin(page, person, options)
      stands(offered, 'MFA_ENROLL')
      assert.deepEqual(offered.steps.toSorted(), ['cancel', 'skip'])
      const question = { profile: { question: 'disliked_food', answer: 'Brussels sprouts' } }
      stands(await enroll(page, 'question', question), 'MFA_ENROLL')
      succeeds(await move(page, 'skip'))
      succeeds(await begin(page, person))
      // A password alone adds no factor beside one that is there.
      stands(await begin(page, person, options), 'MFA_REQUIRED')
      stands(await verify(page, 'question', { answer: 'brussels sprouts' }), 'MFA_ENROLL')
      succeeds(await move(page, 'skip'))
    }))

  test('whoever was asked for one factor goes back to the choice, and out of it all', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Backa', { signon: ALWAYS })
      await open(page)
      stands(await begin(page, person), 'MFA_ENROLL')
      succeeds(await enroll(page, 'question', { profile: { question: 'disliked_food', answer: 'Brussels sprouts' } }))
      stands(await begin(page, person), 'MFA_REQUIRED')
      const challenged = await verify(page, 'question')
      stands(challenged, 'MFA_CHALLENGE')
      assert.deepEqual(challenged.steps.toSorted(), ['cancel', 'prev', 'verify'])
      assert.equal((await move(page, 'verify', { answer: 'carrots' })).errorCode, 'E0000068')
      stands(await move(page, 'prev'), 'MFA_REQUIRED')
      assert.equal((await move(page, 'cancel')).errorCode, undefined)
      assert.equal(await page.evaluate(() => window.driver.exists()), false)
      assert.match((await page.evaluate(() => window.driver.resume())).errorSummary, /No transaction/)
      const dead = await page.evaluate((token) => window.driver.introspect(token), challenged.stateToken)
      assert.equal(dead.errorCode, 'E0000011')
      assertRefusedLoads(takeProblems(), [403, 401])
    }))
})

/** Another code than the one that was mailed before. */
async function nextCode(person: Person, before: string): Promise<string> {
  for (;;) {
    const code = await stage.mailedCode(person)
    if (code !== before) return code
  }
}
