import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, createPerson, registerSpa } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { nextText, see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

test('an app on okta-vue signs a person in at the second attempt, renews, and signs out', async () => {
  const { keystead, admin } = stage
  const spa = await stage.serve('okta-vue')
  const app = await registerSpa(admin, 'Vue app', { origin: spa.origin, callback: '/login/callback', signedOut: '' })
  const person = await createPerson(admin, 'Viola', 'Vueling')
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

  await stage.visit(async ({ page, takeProblems }) => {
    await page.goto(`${spa.origin}/profile`)
    await seeSignInPage(page, keystead)
    await signIn(page, { login: person.login, password: 'not the password' })
    await see(page.locator('[data-se="o-form-error-container"]'), 'Unable to sign in')
    assertRefusedLoads(takeProblems(), [401])
    await page.locator('input[name="identifier"]').clear()
    await signIn(page, person)

    await see(page.getByTestId('name'), person.name)
    await see(page.getByTestId('userinfo-name'), person.name)
    assert.equal(page.url(), `${spa.origin}/profile`)

    const first = await nextText(page.getByTestId('access-token'))
    await page.getByRole('button', { name: 'Renew' }).click()
    await nextText(page.getByTestId('access-token'), first)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${spa.origin}/`)
    await page.getByRole('link', { name: 'My profile' }).click()
    await seeSignInPage(page, keystead)
  })
})
