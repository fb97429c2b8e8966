import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, createPerson, registerSpa, trustOrigin } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { answerOf, nextText, see, seeEmpty } from './harness/see.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

test('an app with a form of its own signs a person in by auth-js, sees the session, revokes, and signs out', async () => {
  const { keystead, admin } = stage
  const spa = await stage.serve('auth-js')
  const app = await registerSpa(admin, 'Own form', { origin: spa.origin, callback: '/login/callback', signedOut: '' })
  const person = await createPerson(admin, 'Aurel', 'Authson')
  await assign(admin, person, app.id)
  await trustOrigin(admin, spa.origin)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

  await stage.visit(async ({ page, takeProblems }) => {
    const session = page.getByTestId('session')
    await page.goto(spa.origin)

    await page.getByLabel('Username').fill(person.login)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await see(page.getByRole('alert'), 'AuthApiError: Authentication failed')
    assertRefusedLoads(takeProblems(), [401])

    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await see(page.getByTestId('name'), person.name)
    const accessToken = await nextText(page.getByTestId('access-token'))

    await page.getByRole('button', { name: 'See session' }).click()
    await see(session, `ACTIVE ${person.login}`)

    assert.equal(await introspect(app.clientId, accessToken), true)
    await page.getByRole('button', { name: 'Revoke access token' }).click()
    await seeEmpty(page.getByTestId('access-token'))
    assert.equal(await introspect(app.clientId, accessToken), false)

    const signOut = answerOf(page, '/v1/logout')
    await page.getByRole('button', { name: 'Sign out' }).click()
    assert.equal((await signOut).status(), 302)
    await seeEmpty(page.getByTestId('name'))
    await page.getByRole('button', { name: 'See session' }).click()
    await see(session, 'INACTIVE')
    assertRefusedLoads(takeProblems(), [404])
  })
})

async function introspect(clientId: string, token: string): Promise<boolean> {
  const body = new URLSearchParams({ client_id: clientId, token, token_type_hint: 'access_token' })
  const response = await fetch(`${stage.keystead.issuer}/v1/introspect`, { method: 'POST', body })
  const { active } = await response.json()
  return active
}
