// Okta's guide "Create an app integration", click by click, and then the app that it made signs a person in.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPerson, registerSpa } from '../harness/admin.ts'
import { assertRefusedLoads } from '../harness/browser.ts'
import { answerOf, see } from '../harness/see.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { openByMenu, seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const person = await createPerson(stage.admin, 'Grace', 'Hopper')

describe('an app integration in the console', () => {
  test('the guide, word by word, ends with a single-page app that people sign in to', () =>
    stage.visit(async ({ page }) => {
      const spa = await stage.serve('okta-react')
      await signInToConsole(page, stage.keystead)
      await openByMenu(page, 'Applications')
      await seeNoBarriers(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      await seeNoBarriers(page)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.getByRole('link', { name: 'Add Application' }).click()
      await page.getByRole('button', { name: 'Create New App' }).click()
      await page.getByRole('radio', { name: 'Single-Page App (SPA)' }).check()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Create', exact: true }).click()

      const name = page.getByLabel('App integration name')
      assert.equal(await name.inputValue(), 'My SPA')
      await page.getByRole('textbox', { name: 'Login redirect URIs 1' }).fill(`${spa.origin}/login/callback`)
      await page.getByRole('textbox', { name: 'Logout redirect URIs 1' }).fill(spa.origin)
      await page.getByLabel('Initiate login URI').fill(`${spa.origin}/login`)
      assert.ok(await page.getByLabel('Refresh Token', { exact: true }).isChecked())
      await page.getByRole('textbox', { name: 'Base URIs 1' }).fill(spa.origin)
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Save' }).click()

      await page.getByRole('heading', { level: 1, name: 'My SPA' }).waitFor()
      assert.match(page.url(), /\/admin\/app\/oidc_client\/instance\/0oa\w{17}\?tab=general/)
      const id = /instance\/(\w+)/.exec(page.url())?.[1] ?? ''
      await page.getByText('A public client has no client secret').waitFor()
      await page.getByText('30 seconds').waitFor()
      await seeNoBarriers(page)

      await page.getByRole('region', { name: 'General Settings' }).getByRole('button', { name: 'Edit' }).click()
      await page.getByLabel('Grace period for token rotation').fill('61')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText("'leeway' must be a whole number of seconds from 0 to 60.").waitFor()
      await page.getByLabel('Grace period for token rotation').fill('45')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('45 seconds').waitFor()

      const app = await stage.admin.applicationApi.getApplication({ appId: id })
      const { oauthClient } = (app as unknown as { settings: { oauthClient: Record<string, unknown> } }).settings
      assert.deepEqual(oauthClient.grant_types, ['authorization_code', 'refresh_token'])
      assert.deepEqual({ ...(oauthClient.refresh_token as object) }, { rotation_type: 'ROTATE', leeway: 45 })
      assert.equal(oauthClient.initiate_login_uri, `${spa.origin}/login`)
      spa.configure({ issuer: stage.keystead.issuer, clientId: id })
      await stage.visit(async ({ page }) => {
        await page.goto(spa.origin)
        await page.getByRole('link', { name: 'My profile' }).click()
        await seeSignInPage(page, stage.keystead)
        await signIn(page, person)
        await see(page.getByTestId('name'), person.name)
        const renewed = answerOf(page, '/v1/token', { grant_type: 'refresh_token' })
        await page.getByRole('button', { name: 'Renew', exact: true }).click()
        assert.equal((await renewed).status(), 200)
      })
    }))

  test('a web app has secrets that are rotated, people who are assigned, and goes only when its name is typed', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/applications/new?type=web`)
      await page.getByLabel('App integration name').fill('Back office')
      await page.getByRole('radio', { name: 'Skip group assignment for now' }).check()
      await page.getByRole('button', { name: 'Save' }).click()

      const secrets = page.getByRole('table', { name: 'Client secrets' })
      await secrets.getByText('Active').waitFor()
      await page.getByRole('button', { name: 'Show the secret' }).click()
      await page.getByRole('button', { name: 'Generate new secret' }).click()
      await secrets.getByText('Active').nth(1).waitFor()
      assert.ok(await page.getByRole('button', { name: 'Generate new secret' }).isDisabled())
      await secrets
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Deactivate' }).click()
      await secrets.getByText('Inactive').waitFor()

      await page.getByRole('tab', { name: 'Assignments' }).click()
      await page.getByText('Nobody is assigned').waitFor()
      await page.getByRole('button', { name: 'Assign', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Assign to People' }).click()
      await page.getByRole('searchbox', { name: 'Search people by the beginning of a name or email' }).fill('grace')
      await page.getByRole('button', { name: `Assign ${person.name}` }).click()
      await page.getByRole('dialog').getByText('Assigned', { exact: true }).waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: new RegExp(`(Unassign|Remove) ${person.name}`) }).click()
      const toast = page.getByRole('alert').filter({ hasText: `${person.name} is unassigned.` })
      await toast.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('link', { name: person.name }).waitFor()

      await page.getByRole('button', { name: 'Active', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      const deletion = page.getByRole('dialog').getByRole('button', { name: 'Delete' })
      assert.ok(await deletion.isDisabled())
      await page.getByRole('dialog').getByRole('textbox').fill('Back office')
      await deletion.click()
      await page.getByRole('heading', { level: 1, name: 'Applications' }).waitFor()
      assert.equal(await page.getByRole('link', { name: 'Back office' }).count(), 0)
    }))

  test('Federation Broker Mode admits people without assignments, until the app is closed to them again', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/applications/new?type=browser`)
      await page.getByLabel('App integration name').fill('Open house')
      await page.getByLabel('Enable immediate access with Federation Broker Mode').check()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { level: 1, name: 'Open house' }).waitFor()
      const appId = /instance\/(\w+)/.exec(page.url())?.[1] ?? ''
      const { url, apiToken } = stage.keystead
      const isOpen = async (): Promise<boolean> => {
        const answer = await fetch(`${url}/api/v1/apps/${appId}`, { headers: { authorization: `SSWS ${apiToken}` } })
        return (await answer.json()).settings.implicitAssignment
      }
      assert.equal(await isOpen(), true)

      await page.getByRole('tab', { name: 'Assignments' }).click()
      await page.getByText('Everyone in this org may sign in to this app, assigned or not.').waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Admit assigned people alone' }).click()
      await page.getByText('Open house admits those who are assigned.').waitFor()
      assert.equal(await isOpen(), false)
    }))

  test('what was typed is kept: when the page is left, when the server says no or nothing, and when the session ends', () =>
    stage.visit(async ({ page, takeProblems }) => {
      const places = { origin: 'http://localhost:8080', callback: '/cb', signedOut: '' }
      await registerSpa(stage.admin, 'Taken already', places)
      await signInToConsole(page, stage.keystead)
      await page.goto(`${stage.keystead.url}/admin/applications/new?type=browser`)
      const name = page.getByLabel('App integration name')
      await name.fill('My SPA')
      const initiate = page.getByLabel('Initiate login URI')
      await initiate.fill('https://example:0000.com/login')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText("'example:0000.com' is not a host with a port").waitFor()
      await initiate.fill('')

      await name.fill('Another name')
      await page.getByRole('link', { name: 'Dashboard' }).click()
      await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
      await page.getByRole('button', { name: 'Stay on this page' }).click()

      await name.fill('Taken already')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Application label must not be the same as an existing application label.').waitFor()
      assert.equal(await name.inputValue(), 'Taken already')

      assertRefusedLoads(takeProblems(), [400])
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText("Keystead can't be reached. What you typed is kept: try again.").waitFor()
      assert.equal(await name.inputValue(), 'Taken already')
      await page.context().setOffline(false)
      takeProblems()

      await page.context().clearCookies()
      await name.fill('Kept through the end')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
      const [window] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('link', { name: 'Sign in again' }).click(),
      ])
      await seeSignInPage(window, stage.keystead)
      await signIn(window, stage.keystead.admin)
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor({ state: 'hidden' })
      assert.equal(await name.inputValue(), 'Kept through the end')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { level: 1, name: 'Kept through the end' }).waitFor()
      assertRefusedLoads(takeProblems(), [403])
    }))

  test('without Refresh Token Rotation a single-page app is not offered the grant, and is told where the switch is', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Features' }).click()
      const rotation = page.getByRole('switch', { name: 'Refresh Token Rotation' })
      assert.ok(await rotation.isChecked())
      await seeNoBarriers(page)
      await rotation.press('Space')
      await page.getByText('Refresh Token Rotation is off.').waitFor()
      await page.goto(`${stage.keystead.url}/admin/applications/new?type=browser`)
      const grant = page.getByRole('checkbox', { name: 'Refresh Token', exact: true })
      await grant.waitFor()
      assert.ok(await grant.isDisabled())
      await page.getByRole('link', { name: 'Settings > Features' }).click()
      await page.getByRole('switch', { name: 'Refresh Token Rotation' }).press('Space')
      await page.getByText('Refresh Token Rotation is on.').waitFor()
    }))
})
