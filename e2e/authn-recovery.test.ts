// okta-auth-js, unmodified, on pages of an app on which people find their way back in, and somebody new the way in.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assign } from './harness/admin.ts'
import { enroll, move, type Seen, setAuthnStage, stands, succeeds } from './harness/authn-stage.ts'
import { assertRefusedLoads } from './harness/browser.ts'

const { stage, app, open, begin } = await setAuthnStage()
const { server, admin } = stage

const NEW_PASSWORD = 'Loud-Harbour-42-Lamp'
const ANSWER = 'Brussels sprouts'

const forget = (page: Page, username: string): Promise<Seen> =>
  page.evaluate(
    (username) => window.driver.forgotPassword({ username, factorType: 'EMAIL', relayState: '/kept' }),
    username,
  )
const recover = (page: Page, token: string): Promise<Seen> =>
  page.evaluate((token) => window.driver.recover(token), token)
const welcome = (page: Page, token: string, options?: object): Promise<Seen> =>
  page.evaluate(([token, options]) => window.driver.welcome(token as string, options as object), [token, options])
const setQuestion = (id: string) =>
  stage.api('POST', `/users/${id}`, {
    credentials: { recovery_question: { question: 'What did you dislike?', answer: ANSWER } },
  })

describe('okta-auth-js on pages of an app, for who is not in', () => {
  after(() => stage.close())

  test('a forgotten password: the mail, the question, another password, and the session', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await stage.personUnder('Fora', {
        password: {},
        reset: { requirement: { stepUp: { required: true } } },
      })
      await setQuestion(person.id)
      await assign(admin, person, app.id)
      await open(page)
      const waiting = await forget(page, person.login)
      stands(waiting, 'RECOVERY_CHALLENGE')
      const { status: _, steps, ...told } = waiting
      assert.deepEqual(told, {
        ...{ factorResult: 'WAITING', factorType: 'EMAIL', recoveryType: 'PASSWORD', relayState: '/kept' },
      })
      assert.deepEqual(steps, ['cancel'], 'which the SDK makes by itself')
      assert.deepEqual(await forget(page, 'nobody@example.com'), waiting)
      assert.equal(await page.evaluate(() => window.driver.exists()), false)

      const token = await stage.mailedToken(person, '/signin/reset-password')
      const asked = await recover(page, token)
      stands(asked, 'RECOVERY')
      assert.deepEqual([asked.recoveryType, asked.relayState], ['PASSWORD', '/kept'])
      assert.equal(asked._embedded.user.recovery_question.question, 'What did you dislike?')
      assert.deepEqual(asked.steps.toSorted(), ['answer', 'cancel'])
      // The page is loaded anew.
      await open(page)
      stands(await page.evaluate(() => window.driver.resume()), 'RECOVERY')
      assert.equal((await move(page, 'answer', { answer: 'carrots' })).errorCode, 'E0000087')
      const choosing = await move(page, 'answer', { answer: ANSWER })
      stands(choosing, 'PASSWORD_RESET')
      assert.deepEqual(choosing.steps.toSorted(), ['cancel', 'resetPassword'])
      assert.equal(choosing._embedded.policy.complexity.minLength, 8)
      const weak = await move(page, 'resetPassword', { newPassword: 'weak' })
      assert.equal(weak.errorCode, 'E0000014')
      assert.match(weak.errorSummary, /^The password does meet the complexity requirements/)
      assert.match(weak.errorCauses[0].errorSummary, /at least 8 characters/)
      const done = await move(page, 'resetPassword', { newPassword: NEW_PASSWORD })
      const sessionToken = succeeds(done)
      assert.equal(done.relayState, '/kept')
      assertRefusedLoads(takeProblems(), [403, 403])

      // The SDK looks at its own clock.
      await page.clock.setFixedTime(server.now())
      const claims = await page.evaluate((token) => window.driver.tokens(token), sessionToken)
      assert.equal(claims.preferred_username, person.login)
      const session = (await page.evaluate(() => window.driver.session())) as unknown as { login: string }
      assert.equal(session.login, person.login)

      assert.equal((await recover(page, token)).errorCode, 'E0000011')
      assert.equal((await begin(page, person)).errorCode, 'E0000004')
      succeeds(await begin(page, { ...person, password: NEW_PASSWORD }))
      assertRefusedLoads(takeProblems(), [401, 401])
    }))

  test('somebody who is locked out reads so, and ends it by a mail, which signs nobody in', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const lockout = { maxAttempts: 3, showLockoutFailures: true }
      const person = await stage.personUnder('Locka', { password: { lockout } })
      await open(page)
      const wrong = { ...person, password: 'Not-The-Password-1' }
      for (let time = 0; time < 2; time++) assert.equal((await begin(page, wrong)).errorCode, 'E0000004')
      assertRefusedLoads(takeProblems(), [401, 401])
      const locked = await begin(page, wrong)
      stands(locked, 'LOCKED_OUT')
      assert.deepEqual(locked.steps, ['unlock'])
      stands(await begin(page, person), 'LOCKED_OUT')
      const asked = { username: person.login, factorType: 'EMAIL' } as const
      const waiting = await move(page, 'unlock', asked)
      stands(waiting, 'RECOVERY_CHALLENGE')
      assert.equal(waiting.recoveryType, 'UNLOCK')
      assert.deepEqual(await page.evaluate((asked) => window.driver.unlockAccount(asked), asked), waiting)
      const token = await stage.mailedToken(person, '/signin/unlock')
      // No such token activates an account.
      assert.equal((await welcome(page, token)).errorCode, 'E0000004')
      const unlocked = await recover(page, token)
      stands(unlocked, 'SUCCESS')
      assert.deepEqual([unlocked.recoveryType, unlocked.sessionToken, unlocked.steps], ['UNLOCK', undefined, []])
      assert.equal(await page.evaluate(() => window.driver.exists()), false)
      succeeds(await begin(page, person))
      assert.equal((await recover(page, token)).errorCode, 'E0000011')
      assertRefusedLoads(takeProblems(), [401, 401])
    }))

  test('somebody new chooses the first password, and enrols the factor that is demanded', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const signon = { requireFactor: true, factorPromptMode: 'ALWAYS' }
      const person = await stage.newcomerUnder('Nova', { signon })
      await open(page)
      const token = await stage.mailedToken(person, '/welcome')
      assert.equal((await recover(page, token)).errorCode, 'E0000011')
      const choosing = await welcome(page, token)
      stands(choosing, 'PASSWORD_RESET')
      assert.equal(choosing.recoveryType, 'ACCOUNT_ACTIVATION')
      assert.deepEqual(choosing.steps.toSorted(), ['cancel', 'resetPassword'])
      stands(await move(page, 'resetPassword', { newPassword: NEW_PASSWORD }), 'MFA_ENROLL')
      succeeds(await enroll(page, 'question', { profile: { question: 'disliked_food', answer: ANSWER } }))
      assert.equal((await welcome(page, token)).errorCode, 'E0000004')
      stands(await begin(page, { ...person, password: NEW_PASSWORD }), 'MFA_REQUIRED')
      assertRefusedLoads(takeProblems(), [401, 401])
    }))

  test('somebody new of whom nothing more is demanded is in, past the factors that are optional', () =>
    stage.visit(async ({ page }) => {
      const person = await stage.newcomerUnder('Calma', {})
      await open(page)
      const token = await stage.mailedToken(person, '/welcome')
      const begun = await welcome(page, token)
      stands(begun, 'PASSWORD_RESET')
      // Left alone, the mail is as good as before.
      await move(page, 'cancel')
      stands(await welcome(page, token, { multiOptionalFactorEnroll: true }), 'PASSWORD_RESET')
      stands(await move(page, 'resetPassword', { newPassword: NEW_PASSWORD }), 'MFA_ENROLL')
      succeeds(await move(page, 'skip'))
    }))
})
