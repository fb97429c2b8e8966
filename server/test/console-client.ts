// An administrator's browser at the Admin Console: the way in, and calls as the console's script makes them.
import assert from 'node:assert/strict'
import type { Fixture, RequestOptions, TestAnswer, TestOrg } from './fixture.ts'
import { type Browser, newBrowser, type Requester, submitSignIn, type TestPerson, visit } from './oauth-client.ts'

type Who = Pick<TestPerson, 'login' | 'password'>

/** What a page of the console's own origin sends with each call. */
export const CONSOLE_HEADERS = { 'x-keystead-console': '1', 'sec-fetch-site': 'same-origin' } as const
export const CONSOLE_COOKIE = 'keystead_console'
export const BEGUN_COOKIE = 'keystead_console_sign_in'

const pathOf = (location: unknown): string => {
  const url = new URL(String(location), 'http://first.test')
  return `${url.pathname}${url.search}`
}

/** From the console's door to the address of its callback, whatever stands between. */
export async function beginConsoleSignIn(
  fixture: Pick<Fixture, 'clock' | 'request'>,
  who: Who,
  { browser = newBrowser(), to = '/admin/', org }: { browser?: Browser; to?: string; org?: TestOrg } = {},
): Promise<{ readonly browser: Browser; readonly callback: string }> {
  // The pace of attempts with one name is limited.
  fixture.clock.advance(1_000)
  const options = org ? { org } : {}
  const begun = await visit(fixture, browser, 'GET', `/admin/sign-in?${new URLSearchParams({ to })}`, options)
  assert.equal(begun.status, 302, begun.text)
  let answer = await visit(fixture, browser, 'GET', pathOf(begun.headers.location), options)
  if (answer.status === 200) answer = await submitSignIn(fixture, browser, answer.text, who, org)
  const callback = pathOf(answer.headers.location)
  assert.ok(callback.startsWith('/admin/callback?'), `${answer.status} ${callback} ${answer.text.slice(0, 300)}`)
  return { browser, callback }
}

/** The browser of somebody who has opened the console. */
export async function openConsole(
  fixture: Pick<Fixture, 'clock' | 'request'>,
  who: Who,
  options: { browser?: Browser; to?: string; org?: TestOrg } = {},
): Promise<{ readonly browser: Browser; readonly answer: TestAnswer }> {
  const { browser, callback } = await beginConsoleSignIn(fixture, who, options)
  const answer = await visit(fixture, browser, 'GET', callback, options.org ? { org: options.org } : {})
  return { browser, answer }
}

/** A call of the console's script. */
export const consoleCall = (
  fixture: Requester,
  { cookies }: Browser,
  method: string,
  path: string,
  { headers, ...options }: RequestOptions = {},
): Promise<TestAnswer> =>
  fixture.request(method, path, { token: null, cookies, ...options, headers: { ...CONSOLE_HEADERS, ...headers } })
