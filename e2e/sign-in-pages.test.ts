// Every page that stands around a sign-in, in a real browser and for everybody: what went wrong, the ways back in, the first password,
// consent, the way out, and what cannot be done. The steps of a second factor have stories of their own (`second-factor.test.ts`).
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assign, type Person, type RegisteredApp, registerSpa } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { seeError } from './harness/looks.ts'
import { type Policies, setMovableStage } from './harness/movable-stage.ts'
import { see } from './harness/see.ts'
import { seeStep } from './harness/see-step.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'

const stage = await setMovableStage()
const { server, keystead, admin } = stage
const spa = await stage.serve('oidc-client')
const places = {
  origin: spa.origin,
  callback: '/authentication/login-callback',
  signedOut: '/authentication/logout-callback',
}
const app = await registerSpa(admin, 'Team Board', places)
spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NEW = 'Loud-Harbour-42-Lamp'
const LOCKOUT = { maxAttempts: 3, autoUnlockMinutes: 30, showLockoutFailures: true }

async function visitorOf(firstName: string, policies: Policies): Promise<Person> {
  const person = await stage.personUnder(firstName, policies)
  await assign(admin, person, app.id)
  return person
}

/** From the app to the sign-in page. */
async function come(page: Page): Promise<void> {
  await server.advance(1_000)
  // The app looks at its own clock.
  await page.clock.setFixedTime(server.now())
  await page.goto(spa.origin)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeSignInPage(page, keystead)
}

async function seeSignedIn(page: Page, person: Person): Promise<void> {
  await see(page.getByTestId('name'), person.name)
  assert.ok(page.url().startsWith(spa.origin))
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function tryPassword(page: Page, password: string): Promise<void> {
  await server.advance(1_000)
  await page.locator('input[name="credentials.passcode"]').fill(password)
  await page.locator('[data-type="save"]').click()
}

async function lockOut(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Username').fill(person.login)
  for (const wrong of [1, 2, 3]) {
    await tryPassword(page, `Wrong-Harbour-${wrong}`)
    await page.getByRole('alert').getByRole('paragraph').waitFor()
  }
  assert.equal((await stage.api('GET', `/users/${person.id}`)).status, 'LOCKED_OUT')
}

async function choosePassword(page: Page, password: string, again = password): Promise<void> {
  await page.getByLabel('New password').fill(password)
  await page.getByLabel('The same again').fill(again)
  await press(page, 'Set password')
}

describe('the pages around a sign-in', () => {
  after(() => stage.close())

  test('the sign-in page, a wrong password, and a lockout that the person ends by a mail', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Lena', { password: { lockout: LOCKOUT } })
      await come(page)
      await page.getByText('Team Board').waitFor()
      await seeStep(page, 'Sign in')
      await page.getByLabel('Username').fill(person.login)
      await tryPassword(page, 'Wrong-Harbour-0')
      await seeError(page, 'Unable to sign in')
      await seeStep(page, 'Sign in', 'wrong password')
      await lockOut(page, person)
      await seeError(page, /locked/i)
      await seeStep(page, 'Sign in', 'locked out')
      takeProblems()

      await press(page, 'Unlock account?')
      assert.equal(await page.getByLabel('Username').inputValue(), person.login)
      await seeStep(page, 'Locked out?')
      await press(page, 'Send me a link')
      await seeStep(page, 'Check your e-mail', 'unlock mail sent')
      const link = await stage.mailedLink(person.login, '/signin/unlock')
      await page.goto(link)
      await seeStep(page, 'Unlock your account')
      await press(page, 'Unlock account')
      await page.getByText('Your account is unlocked.').waitFor()
      await seeStep(page, 'Sign in', 'unlocked')
      assert.equal((await stage.api('GET', `/users/${person.id}`)).status, 'ACTIVE')
      assert.equal(await page.getByLabel('Username').inputValue(), person.login)
      await tryPassword(page, person.password)
      await seeSignedIn(page, person)

      await page.goto(link)
      await seeStep(page, 'This link can’t be used')
      assertRefusedLoads(takeProblems(), [404])
    }))

  test('a lockout ends by itself once its time has passed', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Otto', { password: { lockout: LOCKOUT } })
      await come(page)
      await lockOut(page, person)
      await server.advance(29 * MINUTE)
      await come(page)
      await signIn(page, person)
      await seeError(page, /locked/i)
      await server.advance(2 * MINUTE)
      takeProblems()
      await come(page)
      await signIn(page, person)
      await seeSignedIn(page, person)
    }))

  test('a forgotten password: the question first, then rules that a new one has to keep', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const reset = { requirement: { primary: { methods: ['email'] }, stepUp: { required: true } } }
      const person = await visitorOf('Frida', { reset })
      const recovery_question = { question: 'Which street did you grow up in?', answer: 'Rosemary Lane' }
      await stage.api('POST', `/users/${person.id}`, { credentials: { recovery_question } })
      await come(page)
      await page.getByLabel('Username').fill(person.login)
      await press(page, 'Forgot password?')
      await seeStep(page, 'Forgot your password?')
      await press(page, 'Send me a link')
      await seeStep(page, 'Check your e-mail')
      const link = await stage.mailedLink(person.login, '/signin/reset-password')

      await page.goto(link.slice(0, -5))
      await seeStep(page, 'This link can’t be used', 'link cut short')
      assertRefusedLoads(takeProblems(), [404])
      await page.goto(link)
      await seeStep(page, 'Answer your security question', 'link question')
      await page.getByLabel(recovery_question.question).fill('Parsley Lane')
      await page.locator('[data-type="save"]').click()
      await page.getByRole('alert').getByRole('paragraph').waitFor()
      await seeStep(page, 'Answer your security question', 'link question wrong')
      takeProblems()
      await page.getByLabel(recovery_question.question).fill('rosemary lane')
      await page.locator('[data-type="save"]').click()
      await seeStep(page, 'Reset your password')
      await choosePassword(page, 'weak')
      await seeError(page, /requirements/i)
      await seeStep(page, 'Reset your password', 'rules not met')
      await choosePassword(page, NEW, `${NEW}-other`)
      await page
        .getByRole('alert')
        .getByText(/not the same|match/i)
        .waitFor()
      assertRefusedLoads(takeProblems(), [400, 400])
      await choosePassword(page, NEW)
      await seeSignedIn(page, person)
    }))

  test('a link that is older than it is good for', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Xaver', {})
      await page.goto(`${keystead.url}/signin/forgot-password`)
      await page.getByLabel('Username').fill(person.login)
      await press(page, 'Send me a link')
      const link = await stage.mailedLink(person.login, '/signin/reset-password')
      await server.advance(8 * DAY)
      await page.goto(link)
      await seeStep(page, 'This link can’t be used', 'link expired')
      assertRefusedLoads(takeProblems(), [404])
    }))

  test('the first password by the link of a welcome mail', () =>
    stage.visit(async ({ page }) => {
      const login = 'wanda.welcome@example.com'
      const profile = { firstName: 'Wanda', lastName: 'Welcome', email: login, login }
      const { id } = await stage.api('POST', '/users?activate=true', { profile })
      await page.goto(await stage.mailedLink(login, '/welcome'))
      await seeStep(page, 'Welcome')
      await choosePassword(page, NEW)
      await page.getByRole('heading', { name: 'My apps' }).waitFor()
      assert.equal((await stage.api('GET', `/users/${id}`)).status, 'ACTIVE')
    }))

  test('a password that ends soon may wait, and one that an administrator gave is changed at once', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Sina', { password: { age: { maxAgeDays: 10, expireWarnDays: 5 } } })
      await server.advance(7 * DAY)
      await come(page)
      await signIn(page, person)
      await page.getByText('Your password expires in 3 days').waitFor()
      await seeStep(page, 'Change your password', 'password ends soon')
      await press(page, 'Remind me later')
      await seeSignedIn(page, person)
      await page.goto(`${keystead.url}/login/signout`)
      await seeStep(page, 'You are signed out')

      const temporary = '/lifecycle/expire_password_with_temp_password?revokeSessions=true'
      const { tempPassword } = await stage.api('POST', `/users/${person.id}${temporary}`)
      await page.goto(keystead.url)
      await signIn(page, { ...person, password: tempPassword })
      await seeStep(page, 'Change your password', 'password expired')
      await choosePassword(page, 'weak')
      await seeError(page, /requirements/i)
      await seeStep(page, 'Change your password', 'password expired, rules not met')
      assertRefusedLoads(takeProblems(), [400])
      await choosePassword(page, NEW)
      await page.getByRole('heading', { name: 'My apps' }).waitFor()
    }))

  test('where a second step is asked for, one out of several optional factors is enough', () =>
    stage.visit(async ({ page }) => {
      const enrolment = { security_question: 'OPTIONAL', google_otp: 'OPTIONAL', okta_email: 'OPTIONAL' } as const
      const person = await visitorOf('Olga', { enrolment, signon: { requireFactor: true, factorPromptMode: 'ALWAYS' } })
      await come(page)
      await signIn(page, person)
      await seeStep(page, 'Set up a second step', 'optional factors')
      assert.equal(await page.locator('button[name="factor"]').count(), 3)
      await press(page, 'Security question')
      await seeStep(page, 'Choose a security question')
      await page.getByLabel('Answer').fill('Brussels sprouts')
      await press(page, 'Save')
      await seeSignedIn(page, person)
      const factors = await stage.api('GET', `/users/${person.id}/factors`)
      assert.deepEqual(
        factors.map(({ factorType }: { factorType: string }) => factorType),
        ['question'],
      )
    }))

  test('an app that asks for access is refused or granted it', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Cora', {})
      const scopes = '/authorizationServers/default/scopes'
      const wish = { consent: 'REQUIRED', metadataPublish: 'NO_CLIENTS' }
      const about = { displayName: 'Read your calendar', description: 'When you are busy, and with whom' }
      await stage.api('POST', scopes, { ...wish, ...about, name: 'calendar' })
      await stage.api('POST', scopes, { ...wish, name: 'photos', optional: true, displayName: 'See your photos' })
      const asking = await asksConsent('Calendar of the team')
      await assign(admin, person, asking.id)
      await page.goto(authorizeUrl(asking, 'openid calendar photos'))
      await signIn(page, person)
      await seeStep(page, 'Calendar of the team asks for access')
      await press(page, 'Don’t allow')
      await page.waitForURL(/error=access_denied/)
      await page.goto(authorizeUrl(asking, 'openid calendar photos'))
      await page.getByRole('button', { name: 'Allow', exact: true }).click()
      await page.waitForURL(/[?&]code=/)
      takeProblems()
    }))

  test('what cannot be done is said on a page that names the reason', () =>
    stage.visit(async ({ page, context, takeProblems }) => {
      const person = await visitorOf('Edda', {})
      await page.goto(authorizeUrl({ ...app, clientId: 'unknown' }, 'openid'))
      await seeStep(page, 'This request can’t be completed', 'unknown client')
      await page.goto(authorizeUrl(app, 'openid').replace(encodeURIComponent(places.callback), '%2Felsewhere'))
      await seeStep(page, 'This request can’t be completed', 'unknown redirect URI')
      assertRefusedLoads(takeProblems(), [400, 400])
      await come(page)
      await context.clearCookies()
      await signIn(page, person)
      await seeStep(page, 'This request can’t be completed', 'page that is too old')
      assertRefusedLoads(takeProblems(), [400])
      await page.goto(`${keystead.url}/admin/`)
      await signIn(page, person)
      await seeStep(page, 'No access to the Admin Console')
      assertRefusedLoads(takeProblems(), [403])
      await page.goto(`${keystead.url}/admin/callback?code=any&state=any`)
      await seeStep(page, 'The sign-in was not completed')
      assertRefusedLoads(takeProblems(), [400])
    }))

  test('a sign-out that another site has begun is asked about', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Rolf', {})
      await page.goto(keystead.url)
      await signIn(page, person)
      await page.getByRole('heading', { name: 'My apps' }).waitFor()
      await page.goto(`${spa.origin.replace('localhost', '127.0.0.1')}`)
      await page.evaluate((to) => window.location.assign(to), `${keystead.url}/login/signout`)
      await seeStep(page, 'Sign out?')
      await press(page, 'Sign out')
      await see(page.getByRole('heading', { level: 1 }), 'You are signed out')
    }))
})

/** An app whose people are asked. */
async function asksConsent(label: string): Promise<RegisteredApp> {
  const registered = await registerSpa(admin, label, places)
  const application = await stage.api('GET', `/apps/${registered.id}`)
  application.settings.oauthClient.consent_method = 'REQUIRED'
  application.settings.oauthClient.tos_uri = `${spa.origin}/terms`
  application.settings.oauthClient.policy_uri = `${spa.origin}/privacy`
  await stage.api('PUT', `/apps/${registered.id}`, application)
  return registered
}

const authorizeUrl = ({ clientId }: Pick<RegisteredApp, 'clientId'>, scope: string): string =>
  `${keystead.issuer}/v1/authorize?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: spa.origin + places.callback,
    response_type: 'code',
    scope,
    state: 'any',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })}`
