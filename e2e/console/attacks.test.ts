// What somebody tries with the browser of an administrator: after them, beside them, and by what they are shown.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createPerson, registerSpa } from '../harness/admin.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'
import { setStage } from '../harness/stage.ts'
import { openByMenu, signInToConsole } from './console.ts'

const stage = await setStage({ keepsPages: true })
const { keystead, admin } = stage
const second = await createPerson(admin, 'Olga', 'Other')
const HEADERS = { authorization: `SSWS ${keystead.apiToken}`, 'content-type': 'application/json' }
await fetch(`${keystead.url}/api/v1/users/${second.id}/roles`, {
  method: 'POST',
  headers: HEADERS,
  body: '{"type":"READ_ONLY_ADMIN"}',
})

/** Makes a group, so that there is something that the page remembers. */
async function makeGroup(page: Page, name: string): Promise<void> {
  await openByMenu(page, 'Groups')
  await page.getByRole('button', { name: 'Add group' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: /, / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await seeSignInPage(page, keystead)
}

describe('whoever comes to the browser after an administrator', () => {
  test('finds no page of theirs behind the back button', () =>
    stage.visit(async ({ page, takeProblems }) => {
      await signInToConsole(page, keystead)
      await openByMenu(page, 'People')
      await page.getByText(keystead.admin.login).first().waitFor()
      await signOut(page)
      await page.goBack()
      await seeSignInPage(page, keystead)
      assert.equal(await page.getByText(keystead.admin.login).count(), 0)
      takeProblems()
    }))

  test('finds none in another window either, once they have signed out', () =>
    stage.visit(async ({ page, context, takeProblems }) => {
      await signInToConsole(page, keystead)
      const other = await context.newPage()
      await other.goto(`${keystead.url}/admin/directory/people`)
      await other.getByText(keystead.admin.login).first().waitFor()
      await signOut(page)
      await seeSignInPage(other, keystead)
      takeProblems()
    }))

  test('has a page of their own, without what the one before did and typed', () =>
    stage.visit(async ({ page, context, takeProblems }) => {
      await signInToConsole(page, keystead)
      await makeGroup(page, 'Made by the first')
      const other = await context.newPage()
      // The session ends without a word to the first window, as it would by time.
      await context.clearCookies()
      await other.goto(keystead.url)
      await seeSignInPage(other, keystead)
      await signIn(other, second)
      await other.getByRole('button', { name: /Olga Other, / }).waitFor()
      await page.getByRole('button', { name: /Olga Other, / }).waitFor()
      await page.getByRole('button', { name: 'As API call' }).click()
      await page.getByText('Nothing was changed yet').waitFor()
      takeProblems()
    }))
})

test('what a stranger sends is text in the list of refused requests, whatever it is', () =>
  stage.visit(async ({ page }) => {
    const app = await registerSpa(admin, 'Bait <b>app</b>', {
      origin: 'http://localhost:9',
      callback: '/cb',
      signedOut: '',
    })
    const taint = '<img src=x onerror="document.title=1">'
    const query = (parameters: Record<string, string>) =>
      new URLSearchParams({ response_type: 'code', scope: 'openid', state: 's', ...parameters })
    const headers = { 'user-agent': `"><script>document.title=2</script>${taint}` }
    for (const redirect_uri of [
      `https://a.example/${taint}`,
      'javascript:document.title=3',
      `"'><svg/onload=alert(1)>`,
    ])
      await fetch(`${keystead.issuer}/v1/authorize?${query({ client_id: app.clientId, redirect_uri })}`, { headers })
    await fetch(`${keystead.issuer}/v1/authorize?${query({ client_id: taint, redirect_uri: 'https://a.example/' })}`)
    await signInToConsole(page, keystead)
    await openByMenu(page, 'Refused requests')
    await page.getByText(taint).first().waitFor()
    const main = page.locator('#main')
    assert.equal(await main.locator('img, script, svg[onload], b').count(), 0)
    assert.equal(await main.locator('a[href^="javascript:" i]').count(), 0)
    assert.equal(await page.title(), 'Refused requests – Keystead')
  }))

test('a fix that was read before somebody else changed the app undoes nothing of theirs', () =>
  stage.visit(async ({ page }) => {
    const app = await registerSpa(admin, 'Two hands', { origin: 'http://localhost:9', callback: '/cb', signedOut: '' })
    const sent = new URLSearchParams({
      client_id: app.clientId,
      response_type: 'code',
      scope: 'openid',
      state: 's',
      redirect_uri: 'http://localhost:9/cb/',
    })
    await fetch(`${keystead.issuer}/v1/authorize?${sent}`)
    await signInToConsole(page, keystead)
    await openByMenu(page, 'Refused requests')
    const title = 'Add this sign-in redirect URI'
    const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: 'Two hands', exact: true }) })
    await card.getByRole('button', { name: title }).click()
    const dialog = page.getByRole('dialog', { name: title })
    await dialog.getByRole('list', { name: 'After' }).waitFor()
    const path = `${keystead.url}/api/v1/apps/${app.id}`
    const headers = HEADERS
    const read = async () => (await fetch(path, { headers })).json()
    const body = JSON.stringify({ ...(await read()), label: 'Two other hands' })
    assert.equal((await fetch(path, { method: 'PUT', headers, body })).status, 200)
    await dialog.getByRole('button', { name: title }).click()
    await dialog.waitFor({ state: 'hidden' })
    const { label, settings } = await read()
    assert.equal(label, 'Two other hands')
    assert.deepEqual(settings.oauthClient.redirect_uris, ['http://localhost:9/cb', 'http://localhost:9/cb/'])
  }))

describe('a page of another site', () => {
  const evil = createServer((request, response) => {
    const frame = `<iframe src="${keystead.url}/admin/"></iframe>`
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><link rel="icon" href="data:,"><title>Evil</title>${request.url === '/frame' ? frame : ''}`)
  })
  after(() => evil.close())

  test('neither frames the console, nor signs anybody out of it, nor calls with its cookie', () =>
    stage.visit(async ({ page, context, takeProblems }) => {
      evil.listen(0, 'localhost')
      await once(evil, 'listening')
      const address = evil.address()
      // Another port of the same host: the same site, to which browsers send every cookie.
      const origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
      await signInToConsole(page, keystead)
      const other = await context.newPage()
      await other.goto(`${origin}/frame`)
      await other.waitForFunction(() => window.length === 1)
      assert.equal(await other.frameLocator('iframe').getByRole('navigation').count(), 0)
      const tried = await other.evaluate(async (url) => {
        const ask = (path: string, init: RequestInit) =>
          fetch(`${url}${path}`, { credentials: 'include', ...init }).then(
            ({ status, type }) => `${type} ${status}`,
            () => 'kept from the page',
          )
        return [
          await ask('/admin/sign-out', { method: 'POST', mode: 'no-cors' }),
          await ask('/api/v1/keystead/me', { headers: { 'X-Keystead-Console': '1' } }),
          await ask('/api/v1/keystead/me', {}),
          await ask('/api/v1/keystead/api-tokens', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"name":"mine"}',
          }),
          await ask('/api/v1/keystead/api-tokens', { method: 'POST', mode: 'no-cors', body: '{"name":"mine"}' }),
        ]
      }, keystead.url)
      assert.deepEqual(tried, ['opaque 0', ...Array(3).fill('kept from the page'), 'opaque 0'])
      await page.reload()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      const tokens = await (await fetch(`${keystead.url}/api/v1/api-tokens`, { headers: HEADERS })).json()
      assert.ok(tokens.every(({ name }: { name: string }) => name !== 'mine'))
      takeProblems()
    }))
})
