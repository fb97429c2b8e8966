// Docker's usual picture: the browser reaches Keystead under one name and a backend in a container under another. Unmodified clients,
// with all their checks of the issuer.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import OktaJwtVerifier from '@okta/jwt-verifier'
import * as oidc from 'openid-client'
import { CALLBACK, discover, SIGNED_OUT, serveWebApp } from './apps/web-app/web-app.ts'
import { assign, createPerson, enableFeature, registerApp, registerWebApp } from './harness/admin.ts'
import { see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()
const { keystead, admin } = stage
const inside = `${keystead.alias}/oauth2/default`

test('a web app that knows Keystead by an alias signs people in who know it by its address', async () => {
  const webApp = await serveWebApp()
  after(() => webApp.close())
  const places = { origin: webApp.origin, callback: CALLBACK, signedOut: SIGNED_OUT }
  const { id, clientId, clientSecret = '' } = await registerWebApp(admin, 'In a container', places)
  const person = await createPerson(admin, 'Cora', 'Container')
  await assign(admin, person, id)
  const configure = (issuer: string) => webApp.configure({ issuer, clientId, clientSecret })

  // Off: the client asked the alias and is told another name.
  await assert.rejects(configure(inside), /does not match the expected issuer/)
  await enableFeature(admin, 'Dynamic Issuer Mode')
  for (const issuer of [inside, keystead.alias]) {
    await configure(issuer)
    await stage.visit(async ({ page }) => {
      await page.goto(`${webApp.origin}/sign-in`)
      await seeSignInPage(page, keystead)
      await signIn(page, person)
      await see(page.getByTestId('name'), person.name)

      await page.getByRole('link', { name: 'Sign out' }).click()
      await see(page.getByTestId('status'), 'signed out')
    })
  }
})

test('a service behind the alias gets tokens that @okta/jwt-verifier takes there, and not under another name', async () => {
  await enableFeature(admin, 'Dynamic Issuer Mode')
  await admin.authorizationServerApi.createOAuth2Scope({
    authServerId: 'default',
    oAuth2Scope: { name: 'reports.read' },
  })
  const { clientId, clientSecret = '' } = await registerApp(admin, 'Service', 'client_secret_basic', {
    application_type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
  })
  const verifierOf = (issuer: string) => new OktaJwtVerifier({ issuer, testing: { disableHttpsCheck: true } })
  const client = await discover(inside, clientId, clientSecret)
  const { access_token: token } = await oidc.clientCredentialsGrant(client, { scope: 'reports.read' })
  const { claims } = await verifierOf(inside).verifyAccessToken(token, 'api://default')
  assert.equal(claims.iss, inside)
  await assert.rejects(verifierOf(keystead.issuer).verifyAccessToken(token, 'api://default'), /issuer/)
  assert.equal((await oidc.tokenIntrospection(client, token)).iss, inside)

  // What a browser got under Keystead's address is verified by that name, with keys from the alias.
  const outside = await discover(keystead.issuer, clientId, clientSecret)
  const { access_token: other } = await oidc.clientCredentialsGrant(outside, { scope: 'reports.read' })
  const verifier = new OktaJwtVerifier({
    issuer: keystead.issuer,
    jwksUri: `${inside}/v1/keys`,
    testing: { disableHttpsCheck: true },
  })
  assert.equal((await verifier.verifyAccessToken(other, 'api://default')).claims.iss, keystead.issuer)
})
