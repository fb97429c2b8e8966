import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import OktaJwtVerifier from '@okta/jwt-verifier'
import * as oidc from 'openid-client'
import { CALLBACK, discover, SIGNED_OUT, serveWebApp } from './apps/web-app/web-app.ts'
import { assign, createPerson, registerApp, registerWebApp } from './harness/admin.ts'
import { see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()
const verifier = new OktaJwtVerifier({ issuer: stage.keystead.issuer, testing: { disableHttpsCheck: true } })

test('a web app on openid-client signs a person in by code and PKCE, refreshes, asks userinfo, and signs out', async () => {
  const { keystead, admin } = stage
  const webApp = await serveWebApp()
  after(() => webApp.close())
  const places = { origin: webApp.origin, callback: CALLBACK, signedOut: SIGNED_OUT }
  const { id, clientId, clientSecret = '' } = await registerWebApp(admin, 'Web app', places)
  const person = await createPerson(admin, 'Wanda', 'Webster')
  await assign(admin, person, id)
  await webApp.configure({ issuer: keystead.issuer, clientId, clientSecret })

  await stage.visit(async ({ page }) => {
    await page.goto(`${webApp.origin}/sign-in`)
    await seeSignInPage(page, keystead)
    await signIn(page, person)
    await see(page.getByTestId('name'), person.name)

    await page.getByRole('link', { name: 'Sign out' }).click()
    await see(page.getByTestId('status'), 'signed out')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await seeSignInPage(page, keystead)
  })
})

test('a service app on openid-client gets a token of its own for a scope that an administrator made', async () => {
  const { keystead, admin } = stage
  await admin.authorizationServerApi.createOAuth2Scope({
    authServerId: 'default',
    oAuth2Scope: { name: 'reports.read', description: 'Read the reports' },
  })
  const { clientId, clientSecret = '' } = await registerApp(admin, 'Service', 'client_secret_basic', {
    application_type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
  })
  const ask = async (secret: string, scope: string) =>
    oidc.clientCredentialsGrant(await discover(keystead.issuer, clientId, secret), { scope })

  const tokens = await ask(clientSecret, 'reports.read')
  assert.equal(tokens.scope, 'reports.read')
  const { claims } = await verifier.verifyAccessToken(tokens.access_token, 'api://default')
  assert.deepEqual([claims.sub, claims.cid, claims.scp, claims.uid], [clientId, clientId, ['reports.read'], undefined])

  await assert.rejects(ask(clientSecret, 'openid'), {
    error: 'invalid_scope',
    error_description: "Cannot request 'openid' scopes using client credentials.",
  })
  await assert.rejects(ask('not the secret', 'reports.read'), { status: 401 })
})
