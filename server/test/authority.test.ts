// What opens the management API, asked of every one of its operations: an administrator's token or the console's cookie, and nothing else.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Route } from '#http/route.ts'
import { allRoutes } from '../src/server.ts'
import { CONSOLE_COOKIE, CONSOLE_HEADERS, consoleCall, openConsole } from './console-client.ts'
import { type Fixture, type RequestOptions, startFixture } from './fixture.ts'
import { newPerson } from './oauth-client.ts'

describe('the management API', () => {
  let fixture: Fixture
  let operations: readonly Route[]
  /** Of somebody who administered once. */
  let powerless: { readonly token: string; readonly sid: string }
  let admin: { readonly sid: string; readonly console: string }

  before(async () => {
    fixture = await startFixture()
    operations = allRoutes(fixture.deps).filter(({ permission }) => permission !== undefined)
    const person = await newPerson(fixture)
    const roles = `/api/v1/users/${person.id}/roles`
    const { json: role } = await fixture.request('POST', roles, { json: { type: 'SUPER_ADMIN' } })
    const { browser } = await openConsole(fixture, person)
    const json = { name: 'Kept' }
    const made = await consoleCall(fixture, browser, 'POST', '/api/v1/keystead/api-tokens', { json })
    assert.equal(made.status, 201, made.text)
    assert.equal((await fixture.request('DELETE', `${roles}/${role.id}`)).status, 204)
    powerless = { token: made.json.token, sid: browser.cookies.sid ?? '' }
    const { cookies } = (await openConsole(fixture, fixture.admin)).browser
    admin = { sid: cookies.sid ?? '', console: cookies[CONSOLE_COOKIE] ?? '' }
  })
  after(() => fixture.close())

  /** Status and code of each operation that answers otherwise than expected. */
  async function walk(list: readonly Route[], options: RequestOptions, expected: readonly unknown[]): Promise<void> {
    const wrong: string[] = []
    assert.ok(list.length > 0)
    for (const { method, url, body } of list) {
      const path = url.replaceAll(/:\w+/g, 'x')
      const answer = await fixture.request(method, path, { ...options, ...(body ? { json: {} } : {}) })
      const found = [answer.status, answer.json?.errorCode]
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${method} ${url}: ${found}`)
    }
    assert.deepEqual(wrong, [])
  }

  const NOBODY = [403, 'E0000005']
  const POWERLESS = [403, 'E0000006']
  const guarded = () => operations.filter(({ permission }) => permission !== 'authenticated')

  test('is closed to whoever proves nothing', () => walk(operations, { token: null }, NOBODY))

  test('is closed to a person without a role: by token, and by session where that is read at all', async () => {
    await walk(guarded(), { token: powerless.token }, POWERLESS)
    const session = { token: null, cookies: { sid: powerless.sid, idx: powerless.sid } }
    await walk(
      guarded().filter(({ cookie }) => cookie),
      { ...session, headers: { 'content-type': 'application/json' } },
      POWERLESS,
    )
    await walk(
      operations.filter(({ cookie }) => !cookie),
      session,
      NOBODY,
    )
  })

  test('is closed to an administrator’s session, but for the operations that say so', () =>
    walk(
      operations.filter(({ cookie }) => !cookie),
      { token: null, cookies: { sid: admin.sid, idx: admin.sid } },
      NOBODY,
    ))

  test('is closed to the console’s cookie without its header, and to its header without the cookie', async () => {
    const cookies = { [CONSOLE_COOKIE]: admin.console }
    await walk(operations, { token: null, cookies }, NOBODY)
    await walk(operations, { token: null, cookies: { sid: admin.sid }, headers: CONSOLE_HEADERS }, NOBODY)
    const crossSite = { ...CONSOLE_HEADERS, 'sec-fetch-site': 'cross-site' }
    await walk(operations, { token: null, cookies: { ...cookies, sid: admin.sid }, headers: crossSite }, NOBODY)
  })

  test('is open to the console', async () => {
    for (const { method, url, body } of operations) {
      const path = url.replaceAll(/:\w+/g, 'x')
      const cookies = { [CONSOLE_COOKIE]: admin.console }
      const answer = await consoleCall(fixture, { cookies }, method, path, body ? { json: {} } : {})
      assert.notEqual(answer.json?.errorCode, 'E0000005', `${method} ${url}`)
      assert.ok(answer.status < 500 || answer.status === 501, `${method} ${url}: ${answer.status}`)
    }
  })
})
