// What was refused is seen, understood and mended in the console, and then the same sign-in works; and the log tells all of it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { assign, createPerson, type RegisteredApp, registerSpa } from '../harness/admin.ts'
import { assertRefusedLoads } from '../harness/browser.ts'
import { see } from '../harness/see.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { openByMenu, seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const { keystead, admin } = stage
const person = await createPerson(admin, 'Rita', 'Refused')
const spa = await stage.serve('okta-react')
const strangeSpa = await stage.serve('okta-react')
/** The app sends its callback; what is registered has a slash more. */
const slashApp = await registerSpa(admin, 'Slash app', {
  origin: spa.origin,
  callback: '/login/callback/',
  signedOut: '',
})
const otherApp = await registerSpa(admin, 'Other app', {
  origin: spa.origin,
  callback: '/login/callback',
  signedOut: '',
})

const card = (page: Page, name: string, app: string): Locator =>
  page.getByRole('article', { name }).filter({ has: page.getByRole('link', { name: app, exact: true }) })

const begin = async (page: Page, app: RegisteredApp): Promise<void> => {
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })
  await page.goto(spa.origin)
  await page.getByRole('link', { name: 'My profile' }).click()
}

const openRefused = async (page: Page): Promise<void> => {
  await signInToConsole(page, keystead)
  await openByMenu(page, 'Refused requests')
  await page.getByRole('heading', { level: 1, name: 'Refused requests' }).waitFor()
}

/** Clicks the fix of a card, looks at what it will change, and makes it. */
async function mend(page: Page, refused: Locator, title: string, look: (dialog: Locator) => Promise<void>) {
  await refused.getByRole('button', { name: title }).click()
  const dialog = page.getByRole('dialog', { name: title })
  await look(dialog)
  await dialog.getByRole('button', { name: title }).click()
  await dialog.waitFor({ state: 'hidden' })
  await refused.getByText('Resolved', { exact: true }).waitFor()
}

describe('refused requests', () => {
  test('before anything is refused, the page says how to see something', () =>
    stage.visit(async ({ page }) => {
      await openRefused(page)
      await page.getByRole('heading', { name: 'Nothing was refused in the last day' }).waitFor()
      await page.getByText('Change one letter of the redirect URI').waitFor()
      await seeNoBarriers(page)
    }))

  test('a slash too few in a redirect URI is marked, added by a click, taken back and added again', async () => {
    await assign(admin, person, slashApp.id)
    await stage.visit(async ({ page, takeProblems }) => {
      await begin(page, slashApp)
      await page.locator('[data-se="problem-code"], h1').first().waitFor()
      assertRefusedLoads(takeProblems(), [400])
    })
    await stage.visit(async ({ page }) => {
      await openRefused(page)
      const refused = card(page, 'Redirect URI not registered', 'Slash app')
      await refused.getByText('Differs in: slash at the end').waitFor()
      assert.deepEqual(await refused.locator('mark').allInnerTexts(), ['/'])
      await refused.getByText('(nothing)').waitFor({ state: 'attached' })
      await seeNoBarriers(page)
      const sent = `${spa.origin}/login/callback`
      const look = async (dialog: Locator) => {
        await see(dialog.getByRole('list', { name: 'Before' }).getByRole('listitem'), `${sent}/`)
        await see(dialog.getByRole('list', { name: 'After' }).getByRole('listitem').last(), `+ ${sent}`)
        await dialog.getByText(`curl -X PUT "$KEYSTEAD/api/v1/apps/${slashApp.id}"`).waitFor()
      }
      await mend(page, refused, 'Add this sign-in redirect URI', look)
      await page.getByRole('button', { name: 'Undo' }).click()
      await refused.getByText('Resolved', { exact: true }).waitFor({ state: 'hidden' })
      assert.deepEqual(await redirectUris(slashApp.id), [`${sent}/`])
      await mend(page, refused, 'Add this sign-in redirect URI', look)
      assert.deepEqual(await redirectUris(slashApp.id), [`${sent}/`, sent])
    })
    await stage.visit(async ({ page }) => {
      await begin(page, slashApp)
      await seeSignInPage(page, keystead)
      await signIn(page, person)
      await see(page.getByTestId('name'), person.name)
    })
  })

  test('a page of an untrusted origin is told of, and may call the API after a click', () =>
    stage.visit(async ({ page, context, takeProblems }) => {
      strangeSpa.configure({ issuer: keystead.issuer, clientId: otherApp.clientId })
      await page.goto(strangeSpa.origin)
      const ask = () =>
        page.evaluate(
          (url) =>
            fetch(`${url}/api/v1/sessions/me`, { credentials: 'include' }).then(
              ({ status }) => status,
              () => 'kept from the page',
            ),
          keystead.url,
        )
      assert.equal(await ask(), 'kept from the page')
      takeProblems()
      const console = await context.newPage()
      await openRefused(console)
      const refused = console.getByRole('article', { name: 'Origin not trusted' })
      await mend(console, refused, `Trust ${strangeSpa.origin} for CORS`, async (dialog) => {
        await dialog.getByText('Trust only what you run yourself.').waitFor()
        await seeNoBarriers(console)
      })
      assert.equal(await ask(), 200)
    }))

  test('a person who is not assigned is assigned by a click, and signs in', async () => {
    const visitPage = (story: (page: Page) => Promise<void>) =>
      stage.visit(async ({ page, takeProblems }) => {
        await begin(page, otherApp)
        await seeSignInPage(page, keystead)
        await signIn(page, person)
        await story(page)
        takeProblems()
      })
    await visitPage(async (page) => {
      await page.getByText('access_denied').or(page.getByText('not assigned')).first().waitFor()
    })
    await stage.visit(async ({ page }) => {
      await signInToConsole(page, keystead)
      await page.goto(`${keystead.url}/admin/app/oidc_client/instance/${otherApp.id}`)
      await page.getByRole('main').getByRole('link', { name: 'Refused requests' }).click()
      await page.waitForURL(`**/refused-requests?app=${otherApp.id}`)
      const refused = card(page, 'Person not assigned', 'Other app')
      await refused.getByRole('link', { name: person.login }).waitFor()
      assert.equal(await page.getByRole('article').count(), 1)
      await mend(page, refused, `Assign ${person.login} to Other app`, (dialog) =>
        see(dialog.getByRole('list', { name: 'After' }).getByRole('listitem'), `+ ${person.login}`),
      )
      await refused.getByRole('button', { name: /^Dismiss/ }).click()
      await page.getByText('Dismissed for good.').waitFor()
      await page.getByRole('heading', { name: 'Nothing of this app was refused in the last day' }).waitFor()
    })
    await visitPage((page) => see(page.getByTestId('name'), person.name))
  })
})

test('the System Log is searched, filtered, looked into, drawn and saved', () =>
  stage.visit(async ({ page, takeProblems }) => {
    await signInToConsole(page, keystead)
    await openByMenu(page, 'System Log')
    const table = page.getByRole('table', { name: 'Events', exact: true })
    const messages = table.getByRole('row')
    await messages.nth(1).waitFor()
    await seeNoBarriers(page)

    await page.getByLabel('Time range').selectOption('Last hour')
    const filter = page.getByRole('textbox', { name: 'Filter' })
    await filter.fill('eventType is 1')
    await filter.press('Enter')
    await page.getByText("Invalid filter 'eventType is 1'").waitFor()
    await filter.fill('eventType eq "application.lifecycle.create"')
    await filter.press('Enter')
    await page.getByText('2 rows').waitFor()
    // The list and the chart.
    assertRefusedLoads(takeProblems(), [400, 400])
    assert.match(page.url(), /range=hour/)

    const bars = page.getByRole('group', { name: /^Events over time/ }).getByRole('button')
    const busy = bars
      .filter({ hasNotText: 'none' })
      .and(page.getByRole('button', { name: /: [12] events? \(\d succeeded\)$/ }))
    await busy.last().click()
    await page.waitForURL(/since=.*until=/)
    await page.getByText(/^[12] rows?$/).waitFor()
    await page.goBack()
    await bars.last().focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Home')
    assert.match((await page.evaluate(() => document.activeElement?.ariaLabel)) ?? '', /: 0 events$/)
    await page.getByRole('button', { name: 'Show as table' }).click()
    await page.getByRole('columnheader', { name: 'Succeeded' }).waitFor()

    await table.getByRole('button', { name: 'Details of Create app' }).first().click()
    await table.getByText('Target 1: App').waitFor()
    await table.getByText('JSON', { exact: true }).click()
    await table.getByText('"eventType": "application.lifecycle.create"').waitFor()
    await seeNoBarriers(page)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const lines = readFileSync(await (await saved).path(), 'utf8')
      .trim()
      .split('\r\n')
    assert.equal(lines.length, 3)
    assert.match(lines[0] ?? '', /^published,eventType,/)

    await table.getByRole('link', { name: 'Other app' }).waitFor()
    await table.getByRole('button', { name: 'Actions for Create app' }).first().click()
    await page.getByRole('menuitem', { name: 'Show only this app' }).click()
    await page.getByText('1 row', { exact: true }).waitFor()
    assert.equal(
      await filter.inputValue(),
      `eventType eq "application.lifecycle.create" and target.id eq "${otherApp.id}"`,
    )

    await page.getByRole('button', { name: 'Help with the filter' }).click()
    await page.getByRole('button', { name: /^Changes of apps/ }).click()
    await table.getByRole('link', { name: 'Other app' }).first().waitFor()
    await page.getByRole('radiogroup', { name: 'Outcome' }).getByText('Refused').click()
    await page.getByRole('heading', { name: 'No such events' }).waitFor()
    await page.getByRole('button', { name: 'Show the last 7 days' }).click()
    await messages.nth(1).waitFor()
    assert.equal(await filter.inputValue(), '')

    await page.getByRole('switch', { name: 'Follow' }).check({ force: true })
    await page.getByRole('searchbox', { name: 'Search in events' }).fill('Followed group')
    await page.getByRole('heading', { name: 'No such events' }).waitFor()
    await admin.groupApi.createGroup({ group: { profile: { name: 'Followed group' } } })
    await table.getByText('Create group').waitFor()
  }))

/** As they are now: the SDK would answer from its cache. */
async function redirectUris(appId: string): Promise<readonly string[]> {
  const headers = { authorization: `SSWS ${keystead.apiToken}` }
  const app = await (await fetch(`${keystead.url}/api/v1/apps/${appId}`, { headers })).json()
  return app.settings.oauthClient.redirect_uris
}
