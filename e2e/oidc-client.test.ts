import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, createPerson, registerSpa } from './harness/admin.ts'
import { answerOf, nextText, see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

test('an app on oidc-client-ts, with the paths of Blazor, signs a person in, renews silently, and signs out', async () => {
  const { keystead, admin } = stage
  const spa = await stage.serve('oidc-client')
  const app = await registerSpa(admin, 'Blazor app', {
    origin: spa.origin,
    callback: '/authentication/login-callback',
    signedOut: '/authentication/logout-callback',
  })
  const person = await createPerson(admin, 'Olive', 'Openid')
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

  await stage.visit(async ({ page }) => {
    await page.goto(spa.origin)
    await see(page.getByTestId('status'), 'signed out')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await seeSignInPage(page, keystead)
    await signIn(page, person)

    await see(page.getByTestId('status'), 'signed in')
    await see(page.getByTestId('name'), person.name)

    const first = await nextText(page.getByTestId('access-token'))
    const silent = answerOf(page, '/v1/authorize', { prompt: 'none' })
    await page.getByRole('button', { name: 'Renew' }).click()
    assert.equal((await silent).status(), 302)
    await nextText(page.getByTestId('access-token'), first)

    const signOut = answerOf(page, '/v1/logout')
    await page.getByRole('button', { name: 'Sign out' }).click()
    assert.equal((await signOut).status(), 302)
    await see(page.getByTestId('status'), 'signed out')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await seeSignInPage(page, keystead)
  })
})
