import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, createPerson, registerSpa, registerWebApp } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { answerOf, see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

test('a single-page app that was registered as Web fails as the guide warns: at the token endpoint, and at sign-out', async () => {
  const { keystead, admin } = stage
  const spa = await stage.serve('okta-react')
  const places = { origin: spa.origin, callback: '/login/callback', signedOut: '' }
  const rightApp = await registerSpa(admin, 'Registered as SPA', places)
  const wrongApp = await registerWebApp(admin, 'Registered as Web', places)
  const person = await createPerson(admin, 'Willa', 'Wrongly')
  await assign(admin, person, rightApp.id)
  await assign(admin, person, wrongApp.id)

  await stage.visit(async ({ page, takeProblems }) => {
    spa.configure({ issuer: keystead.issuer, clientId: wrongApp.clientId })
    await page.goto(`${spa.origin}/profile`)
    await seeSignInPage(page, keystead)
    const exchange = answerOf(page, '/v1/token', { grant_type: 'authorization_code' })
    await signIn(page, person)
    const answer = await exchange
    assert.equal(answer.status(), 401)
    const refusal = await answer.json()
    assert.equal(refusal.error, 'invalid_client')
    assert.equal(refusal.error_description, 'No client credentials found.')
    assert.match(refusal.keystead_explanation.sentence, /create a single-page app integration/)
    await page.getByText('No client credentials found.').waitFor()
    assertRefusedLoads(takeProblems(), [401])

    // Tokens of the app that is registered rightly, and then the other client id in the app's configuration.
    spa.configure({ issuer: keystead.issuer, clientId: rightApp.clientId })
    await page.goto(`${spa.origin}/profile`)
    await see(page.getByTestId('name'), person.name)
    spa.configure({ issuer: keystead.issuer, clientId: wrongApp.clientId })
    await page.reload()
    const revocation = answerOf(page, '/v1/revoke')
    await page.getByRole('button', { name: 'Sign out' }).click()
    assert.equal((await revocation).status(), 401)
    await page.getByRole('alert').waitFor()
    assertRefusedLoads(takeProblems(), [401])
  })
})
