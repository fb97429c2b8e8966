// Okta's guide "Create an app integration", click by click, and then the app that it made signs a person in.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPerson } from '../harness/admin.ts'
import { answerOf, see } from '../harness/see.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const person = await createPerson(stage.admin, 'Grace', 'Hopper')

describe('an app integration in the console', () => {
  test('the guide, word by word, ends with a single-page app that people sign in to', () =>
    stage.visit(async ({ page }) => {
      const spa = await stage.serve('okta-react')
      await signInToConsole(page, stage.keystead)
      await page.getByRole('link', { name: 'Applications' }).click()
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
      await page.getByLabel('Login redirect URIs 1').fill(`${spa.origin}/login/callback`)
      await page.getByLabel('Logout redirect URIs 1').fill(spa.origin)
      await page.getByLabel('Initiate login URI').fill(`${spa.origin}/login`)
      assert.ok(await page.getByLabel('Refresh Token', { exact: true }).isChecked())
      await page.getByLabel('Base URIs 1').fill(spa.origin)
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
      assert.deepEqual(oauthClient.refresh_token, { rotation_type: 'ROTATE', leeway: 45 })
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
})
