// Second factors on the hosted pages, in a real browser, on the way to a single-page app; and what time does to sessions and lockouts.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { codeOf } from '../server/test/authenticator-app.ts'
import { seeNoBarriers } from './console/console.ts'
import { assign, type Person, registerSpa } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { type Policies, setMovableStage } from './harness/movable-stage.ts'
import { addPasskeys } from './harness/passkeys.ts'
import { see } from './harness/see.ts'
import { seeStep } from './harness/see-step.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'

const stage = await setMovableStage()
const { server, keystead, admin } = stage
const spa = await stage.serve('oidc-client')
const app = await registerSpa(admin, 'Behind a second step', {
  origin: spa.origin,
  callback: '/authentication/login-callback',
  signedOut: '/authentication/logout-callback',
})
spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

const ALWAYS = { signon: { requireFactor: true, factorPromptMode: 'ALWAYS' } }
const MINUTE = 60_000

async function visitorOf(firstName: string, policies: Policies): Promise<Person> {
  const person = await stage.personUnder(firstName, policies)
  await assign(admin, person, app.id)
  return person
}

/** From the app to the sign-in page, and in with the password. */
async function comeIn(page: Page, person: Person): Promise<void> {
  await server.advance(1_000)
  // The app looks at its own clock.
  await page.clock.setFixedTime(server.now())
  await page.goto(spa.origin)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeSignInPage(page, keystead)
  await signIn(page, person)
}

async function seeSignedIn(page: Page, person: Person): Promise<void> {
  await see(page.getByTestId('status'), 'signed in')
  await see(page.getByTestId('name'), person.name)
}

/** Of the ID token, where oidc-client-ts keeps it. */
async function idClaims(page: Page): Promise<{ readonly amr: readonly string[] }> {
  const kept = await page.evaluate(() => Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:')))
  const [, claims = ''] = JSON.parse(kept?.[1] ?? '{}').id_token.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}

/** Out of the app, and of Keystead. */
async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await see(page.getByTestId('status'), 'signed out')
}

const choose = (page: Page, name: string) => page.getByRole('button', { name }).click()
const code = (page: Page) => page.getByLabel('Code')
const verify = (page: Page) => page.getByRole('button', { name: 'Verify', exact: true }).click()

describe('a second factor on the hosted pages', () => {
  after(() => stage.close())

  test('an authenticator app is set up on the way to an app, and asked for the next time', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Tomas', ALWAYS)
      await comeIn(page, person)
      await seeStep(page, 'Set up a second step')
      await choose(page, 'Authenticator app')
      await seeStep(page, 'Set up your authenticator app')
      await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
      const secret = (await page.locator('[data-se="shared-secret"]').innerText()).replaceAll(' ', '')
      await code(page).fill('000 000')
      await verify(page)
      await page.getByText('This code is not right').waitFor()
      assertRefusedLoads(takeProblems(), [400])
      assert.equal((await page.locator('[data-se="shared-secret"]').innerText()).replaceAll(' ', ''), secret)
      await code(page).fill(codeOf(secret, server.now()))
      await verify(page)
      await seeSignedIn(page, person)
      assert.deepEqual((await idClaims(page)).amr.toSorted(), ['mfa', 'otp', 'pwd'])

      await leave(page)
      await server.advance(MINUTE)
      await comeIn(page, person)
      await seeStep(page, 'Enter the code of your app')
      await code(page).fill('123456')
      await verify(page)
      await page.getByText('This code is not right').waitFor()
      await seeNoBarriers(page)
      assertRefusedLoads(takeProblems(), [400])
      const shown = codeOf(secret, server.now())
      await code(page).fill(`${shown.slice(0, 3)} ${shown.slice(3)}`)
      await page.keyboard.press('Enter')
      await seeSignedIn(page, person)
    }))

  test('a passkey is set up and used on the way to an app', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Petra', ALWAYS)
      await addPasskeys(page)
      await comeIn(page, person)
      await choose(page, 'Passkey or security key')
      await seeStep(page, 'Create a passkey')
      await choose(page, 'Create a passkey')
      await seeSignedIn(page, person)

      await leave(page)
      await comeIn(page, person)
      await seeStep(page, 'Verify it is you')
      await choose(page, 'Passkey or security key')
      await seeStep(page, 'Verify with your passkey')
      await choose(page, 'Use my passkey')
      await seeSignedIn(page, person)
    }))

  test('whoever has no passkey at hand is told, and chooses another way', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Nora', ALWAYS)
      await comeIn(page, person)
      await choose(page, 'Passkey or security key')
      await page.evaluate(() => {
        navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
      })
      await choose(page, 'Create a passkey')
      await page.getByText('That did not work, or was cancelled. Try again.').waitFor()
      await seeNoBarriers(page)
      await choose(page, 'Choose another way')
      await see(page.getByRole('heading', { level: 1 }), 'Set up a second step')
    }))

  test('a mailed code and a question are set up and used, one chosen among both', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Emil', ALWAYS)
      await comeIn(page, person)
      await choose(page, 'Security question')
      await seeStep(page, 'Choose a security question')
      await page.getByLabel('Question').selectOption({ label: 'What is the food you least liked as a child?' })
      await page.getByLabel('Answer').fill('Brussels sprouts')
      await choose(page, 'Save')
      await seeSignedIn(page, person)
      await leave(page)
      await comeIn(page, person)
      await seeStep(page, 'Answer your security question')

      await stage.api('POST', `/users/${person.id}/factors?activate=true`, { factorType: 'email', provider: 'OKTA' })
      await comeIn(page, person)
      await seeStep(page, 'Verify it is you')
      await choose(page, 'E-mail')
      await seeStep(page, 'Enter the code from the e-mail')
      await code(page).fill(await stage.mailedCode(person))
      await verify(page)
      await seeSignedIn(page, person)
    }))

  test('a browser is remembered where the policy allows and the person ticks it', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Remy', { signon: { requireFactor: true, factorPromptMode: 'DEVICE' } })
      const profile = { question: 'disliked_food', answer: 'Brussels sprouts' }
      await stage.api('POST', `/users/${person.id}/factors`, { factorType: 'question', provider: 'OKTA', profile })
      await comeIn(page, person)
      await page.getByLabel('Answer').or(page.getByRole('textbox')).first().fill('brussels sprouts')
      await page.getByLabel('Do not ask again on this device').check()
      await seeNoBarriers(page)
      await verify(page)
      await seeSignedIn(page, person)
      await leave(page)
      await comeIn(page, person)
      await seeSignedIn(page, person)
    }))

  test('a password that has expired is changed on its page', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Vera', {})
      await stage.api('POST', `/users/${person.id}/lifecycle/expire_password`)
      await comeIn(page, person)
      await seeStep(page, 'Change your password')
      await page.getByLabel('New password').fill('weak')
      await page.getByLabel('The same again').fill('weak')
      await choose(page, 'Set password')
      await page.getByRole('alert').getByRole('paragraph').waitFor()
      await seeNoBarriers(page)
      assertRefusedLoads(takeProblems(), [400])
      await page.getByLabel('New password').fill('Loud-Harbour-42-Lamp')
      await page.getByLabel('The same again').fill('Loud-Harbour-42-Lamp')
      await choose(page, 'Set password')
      await seeSignedIn(page, person)
    }))

  test('too many wrong passwords lock a person out, and an administrator lets them in again', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Lukas', { password: { lockout: { maxAttempts: 3 } } })
      await comeIn(page, { ...person, password: 'Wrong-Harbour-1' })
      for (const password of ['Wrong-Harbour-2', 'Wrong-Harbour-3', person.password]) {
        await page.getByRole('alert').getByText('Unable to sign in').waitFor()
        await server.advance(1_000)
        await page.locator('input[name="credentials.passcode"]').fill(password)
        await page.locator('[data-type="save"]').click()
      }
      await page.getByRole('alert').getByText('Unable to sign in').waitFor()
      await seeNoBarriers(page)
      assert.equal((await stage.api('GET', `/users/${person.id}`)).status, 'LOCKED_OUT')
      takeProblems()

      await stage.visit(async ({ page: other }) => {
        await other.goto(keystead.url)
        await signIn(other, keystead.admin)
        await other.getByRole('navigation', { name: 'Main' }).waitFor()
        await other.goto(`${keystead.url}/admin/directory/people/${person.id}`)
        await other.getByRole('button', { name: /^Unlock/ }).click()
        await other
          .getByRole('dialog')
          .getByRole('button', { name: /^Unlock/ })
          .click()
        await other.getByText('Active', { exact: true }).first().waitFor()
      })
      await comeIn(page, person)
      await seeSignedIn(page, person)
    }))

  test('a session ends when nobody comes for as long as its rule says, and at its end whoever comes', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const session = { maxSessionIdleMinutes: 30, maxSessionLifetimeMinutes: 120 }
      const person = await visitorOf('Ida', { signon: { session } })
      const isSignedIn = async () => {
        await page.goto(keystead.url)
        return page.locator('input[name="identifier"]').isHidden()
      }
      await comeIn(page, person)
      await seeSignedIn(page, person)
      await server.advance(29 * MINUTE)
      assert.equal(await isSignedIn(), true, 'within the idle time')
      await server.advance(31 * MINUTE)
      assert.equal(await isSignedIn(), false, 'beyond it')

      await comeIn(page, person)
      await seeSignedIn(page, person)
      for (const passed of [25, 50, 75, 100]) {
        await server.advance(25 * MINUTE)
        assert.equal(await isSignedIn(), true, `${passed} minutes, busy`)
      }
      await server.advance(21 * MINUTE)
      assert.equal(await isSignedIn(), false, 'beyond its end, busy')
      takeProblems()
    }))
})
