// What a page of the console costs who opens it for the first time: JavaScript as it is sent, in a browser that has kept nothing.
// npm run console-size prints it for each page, with the time until the page can be used on this machine.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { registerSpa } from '../harness/admin.ts'
import { setStage } from '../harness/stage.ts'
import { signInToConsole } from './console.ts'

const KILOBYTES_MAX = 250
const KILOBYTE = 1_024

const stage = await setStage()
const { url } = stage.keystead
const app = await registerSpa(stage.admin, 'Weighed', {
  origin: 'http://localhost:8080',
  callback: '/login/callback',
  signedOut: '',
})
const { id: userId } = await stage.admin.userApi.getUser({ userId: 'me' })
const everyone = await (await stage.admin.groupApi.listGroups({ q: 'Everyone' })).next()

const PAGES: readonly string[] = [
  '/',
  '/applications',
  '/applications/new',
  '/applications/new?type=browser',
  ...['general', 'sign-on', 'assignments', 'quick-start'].map(
    (tab) => `/app/oidc_client/instance/${app.id}?tab=${tab}`,
  ),
  ...['authorization-servers', 'tokens', 'trusted-origins'].map((tab) => `/security/api?tab=${tab}`),
  ...['settings', 'scopes', 'claims', 'policies'].map((tab) => `/security/api/servers/default?tab=${tab}`),
  ...['password', 'enrollment'].map((tab) => `/security/authenticators?tab=${tab}`),
  '/security/global-session-policy',
  '/directory/people',
  `/directory/people/${userId}`,
  '/directory/groups',
  `/directory/groups/${everyone.value?.id}`,
  '/reports/system-log',
  '/reports/refused-requests',
  '/settings/features',
  '/guides',
  '/guides/create-an-app',
]

/** When the last of what the page asked for was there, counted from the start of its load. */
const lastArrival = () =>
  Math.max(...performance.getEntriesByType('resource').map(({ duration, startTime }) => startTime + duration))

describe('the first load of a page', () => {
  let cookies: Awaited<ReturnType<BrowserContext['cookies']>> = []
  const signedIn = async () => {
    if (cookies.length === 0)
      await stage.visit(async ({ page, context }) => {
        await signInToConsole(page, stage.keystead)
        cookies = await context.cookies()
      })
    return cookies
  }

  for (const path of PAGES) {
    const name = path.replace(/0\w{19}/, '…')
    test(`${name}: at most ${KILOBYTES_MAX} KB of JavaScript`, async (t) => {
      const known = await signedIn()
      await stage.visit(async ({ page, context, takeProblems }) => {
        await context.addCookies(known)
        const scripts: Promise<number>[] = []
        context.on('requestfinished', (request) => {
          if (request.resourceType() === 'script')
            scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
        })
        await page.goto(`${url}/admin${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
        const drawn = await page.evaluate(() => performance.now())
        await page.waitForLoadState('networkidle')
        const usable = Math.max(drawn, await page.evaluate(lastArrival))
        takeProblems()

        const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)
        t.diagnostic(
          `${name}: ${(bytes / KILOBYTE).toFixed(1)} KB in ${scripts.length} files, usable after ${usable.toFixed(0)} ms`,
        )
        assert.ok(scripts.length > 0)
        assert.ok(bytes <= KILOBYTES_MAX * KILOBYTE, `${(bytes / KILOBYTE).toFixed(1)} KB`)
      })
    })
  }
})
