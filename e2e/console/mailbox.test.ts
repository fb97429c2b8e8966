// The mailbox as a developer uses it: a mail that is kept is found, shown without harm, and its link followed.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, describe, test } from 'node:test'
import { setStage } from '../harness/stage.ts'
import { openByMenu, seeNoBarriers, signInToConsole } from './console.ts'

const stage = await setStage()
const { url, apiToken, admin } = stage.keystead

const call = (method: string, path: string, json?: object): Promise<Response> =>
  fetch(`${url}/api/v1/keystead/${path}`, {
    method,
    headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' },
    ...(json && { body: JSON.stringify(json) }),
  })

describe('the mailbox in the console', () => {
  test('a test mail appears, is read, and goes when the mailbox is emptied', () =>
    stage.visit(async ({ page }) => {
      await signInToConsole(page, stage.keystead)
      await openByMenu(page, 'Mailbox')
      await page.getByText('No mail yet').waitFor()
      await seeNoBarriers(page)
      await page.getByRole('button', { name: 'Send a test mail' }).click()
      await page.getByRole('button', { name: 'A test from Keystead' }).click()
      const mail = page.getByRole('dialog', { name: 'Mail' })
      await mail.getByText(admin.login, { exact: true }).waitFor()
      const shown = page.frameLocator('iframe[title*="A test from Keystead"]')
      await shown.getByText('mail from Keystead reaches you').waitFor()
      assert.equal(await mail.getByRole('link', { name: `Open ${url}` }).getAttribute('href'), url)
      assert.match(page.url(), /[?&]mail=eml/)
      await seeNoBarriers(page)
      await mail.getByText('As text').click()
      await mail.getByText('This is a test: mail from Keystead reaches you.').waitFor()
      await mail.getByRole('button', { name: 'Close' }).click()
      await mail.waitFor({ state: 'hidden' })

      await page.getByRole('button', { name: 'Empty' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Empty' }).click()
      await page.getByText('No mail yet').waitFor()
      assert.deepEqual(await (await call('GET', 'mailbox')).json(), [])
    }))

  test('what an org writes into its mails runs nothing, loads nothing and leads nowhere in the console', () =>
    stage.visit(async ({ page, takeProblems }) => {
      // The browser tells of requests that it refuses, too: what counts is what arrives.
      const asked: string[] = []
      const spy = createServer((request, response) => {
        asked.push(request.url ?? '')
        response.end()
      }).listen(0, '127.0.0.1')
      after(() => spy.close())
      await once(spy, 'listening')
      const address = spy.address()
      const there = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
      const html = `<p>Hello</p><img src="${there}/spy.png"><a href="${there}/away">away</a>`
      for (const more of [
        `<script>parent.document.title = 'taken'</script>`,
        `<img src="x" onerror="parent.document.title = 'taken'">`,
        `<form action="${there}/form"></form>`,
      ]) {
        const refused = await call('PUT', 'mail-templates/test/en', {
          subject: 'Ours',
          html: html + more,
          text: 'Hello',
        })
        assert.equal(refused.status, 400, more)
      }
      const written = await call('PUT', 'mail-templates/test/en', { subject: 'Ours', html, text: 'Hello' })
      assert.equal(written.status, 200, await written.text())
      await signInToConsole(page, stage.keystead)
      await openByMenu(page, 'Mailbox')
      await page.getByRole('button', { name: 'Send a test mail' }).click()
      await page.getByRole('button', { name: 'Ours' }).click()
      const shown = page.frameLocator('iframe[title*="Ours"]')
      await shown.getByText('Hello').waitFor()
      await shown.getByRole('link', { name: 'away' }).click()
      assert.match(await page.title(), /^Mailbox/)
      assert.equal(page.context().pages().length, 1)
      assert.deepEqual(asked, [])
      // The browser says what it refused.
      takeProblems()
      await call('DELETE', 'mail-templates/test/en')
    }))
})
