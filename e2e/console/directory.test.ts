// People and groups in the console, as an administrator goes about them; what comes of it is asked of the API, and of the person.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createPerson, registerWebApp } from '../harness/admin.ts'
import { assertRefusedLoads } from '../harness/browser.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const PASSWORD = 'Quiet-Harbour-41-Lamp'

/** An answer of the API to the token of the first administrator. */
async function ask(path: string): Promise<{ readonly status: number; readonly json: Wire }> {
  const { url, apiToken } = stage.keystead
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `SSWS ${apiToken}` } })
  return { status: answer.status, json: await answer.json() }
}
// biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
type Wire = any

const named = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const open = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()

async function act(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: action }).click()
  await page.getByRole('menu').waitFor({ state: 'hidden' })
}

describe('people in the console', () => {
  test('a person is added, gets the link that is shown once, chooses a password and is found', () =>
    stage.visit(async ({ page, takeProblems }) => {
      await signInToConsole(page, stage.keystead)
      await open(page, 'People')
      await named(page, 'People').waitFor()
      await seeNoBarriers(page)
      await page.getByRole('link', { name: 'Add person' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      assert.equal(await page.getByText('The field cannot be left blank').count(), 4)
      await page.getByLabel('First name').fill('Grace')
      await page.getByLabel('Last name').fill('Hopper')
      await page.getByLabel('Primary email').fill(stage.keystead.admin.login)
      assert.equal(await page.getByLabel('Username').inputValue(), stage.keystead.admin.login)
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('An object with this field already exists').waitFor()
      assertRefusedLoads(takeProblems(), [400])
      await page.getByLabel('Username').fill('grace@navy.example')
      await page.getByLabel('Primary email').fill('hopper@navy.example')
      assert.equal(await page.getByLabel('Username').inputValue(), 'grace@navy.example')
      await page.getByRole('button', { name: 'Save', exact: true }).click()

      const dialog = page.getByRole('dialog')
      await dialog.getByText('This is the only time it is shown').waitFor()
      await seeNoBarriers(page)
      const link = (await dialog.getByLabel('activation link', { exact: true }).textContent()) ?? ''
      await dialog.getByRole('button', { name: 'Done' }).click()
      await named(page, 'Grace Hopper').waitFor()
      await page.getByText('Pending user action').waitFor()
      await stage.visit(async ({ page: theirs }) => {
        await theirs.goto(link)
        for (const field of await theirs.locator('input[type="password"]').all()) await field.fill(PASSWORD)
        await theirs.locator('[data-type="save"], button[type="submit"], input[type="submit"]').first().click()
        await theirs.waitForURL((url) => !url.pathname.startsWith('/welcome'))
      })
      const { json } = await ask('/users/grace@navy.example')
      assert.deepEqual([json.status, json.profile.email], ['ACTIVE', 'hopper@navy.example'])

      await open(page, 'People')
      const search = page.getByRole('searchbox', { name: 'Search by name, username or email' })
      await search.fill('no "such" person\\')
      await page.getByText('Nobody matches').waitFor()
      await search.fill('grace hop')
      await page.getByRole('link', { name: 'Grace Hopper' }).waitFor()
      await page.getByLabel('Status', { exact: true }).first().click()
      await page.getByRole('option', { name: /^Suspended/ }).click()
      await page.getByText('Nobody matches').waitFor()
      assert.match(page.url(), /q=grace.hop&status=SUSPENDED/)
    }))

  test('with a password from the administrator, a person stands there once they are saved', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/directory/people/new`)
      await page.getByLabel('First name').fill('Mary')
      await page.getByLabel('Last name').fill('Somerville')
      await page.getByLabel('Username').fill('mary@burntisland.example')
      await page.getByLabel('I will set password').check()
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await named(page, 'Mary Somerville').waitFor()
      assert.equal((await ask('/users/mary@burntisland.example')).json.status, 'PASSWORD_EXPIRED')
    }))

  test('is suspended and not, gets another password, loses it all', () =>
    stage.visit(async ({ page }) => {
      const ada = await createPerson(stage.admin, 'Ada', 'Lovelace')
      const statusOf = async () => (await ask(`/users/${ada.id}`)).json.status
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/directory/people/${ada.id}`)
      await named(page, 'Ada Lovelace').waitFor()
      const dialog = page.getByRole('dialog')

      await act(page, 'Suspend')
      await dialog.getByText('They cannot sign in').waitFor()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Suspend' }).click()
      await page.getByText('Ada Lovelace is suspended.').waitFor()
      assert.equal(await statusOf(), 'SUSPENDED')
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone.').waitFor()
      assert.equal(await statusOf(), 'ACTIVE')

      await page.getByRole('button', { name: 'Reset password' }).click()
      await dialog.getByRole('button', { name: 'Reset password' }).click()
      const link = (await dialog.getByLabel('reset link', { exact: true }).textContent()) ?? ''
      assert.match(link, /\/signin\/reset-password\/[\w-]+$/)
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByText('Password reset', { exact: true }).waitFor()

      await act(page, 'Temporary password')
      await dialog.getByRole('button', { name: 'Temporary password' }).click()
      const password = (await dialog.getByLabel('temporary password', { exact: true }).textContent()) ?? ''
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByText('Password expired', { exact: true }).waitFor()
      await stage.visit(async ({ page: theirs }) => {
        await theirs.goto(stage.keystead.url)
        await seeSignInPage(theirs, stage.keystead)
        await signIn(theirs, { login: ada.login, password })
        await theirs
          .getByText(/expired/i)
          .first()
          .waitFor()
      })

      await act(page, 'Clear sessions')
      await dialog.getByLabel('Also revoke tokens').check()
      await dialog.getByRole('button', { name: 'Clear sessions' }).click()
      await page.getByText('Ada Lovelace is signed out everywhere.').waitFor()

      await act(page, 'Delete')
      await dialog.getByLabel(`Type ${ada.login} to confirm`).fill(ada.login)
      await dialog.getByRole('button', { name: 'Delete' }).click()
      await named(page, 'People').waitFor()
      assert.equal((await ask(`/users/${ada.id}`)).status, 404)
    }))

  test('has a profile, apps, groups and roles that are changed on their page', () =>
    stage.visit(async ({ page }) => {
      const alan = await createPerson(stage.admin, 'Alan', 'Turing')
      const places = { origin: 'http://localhost:9', callback: '/callback', signedOut: '/' }
      const app = await registerWebApp(stage.admin, 'Ticket desk', places)
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/directory/people/${alan.id}`)
      const dialog = page.getByRole('dialog')

      await page.getByRole('button', { name: 'Assign applications' }).first().click()
      await dialog.getByRole('button', { name: 'Assign Ticket desk' }).click()
      await dialog.getByText('Assigned', { exact: true }).waitFor()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: 'Unassign Ticket desk' }).waitFor()
      assert.equal((await ask(`/apps/${app.id}/users/${alan.id}`)).status, 200)
      await seeNoBarriers(page)

      await page.getByRole('tab', { name: 'Profile' }).click()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Edit' }).click()
      await page.getByLabel('Country code').fill('England')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('The field cannot have more than 2 characters').waitFor()
      await page.getByLabel('Country code').fill('GB')
      await page.getByLabel('Department').fill('Hut 8')
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Hut 8').waitFor()
      const { profile } = (await ask(`/users/${alan.id}`)).json
      assert.deepEqual([profile.countryCode, profile.department], ['GB', 'Hut 8'])

      await page.getByRole('tab', { name: 'Admin roles' }).click()
      await page.getByRole('button', { name: 'Grant role' }).first().click()
      await dialog.getByLabel('Read Only Administrator').check()
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Grant role' }).click()
      await page.getByText('Reads everything and changes nothing.').waitFor()
      const roles = await ask(`/users/${alan.id}/roles`)
      assert.deepEqual(
        roles.json.map(({ type }: Wire) => type),
        ['READ_ONLY_ADMIN'],
      )
      await page.getByRole('button', { name: 'Revoke Read Only Administrator' }).click()
      await dialog.getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('No admin roles').waitFor()

      await page.getByRole('tab', { name: 'Tokens' }).click()
      await page.getByText('No refresh tokens').waitFor()
      await seeNoBarriers(page)
    }))
})

describe('groups in the console', () => {
  test('a group is added, filled, given an app, renamed and deleted', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const kay = await createPerson(stage.admin, 'Kay', 'Johnson')
      const places = { origin: 'http://localhost:9', callback: '/callback', signedOut: '/' }
      const app = await registerWebApp(stage.admin, 'Payroll', places)
      await signInToConsole(page, stage.keystead)
      await open(page, 'Groups')
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Add group' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('everyone')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.getByText('An object with this field already exists').waitFor()
      assertRefusedLoads(takeProblems(), [400])
      await dialog.getByLabel('Name').fill('Engineering')
      await dialog.getByLabel('Description').fill('Everybody who builds')
      await seeNoBarriers(page)
      await dialog.getByRole('button', { name: 'Save' }).click()
      await named(page, 'Engineering').waitFor()
      const id = /groups\/(\w+)/.exec(page.url())?.[1] ?? ''

      await page.getByRole('button', { name: 'Add people' }).first().click()
      await dialog.getByRole('searchbox').fill('Kay')
      await dialog.getByRole('button', { name: 'Add Kay Johnson' }).click()
      await dialog.getByText('In the group').waitFor()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: 'Remove Kay Johnson' }).click()
      await page.getByText('Nobody is in this group').waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('link', { name: 'Kay Johnson' }).waitFor()
      await seeNoBarriers(page)

      await page.getByRole('tab', { name: 'Applications' }).click()
      await page.getByRole('button', { name: 'Assign applications' }).first().click()
      await dialog.getByRole('button', { name: 'Assign Payroll' }).click()
      await dialog.getByText('Assigned', { exact: true }).waitFor()
      await dialog.getByRole('button', { name: 'Done' }).click()
      assert.equal((await ask(`/apps/${app.id}/users/${kay.id}`)).json.scope, 'GROUP')
      await page.goto(`${stage.keystead.url}/admin/directory/people/${kay.id}`)
      await page.getByText('By a group').waitFor()

      await page.goto(`${stage.keystead.url}/admin/directory/groups/${id}?tab=profile`)
      await page.getByRole('button', { name: 'Edit' }).click()
      await page.getByLabel('Name').fill('Builders')
      await page.getByRole('button', { name: 'Save' }).click()
      await named(page, 'Builders').waitFor()
      await page.getByRole('button', { name: 'Delete' }).click()
      await dialog.getByLabel('Type Builders to confirm').fill('Builders')
      await dialog.getByRole('button', { name: 'Delete' }).click()
      await named(page, 'Groups').waitFor()
      assert.equal((await ask(`/groups/${id}`)).status, 404)
    }))

  test('Everyone is built in: nothing of it can be changed', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await open(page, 'Groups')
      await page.getByRole('link', { name: 'Everyone' }).click()
      await page.getByText('This group is built in').waitFor()
      assert.equal(await page.getByRole('button', { name: 'Add people' }).count(), 0)
      await page.getByRole('tab', { name: 'Profile' }).click()
      await page.getByText('can be neither changed nor deleted').waitFor()
      assert.equal(await page.getByRole('button', { name: 'Delete' }).count(), 0)
    }))

  test('the palette begins what is begun most', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      for (const [action, place] of [
        ['Add person', /\/directory\/people\/new$/],
        ['Add group', /\/directory\/groups\?dialog=add$/],
        ['Add application', /\/applications\/new$/],
        ['Add trusted origin', /\/security\/api\?tab=trusted-origins&dialog=add$/],
      ] as const) {
        await page.goto(`${stage.keystead.url}/admin/guides`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.keyboard.press('Control+k')
        await page.getByRole('textbox', { name: 'Search pages, apps, people, groups' }).fill(action)
        await page.getByRole('button', { name: action }).click()
        await page.waitForURL(place)
      }
    }))
})
