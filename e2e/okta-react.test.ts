import assert from 'node:assert/strict'
import { test } from 'node:test'
import OktaJwtVerifier from '@okta/jwt-verifier'
import { assign, createPerson, registerSpa } from './harness/admin.ts'
import { answerOf, nextText, see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()
const verifier = new OktaJwtVerifier({ issuer: stage.keystead.issuer, testing: { disableHttpsCheck: true } })

test('okta-react signs a person in with tokens that pass Okta’s verifier, renews in both ways, reloads, and signs out', async () => {
  const { keystead, admin } = stage
  const spa = await stage.serve('okta-react')
  const app = await registerSpa(admin, 'React app', { origin: spa.origin, callback: '/login/callback', signedOut: '' })
  const person = await createPerson(admin, 'Rosa', 'Reactor')
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })

  await stage.visit(async ({ page }) => {
    const name = page.getByTestId('name')
    const accessToken = page.getByTestId('access-token')

    await page.goto(spa.origin)
    await page.getByRole('link', { name: 'My profile' }).click()
    await seeSignInPage(page, keystead)
    await signIn(page, person)

    await see(name, person.name)
    await see(page.getByTestId('userinfo-name'), person.name)
    assert.equal(page.url(), `${spa.origin}/profile`)

    const first = await nextText(accessToken)
    const claims = await verify(first)
    assert.equal(claims.sub, person.login)
    assert.equal(claims.uid, person.id)
    assert.equal(claims.cid, app.clientId)

    const refresh = answerOf(page, '/v1/token', { grant_type: 'refresh_token' })
    await page.getByRole('button', { name: 'Renew', exact: true }).click()
    assert.equal((await refresh).status(), 200)
    const second = await nextText(accessToken, first)

    const silent = answerOf(page, '/v1/authorize', { prompt: 'none', response_mode: 'okta_post_message' })
    await page.getByRole('button', { name: 'Renew without prompt' }).click()
    assert.equal((await silent).status(), 200)
    const third = await nextText(accessToken, second)
    assert.equal((await verify(third)).uid, person.id)

    await page.reload()
    await see(name, person.name)
    assert.equal(await nextText(accessToken), third)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${spa.origin}/`)
    await page.getByRole('link', { name: 'My profile' }).click()
    await seeSignInPage(page, keystead)
    assert.equal(await userinfoStatus(third), 401)
  })
})

/** What a resource server does with the token that the app sends it. */
async function verify(accessToken: string) {
  const { claims } = await verifier.verifyAccessToken(accessToken, 'api://default')
  return claims
}

async function userinfoStatus(accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` }
  const { status } = await fetch(`${stage.keystead.issuer}/v1/userinfo`, { headers })
  return status
}
