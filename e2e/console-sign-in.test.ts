// Who comes into the Admin Console, in a browser that keeps the rules of cookies and of other origins.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { createPerson } from './harness/admin.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()

/** A page of another site: `127.0.0.1` is not `localhost`. */
const elsewhere = createServer((_, response) => {
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end(`<!doctype html><link rel="icon" href="data:,"><a href="${stage.keystead.url}/admin/apps">To the console</a>`)
})
elsewhere.listen(0, '127.0.0.1')
await once(elsewhere, 'listening')
after(() => elsewhere.close())
const address = elsewhere.address()
const ELSEWHERE = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

const seeConsole = (page: Page, path: string) =>
  page.waitForFunction((expected) => location.pathname === expected && document.querySelector('#root > *'), path)

/** What the page is told when it asks who the caller is, as the console does. */
const askMe = (page: Page, url: string): Promise<string> =>
  page.evaluate(
    (target) =>
      fetch(`${target}/api/v1/keystead/me`, { headers: { 'X-Keystead-Console': '1' }, credentials: 'include' }).then(
        async (answer) => `${answer.status} ${(await answer.json()).login}`,
        () => 'kept from the page',
      ),
    url,
  )

test('an administrator signs in at the start page, comes by a link of another site too, and signs out of both', async () => {
  const { url, admin } = stage.keystead
  await stage.visit(async ({ page, context, takeProblems }) => {
    await page.goto(url)
    await seeSignInPage(page, stage.keystead)
    await signIn(page, admin)
    await seeConsole(page, '/admin/')
    assert.equal(await askMe(page, url), `200 ${admin.login}`)

    await page.goto(ELSEWHERE)
    assert.equal(await askMe(page, url), 'kept from the page')
    takeProblems()
    await page.getByRole('link').click()
    await seeConsole(page, '/admin/apps')
    assert.equal(await askMe(page, url), `200 ${admin.login}`)

    const cookies = await context.cookies(url)
    const own = cookies.find(({ name }) => name === 'keystead_console')
    assert.deepEqual([own?.sameSite, own?.httpOnly, own?.domain], ['Strict', true, 'localhost'])

    const out = await page.evaluate(() =>
      fetch('/admin/sign-out', { method: 'POST', headers: { 'X-Keystead-Console': '1' } }).then(({ status }) => status),
    )
    assert.equal(out, 204)
    await page.goto(`${url}/admin/`)
    await seeSignInPage(page, stage.keystead)
    takeProblems()
  })
})

test('a person without a role reads that, and can sign out', async () => {
  const person = await createPerson(stage.admin, 'Rolf', 'Roleless')
  await stage.visit(async ({ page, takeProblems }) => {
    await page.goto(`${stage.keystead.url}/admin/`)
    await seeSignInPage(page, stage.keystead)
    await signIn(page, person)
    await page.locator('[data-se="refused"]').waitFor()
    takeProblems()
    await page.locator('[data-se="sign-out"]').click()
    await page.waitForURL('**/login/signout')
    await page.goto(`${stage.keystead.url}/`)
    await seeSignInPage(page, stage.keystead)
  })
})
