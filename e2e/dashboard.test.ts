// The dashboard in a real browser: tiles that lead into an app without another prompt, the embed link, a passkey, and pages for everybody.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import OktaJwtVerifier from '@okta/jwt-verifier'
import type { Page } from 'playwright-core'
import { assign, createPerson, type RegisteredApp, registerApp } from './harness/admin.ts'
import { assertRefusedLoads } from './harness/browser.ts'
import { seeForEverybody } from './harness/looks.ts'
import { addPasskeys } from './harness/passkeys.ts'
import { see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import type { Spa } from './harness/spa.ts'
import { setStage } from './harness/stage.ts'

const HOME = '/app/UserHome'
const stage = await setStage()
const { keystead, admin } = stage

/** A web app as far as it takes forms at its redirect URI; gone when the file is done. */
async function receiveForms(): Promise<Pick<Spa, 'origin'> & { readonly forms: readonly URLSearchParams[] }> {
  const forms: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') forms.push(new URLSearchParams(await text(request)))
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>App</title><p>Signed in by a form</p>')
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `http://localhost:${port}`, forms }
}

/** The app with a tile. */
async function registerTile(
  label: string,
  spa: Pick<Spa, 'origin'>,
  mode: 'SPEC' | 'DISABLED' | 'OKTA' = 'SPEC',
): Promise<RegisteredApp> {
  const registered = await registerApp(admin, label, 'none', {
    application_type: 'browser',
    grant_types: ['authorization_code', mode === 'OKTA' ? 'implicit' : 'refresh_token'],
    response_types: mode === 'OKTA' ? ['code', 'id_token'] : ['code'],
    redirect_uris: [`${spa.origin}/login/callback`],
    post_logout_redirect_uris: [spa.origin],
    initiate_login_uri: `${spa.origin}/login`,
    idp_initiated_login: { mode, default_scope: [] },
  })
  const application = await admin.applicationApi.getApplication({ appId: registered.id })
  application.visibility = { ...application.visibility, hide: { iOS: false, web: false } }
  await admin.applicationApi.replaceApplication({ appId: registered.id, application })
  return registered
}

const embedLink = ({ id }: RegisteredApp) => `${keystead.url}/home/oidc_client/${id}/alnOidcClientLink001`

async function openDashboard(page: Page, person: Parameters<typeof signIn>[1]): Promise<void> {
  await page.goto(keystead.url + HOME)
  await seeSignInPage(page, keystead)
  await signIn(page, person)
  await page.getByRole('heading', { name: 'My apps' }).waitFor()
  assert.equal(page.url(), keystead.url + HOME)
}

test('a tile leads into the React app, signed in without another prompt', async () => {
  const spa = await stage.serve('okta-react')
  const app = await registerTile('Team Board', spa)
  const person = await createPerson(admin, 'Tilda', 'Tile')
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })
  await stage.visit(async ({ page }) => {
    await openDashboard(page, person)
    await page.getByText('No apps yet').waitFor()
    await assign(admin, person, app.id)
    await page.reload()
    await page.getByRole('searchbox').fill('board')
    await page.getByRole('searchbox').press('Enter')
    await page.waitForURL(/q=board/)
    await page.getByRole('link', { name: 'Team Board' }).click()
    await see(page.getByTestId('name'), person.name)
    assert.equal(page.url(), `${spa.origin}/profile`)

    await page.goto(`${keystead.url + HOME}/connected-apps`)
    await page.getByRole('button', { name: 'Disconnect Team Board' }).waitFor()
    await seeForEverybody(page, 'connected')
    await page.getByRole('button', { name: 'Disconnect Team Board' }).click()
    await page.getByText('The app is disconnected.').waitFor()
  })
})

test('the embed link asks whoever is not signed in, and leads on into the app', async () => {
  const spa = await stage.serve('okta-react')
  const app = await registerTile('Linked Board', spa)
  const person = await createPerson(admin, 'Emil', 'Embedded')
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId })
  await stage.visit(async ({ page }) => {
    await page.goto(embedLink(app))
    await seeSignInPage(page, keystead)
    await page.getByText('Linked Board').waitFor()
    await signIn(page, person)
    await see(page.getByTestId('name'), person.name)
    assert.equal(page.url(), `${spa.origin}/profile`)
  })
})

test('a tile of an app that takes ID tokens brings one by a form, with a button where no script runs', async () => {
  const receiver = await receiveForms()
  const app = await registerTile('Token Board', receiver, 'OKTA')
  const person = await createPerson(admin, 'Olga', 'Token')
  await assign(admin, person, app.id)
  const verifier = new OktaJwtVerifier({
    issuer: keystead.url,
    jwksUri: `${keystead.url}/oauth2/v1/keys`,
    testing: { disableHttpsCheck: true },
  })
  const verify = async (form: URLSearchParams) => {
    assert.deepEqual([...form.keys()], ['id_token'])
    const { claims } = await verifier.verifyIdToken(form.get('id_token') ?? '', app.clientId)
    assert.equal(claims.sub, person.id)
  }
  await stage.visit(async ({ page }) => {
    await openDashboard(page, person)
    await page.getByRole('link', { name: 'Token Board' }).click()
    await page.getByText('Signed in by a form').waitFor()
    await verify(receiver.forms.at(-1) ?? new URLSearchParams())
  })
  await stage.visit(
    async ({ page }) => {
      await page.goto(embedLink(app))
      await signIn(page, person)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('Signed in by a form').waitFor()
      await verify(receiver.forms.at(-1) ?? new URLSearchParams())
    },
    { javaScriptEnabled: false },
  )
  assert.equal(receiver.forms.length, 2)
})

test('an app that begins its sign-ins itself, and one that is not the person’s, end at the documented pages', async () => {
  const spa = await stage.serve('okta-react')
  const [disabled, foreign] = [await registerTile('Alone', spa, 'DISABLED'), await registerTile('Foreign', spa)]
  const person = await createPerson(admin, 'Dora', 'Denied')
  await assign(admin, person, disabled.id)
  await stage.visit(async ({ page, takeProblems }) => {
    await openDashboard(page, person)
    assert.equal(await page.getByRole('link', { name: /Alone|Foreign/ }).count(), 0)
    for (const [app, code] of [
      [disabled, 'idp_initated_flow_disabled'],
      [foreign, 'access_denied'],
    ] as const) {
      const answer = await page.goto(embedLink(app))
      assert.ok((answer?.status() ?? 0) >= 400)
      await see(page.locator('[data-se="error-code"]'), code)
      await seeForEverybody(page, `embed link ${code}`)
      assertRefusedLoads(takeProblems(), [answer?.status() ?? 0])
    }
  })
})

test('a passkey is set up and asked for before it is removed', async () => {
  const person = await createPerson(admin, 'Paula', 'Passkey')
  await stage.visit(async ({ page }) => {
    await addPasskeys(page)
    await openDashboard(page, person)
    await page.getByRole('link', { name: 'Security methods' }).click()
    await page.getByRole('link', { name: 'Set up Passkey or security key' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Blue key at work')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Create a passkey' }).click()
    await page.getByText('The security method is set up.').waitFor()
    await page.getByText('Blue key at work').waitFor()
    await seeForEverybody(page, 'methods')

    await page.getByRole('link', { name: 'Remove Passkey or security key' }).click()
    await page.getByText('Sign in once more').waitFor()
    await page.locator('input[name="credentials.passcode"]').fill(person.password)
    await page.locator('[data-type="save"]').click()
    const choice = page.getByRole('button', { name: 'Passkey or security key' })
    const prove = page.getByRole('button', { name: 'Use my passkey' })
    await choice.or(prove).waitFor()
    if (await choice.isVisible()) await choice.click()
    await prove.click()
    await page.getByRole('heading', { name: 'Remove Passkey or security key?' }).waitFor()
    await seeForEverybody(page, 'remove')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No security methods yet').waitFor()
  })
})

test('times are shown where the person is, with UTC at hand', async () => {
  const timeZone = 'Pacific/Auckland'
  const person = await createPerson(admin, 'Zoe', 'Zone')
  await stage.visit(async ({ page, context }) => {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setTimezoneOverride', { timezoneId: timeZone })
    await openDashboard(page, person)
    await page.goto(`${keystead.url + HOME}/sessions`)
    const time = page.locator('time').first()
    const at = new Date((await time.getAttribute('datetime')) ?? '')
    const here = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone })
    assert.equal(await time.innerText(), here.format(at))
    assert.match((await time.getAttribute('title')) ?? '', / UTC$/)
  })
})

test('every page is for everybody: no barriers, light and dark, and nothing beside the edge at 320 pixels', async () => {
  const spa = await stage.serve('okta-react')
  const person = await createPerson(admin, 'Alma', 'Accessible')
  for (const label of ['Team Board', 'A very long name of an app that somebody must have typed in a hurry', 'Ünicode'])
    await assign(admin, person, (await registerTile(`${label} 2`, spa)).id)
  await stage.visit(async ({ page, takeProblems }) => {
    await openDashboard(page, person)
    const pages = ['', '?q=nothing', '/profile', '/password', '/security', '/sessions', '/connected-apps']
    const forms = ['google_totp', 'question', 'email', 'webauthn'].map((key) => `/security/set-up?factor=${key}`)
    for (const path of [...pages, ...forms]) {
      await page.goto(keystead.url + HOME + path)
      await seeForEverybody(page, path)
    }
    for (const key of ['google_totp', 'webauthn']) {
      await page.goto(`${keystead.url + HOME}/security/set-up?factor=${key}`)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('Back to your security methods').waitFor()
      await seeForEverybody(page, `activate ${key}`)
    }
    await page.goto(`${keystead.url + HOME}/password`)
    await page.getByLabel('Old password').fill('Wrong-Harbour-41')
    await page.getByLabel('New password', { exact: true }).fill('x')
    await page.getByLabel('The new password again').fill('y')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The two new passwords are not the same.').waitFor()
    await seeForEverybody(page, 'password error')
    assertRefusedLoads(takeProblems(), [400])
  })
})
