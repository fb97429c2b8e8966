// A password that was forgotten at an app: the mail is asked for on the sign-in page, its link is followed in the same browser and in
// another one, and the person ends in the app, signed in.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seeNoBarriers } from './console/console.ts'
import { assign, createPerson, type Person, registerApp } from './harness/admin.ts'
import { see } from './harness/see.ts'
import { seeSignInPage } from './harness/sign-in-page.ts'
import type { Spa } from './harness/spa.ts'
import { setStage } from './harness/stage.ts'

const NEW = 'Another-Horse-8'
const stage = await setStage()
const { keystead, admin } = stage

const mailbox = async <T>(path: string): Promise<T> => {
  const headers = { authorization: `SSWS ${keystead.apiToken}` }
  return (await fetch(`${keystead.url}/api/v1/keystead/mailbox${path}`, { headers })).json() as Promise<T>
}

/** The link of the newest mail to this address, once it has come. */
async function mailedLink(page: Page, { login }: Person): Promise<string> {
  for (let looks = 0; looks < 100; looks++) {
    const [mail] = await mailbox<readonly { readonly id: string }[]>(`?to=${encodeURIComponent(login)}`)
    if (mail) return (await mailbox<{ readonly links: readonly string[] }>(`/${mail.id}`)).links[0] ?? ''
    await page.waitForTimeout(100)
  }
  throw new Error('no mail came')
}

async function atTheApp(spa: Spa, lastName: string): Promise<Person> {
  const app = await registerApp(admin, `Forgetful ${lastName}`, 'none', {
    application_type: 'browser',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${spa.origin}/login/callback`],
    post_logout_redirect_uris: [spa.origin],
    initiate_login_uri: `${spa.origin}/login`,
  })
  const person = await createPerson(admin, 'Fay', lastName)
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })
  return person
}

async function forget(page: Page, spa: Spa, person: Person): Promise<string> {
  await page.goto(`${spa.origin}/profile`)
  await seeSignInPage(page, keystead)
  await page.getByLabel('Username').fill(person.login)
  await page.locator('[data-se="forgot-password"]').click()
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
  await seeNoBarriers(page)
  assert.equal(await page.getByLabel('Username').inputValue(), person.login)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Check your e-mail' }).waitFor()
  await seeNoBarriers(page)
  return mailedLink(page, person)
}

async function choose(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('heading', { name: 'Reset your password' }).waitFor()
  await seeNoBarriers(page)
  await page.getByLabel('New password').fill(NEW)
  await page.getByLabel('The same again').fill(NEW)
  await page.getByRole('button', { name: 'Set password' }).click()
}

describe('a password that was forgotten at an app', () => {
  test('is chosen anew in the same browser, and the person is in the app', async () => {
    const spa = await stage.serve('okta-react')
    const person = await atTheApp(spa, 'Same')
    await stage.visit(async ({ page }) => {
      await choose(page, await forget(page, spa, person))
      await see(page.getByTestId('name'), person.name)
    })
  })

  test('is chosen anew in another browser, whose app begins anew and lets the person in without a prompt', async () => {
    const spa = await stage.serve('okta-react')
    const person = await atTheApp(spa, 'Elsewhere')
    let link = ''
    await stage.visit(async ({ page }) => {
      link = await forget(page, spa, person)
    })
    await stage.visit(async ({ page }) => {
      await choose(page, link)
      await see(page.getByTestId('name'), person.name)
      assert.ok(page.url().startsWith(spa.origin))
    })
  })
})
