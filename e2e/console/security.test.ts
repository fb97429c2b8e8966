// Security > API in the console: trusted origins, authorization servers with what belongs to them, and API tokens.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assign, createPerson, registerSpa } from '../harness/admin.ts'
import { assertRefusedLoads } from '../harness/browser.ts'
import { setStage } from '../harness/stage.ts'
import { seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const { admin, keystead } = stage
const BAD_REQUEST = 400

/** Chooses from a picker by what it is called. */
async function pick(page: Page, picker: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: picker }).fill(name)
  await page.getByRole('option', { name }).click()
}

const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

/** Does one thing from the menu of a row or a card. */
async function act(page: Page, of: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${of}`, exact: true }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

describe('Security > API in the console', () => {
  test('an origin is trusted, refused in plain words where it has a path, switched off, back on, and deleted', () =>
    stage.visit(async ({ page }) => {
      const origins = async () => {
        const list = await admin.trustedOriginApi.listTrustedOrigins()
        const found = []
        for await (const one of list) if (one) found.push(one)
        return found
      }
      await signInToConsole(page, keystead)
      await page.goto(`${keystead.url}/admin/security/api?tab=trusted-origins`)
      await page.getByText('No trusted origins yet').waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Add Origin' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Portal')
      await dialog.getByLabel('Origin URL').fill('https://portal.example.com/app')
      await dialog.getByRole('button', { name: 'Add Origin' }).click()
      await dialog.getByText('Origin value is not valid').waitFor()
      await seeNoBarriers(page)
      await dialog.getByLabel('Origin URL').fill('https://portal.example.com')
      await dialog.getByRole('button', { name: 'Add Origin' }).click()
      await page.getByRole('cell', { name: 'https://portal.example.com' }).waitFor()
      assert.deepEqual(
        (await origins()).map(({ origin, scopes }) => [origin, scopes?.map(({ type }) => type)]),
        [['https://portal.example.com', ['CORS', 'REDIRECT']]],
      )

      await page.getByText('iFrame embed', { exact: true }).click()
      await page.getByText('No trusted origin fits').waitFor()
      assert.match(page.url(), /type=IFRAME_EMBED/)
      await page.getByText('All', { exact: true }).click()

      await act(page, 'Portal', 'Deactivate')
      await page.getByRole('cell', { name: 'Inactive' }).waitFor()
      assert.equal((await origins())[0]?.status, 'INACTIVE')
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('cell', { name: 'Active', exact: true }).waitFor()

      await act(page, 'Portal', 'Delete')
      await dialog.getByRole('textbox').fill('Portal')
      await dialog.getByRole('button', { name: 'Delete' }).click()
      await page.getByText('No trusted origins yet').waitFor()
      assert.deepEqual(await origins(), [])
    }))

  test('an authorization server is made, with a scope, a claim, a policy and a rule, and its tokens are previewed', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const app = await registerSpa(admin, 'Shop', {
        origin: 'http://localhost:4321',
        callback: '/callback',
        signedOut: '/',
      })
      const person = await createPerson(admin, 'Mary', 'Somerville')
      await assign(admin, person, app.id)
      await signInToConsole(page, keystead)
      await page.goto(`${keystead.url}/admin/security/api`)
      await page.getByRole('link', { name: 'default' }).waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Add Authorization Server' }).click()
      await page.getByLabel('Name').fill('Orders')
      await page.getByLabel('Audience').fill('api://orders')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
      await seeNoBarriers(page)

      await openTab(page, 'Scopes')
      await page.getByRole('button', { name: 'Add Scope' }).click()
      await page.getByLabel('Name').fill('orders read')
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByText('The name may hold printable ASCII characters only').waitFor()
      await page.getByLabel('Name').fill('orders.read')
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByRole('cell', { name: 'orders.read', exact: true }).waitFor()
      await seeNoBarriers(page)

      await openTab(page, 'Claims')
      await page.getByRole('button', { name: 'Add Claim' }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('family')
      await page.getByRole('textbox', { name: 'Value' }).fill('user.(')
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByText('The expression is not valid').waitFor()
      assertRefusedLoads(takeProblems(), [BAD_REQUEST])
      await page.getByRole('textbox', { name: 'Value' }).fill('user.lastName')
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByRole('cell', { name: 'user.lastName', exact: true }).waitFor()
      await seeNoBarriers(page)

      await openTab(page, 'Access Policies')
      await page.getByText('this server issues nothing').waitFor()
      for (const name of ['For all', 'For the shop']) {
        await page.getByRole('button', { name: 'Add New Access Policy' }).first().click()
        await page.getByRole('textbox', { name: 'Name' }).fill(name)
        if (name === 'For the shop') {
          await page.getByRole('radio', { name: 'The following clients' }).check()
          await pick(page, 'Clients', 'Shop')
        }
        await page.getByRole('button', { name: 'Create Policy' }).click()
        await page.getByRole('region', { name }).waitFor()
      }
      await page.getByRole('button', { name: 'Move For the shop up' }).press('Enter')
      await page.getByText('For the shop is number 1 now.').waitFor()
      const shop = page.getByRole('region', { name: 'For the shop' })
      await shop.getByRole('button', { name: 'Add rule' }).click()
      await page.getByRole('textbox', { name: 'Rule name' }).fill('Read')
      await page.getByLabel('Access token lifetime').fill('4')
      await page.getByRole('button', { name: 'Create rule' }).click()
      await page.getByText('The access token lifetime must be between 5 and 1440 minutes').waitFor()
      await page.getByLabel('Access token lifetime').fill('15')
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Create rule' }).click()
      await shop.getByRole('cell', { name: '15 minutes' }).waitFor()

      await openTab(page, 'Token Preview')
      await pick(page, 'OAuth/OIDC client', 'Shop')
      await pick(page, 'User', 'Mary')
      await pick(page, 'Scopes', 'orders.read')
      // Here one chooses several: the list stays until it is closed.
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Preview token' }).click()
      const payload = JSON.parse(await page.getByLabel('payload of Access token').first().innerText())
      assert.deepEqual(
        [payload.aud, payload.family, payload.exp - payload.iat],
        ['api://orders', 'Somerville', 15 * 60],
      )
      await page.getByText('For the shop').waitFor()
      await seeNoBarriers(page)

      await act(page, 'Orders', 'Delete')
      await page.getByRole('dialog').getByRole('textbox').fill('Orders')
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('heading', { level: 1, name: 'API' }).waitFor()
    }))

  test('a token is made, shown once, works, and does no longer once it is revoked', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, keystead)
      await page.goto(`${keystead.url}/admin/security/api?tab=tokens`)
      await page.getByRole('button', { name: 'Create token' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('What do you want your token to be named?').fill('Nightly job')
      await dialog.getByRole('button', { name: 'Create token' }).click()
      const token = await dialog.getByLabel('token value').first().innerText()
      await page.keyboard.press('Escape')
      await page.mouse.click(5, 5)
      await seeNoBarriers(page)
      await dialog.getByLabel('I have copied the token').check()
      await dialog.getByRole('button', { name: 'OK, got it' }).click()
      await page.getByRole('cell', { name: 'Nightly job', exact: true }).waitFor()
      assert.equal((await page.content()).includes(token), false)

      const status = async () =>
        (await fetch(`${keystead.url}/api/v1/users?limit=1`, { headers: { authorization: `SSWS ${token}` } })).status
      assert.equal(await status(), 200)
      await page.getByRole('button', { name: 'Revoke Nightly job' }).click()
      await dialog.getByRole('button', { name: 'Revoke token' }).click()
      await page.getByText('The token Nightly job is revoked.').waitFor()
      assert.equal(await status(), 401)
    }))
})
