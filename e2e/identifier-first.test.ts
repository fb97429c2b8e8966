// Who it is first, the password on a page of its own, in a real browser on the way to a single-page app: for people who are known, and for
// names that are nobody's, which see the same.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seeNoBarriers } from './console/console.ts'
import { assign, createPerson, type Person, registerSpa } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { setMovableStage } from './harness/movable-stage.ts'
import { see } from './harness/see.ts'
import { seeStep } from './harness/see-step.ts'
import { seeSignInPage } from './harness/sign-in-page.ts'

const stage = await setMovableStage()
const { server, keystead, admin } = stage
const spa = await stage.serve('oidc-client')
const LABEL = 'Behind two pages'
const app = await registerSpa(admin, LABEL, {
  origin: spa.origin,
  callback: '/authentication/login-callback',
  signedOut: '/authentication/logout-callback',
})
spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

const WHO = 'Sign in'
const PROVE = 'Enter your password'
const username = (page: Page) => page.locator('input[name="identifier"]')
const password = (page: Page) => page.getByLabel('Password')
const next = (page: Page) => page.getByRole('button', { name: 'Next' })
const submit = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true })
const anotherName = (page: Page) => page.getByRole('button', { name: 'Use another username' })

async function visitorOf(lastName: string): Promise<Person> {
  const person = await createPerson(admin, 'Ida', lastName)
  await assign(admin, person, app.id)
  return person
}

/** From the app to the page that asks who it is. */
async function comeTo(page: Page): Promise<void> {
  await server.advance(1_000)
  // The app looks at its own clock.
  await page.clock.setFixedTime(server.now())
  await page.goto(spa.origin)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await seeSignInPage(page, keystead)
  await see(page.getByRole('heading', { level: 1 }), WHO)
}

async function giveName(page: Page, name: string): Promise<void> {
  await username(page).fill(name)
  await page.keyboard.press('Enter')
  await see(page.locator('[data-se="identifier"]'), name)
}

/** Passwords are looked at four times a second. */
async function prove(page: Page, word: string): Promise<void> {
  await server.advance(1_000)
  await password(page).fill(word)
  await page.keyboard.press('Enter')
}

async function seeSignedIn(page: Page, person: Person): Promise<void> {
  await see(page.getByTestId('status'), 'signed in')
  await see(page.getByTestId('name'), person.name)
}

describe('the identifier first', () => {
  before(() => stage.personUnder('Elsa', { signon: { primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' } }))
  after(() => stage.close())

  test('then the password, then the app', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Straight')
      await comeTo(page)
      await page.getByText(`to continue to ${LABEL}`).waitFor()
      assert.equal(await page.locator('input[type="password"]').count(), 0)
      await username(page).and(page.locator(':focus')).waitFor()
      await seeStep(page, WHO, 'who it is')
      await username(page).fill(person.login)
      await next(page).click()
      await seeStep(page, PROVE)
      await page.getByText(`to continue to ${LABEL}`).waitFor()
      await password(page).and(page.locator(':focus')).waitFor()
      const managers = page.locator('input[autocomplete="username"]')
      assert.equal(await managers.inputValue(), person.login)
      const { width = 9, height = 9 } = (await managers.locator('..').boundingBox()) ?? {}
      assert.ok(width <= 1 && height <= 1, 'nobody sees it')
      // The key Tab leads past it.
      await page.keyboard.press('Shift+Tab')
      await anotherName(page).and(page.locator(':focus')).waitFor()
      await password(page).fill(person.password)
      await server.advance(1_000)
      await submit(page).click()
      await seeSignedIn(page, person)
    }))

  test('and a name that is nobody’s sees the same pages with the same words', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Known')
      const seen: string[][] = []
      for (const name of [person.login, 'nobody.at.all@example.com']) {
        await comeTo(page)
        const words: string[] = []
        const read = async () => words.push((await page.locator('body').innerText()).replaceAll(name, 'NAME'))
        await giveName(page, name)
        await read()
        await prove(page, 'Wrong-Harbour-1')
        await page.getByRole('alert').getByText('Unable to sign in').waitFor()
        await read()
        if (name !== person.login) await seeStep(page, PROVE, 'refused')
        seen.push(words)
        assertRefusedLoads(takeProblems(), [401])
      }
      assert.deepEqual(seen[1], seen[0])
    }))

  test('a name that was mistyped is mended on the way, by the page and by the browser’s own button', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const person = await visitorOf('Mistyped')
      await comeTo(page)
      await giveName(page, 'mistyped@example')
      await page.goBack()
      await page.getByLabel('Keep me signed in').check()
      await giveName(page, 'mistypd@example.com')
      await prove(page, person.password)
      await page.getByRole('alert').getByText('Unable to sign in').waitFor()
      assertRefusedLoads(takeProblems(), [401])
      await anotherName(page).click()
      await see(page.getByRole('heading', { level: 1 }), WHO)
      assert.equal(await username(page).inputValue(), 'mistypd@example.com')
      assert.equal(await page.getByLabel('Keep me signed in').isChecked(), true)
      await seeNoBarriers(page)
      await giveName(page, person.login)

      await page.reload()
      await see(page.locator('[data-se="identifier"]'), person.login)
      await prove(page, person.password)
      await seeSignedIn(page, person)
    }))

  test('whoever has forgotten the password keeps the name, and comes back to the app’s sign-in', () =>
    stage.visit(async ({ page }) => {
      const person = await visitorOf('Forgetful')
      await comeTo(page)
      await giveName(page, person.login)
      for (const asks of [false, true]) {
        await page.getByRole('button', { name: 'Forgot password?' }).click()
        await seeStep(page, 'Forgot your password?')
        assert.equal(await username(page).inputValue(), person.login)
        if (asks) {
          await server.advance(1_000)
          await page.getByRole('button', { name: 'Send me a link' }).click()
          await seeStep(page, 'Check your e-mail')
        }
        await page.getByRole('button', { name: 'Back to sign in' }).click()
        await see(page.getByRole('heading', { level: 1 }), PROVE)
        await see(page.locator('[data-se="identifier"]'), person.login)
        await page.getByText(`to continue to ${LABEL}`).waitFor()
      }
      await prove(page, person.password)
      await seeSignedIn(page, person)
    }))

  test('works where no script runs, with the keyboard alone', () =>
    stage.visit(async ({ context }) => {
      const person = await visitorOf('Plain')
      const plain = await context.browser()?.newContext({ javaScriptEnabled: false })
      assert.ok(plain)
      const page = await plain.newPage()
      await server.advance(1_000)
      await page.goto(keystead.url)
      // A browser moves the focus with its next frame; what is typed before is lost, for people as for tests.
      await username(page).and(page.locator(':focus')).waitFor()
      await page.keyboard.type(person.login)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: PROVE }).waitFor()
      await password(page).and(page.locator(':focus')).waitFor()
      await page.keyboard.type(person.password)
      await page.keyboard.press('Enter')
      await page.waitForURL(`${keystead.url}/app/UserHome`)
      await plain.close()
    }))
})
