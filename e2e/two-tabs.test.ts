// Two tabs of one app that renew by refresh token at once, where answers get lost on the way. okta-auth-js lets the tabs elect one that
// renews by itself before tokens expire (LeaderElection, syncStorage); but what an app asks for (`tokenManager.renew`,
// `getOrRenewAccessToken`, a tab that becomes active) it does in each tab, and one tab knows nothing of another's call under way.
// Within a tab renewals wait for each other, so each tab has one under way at any time, and the two meet at the server.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { assign, createPerson, type Person, type RegisteredApp, registerSpa } from './harness/admin.ts'
import { see } from './harness/see.ts'
import { seeSignInPage, signIn } from './harness/sign-in-page.ts'
import type { Spa } from './harness/spa.ts'
import { setStage } from './harness/stage.ts'

const stage = await setStage()
const { keystead, admin } = stage

const RENEWALS = 200
const LOSS = 0.05
const SPENT = 'The refresh token is invalid or expired.'

interface Traffic {
  /** The refresh tokens of all calls of the token endpoint, in order. */
  readonly presented: readonly string[]
  /** What the server said to each, the lost ones included. */
  readonly statuses: readonly number[]
  readonly lost: number
}

describe('okta-auth-js in two tabs that renew at once, one answer in twenty lost', () => {
  test('with one storage for both: each gets every renewal, and nobody is signed out', async () => {
    const { app, person, spa } = await begin('Shared storage', 'localStorage')
    await stage.visit(async ({ page: left, context, takeProblems }) => {
      await signInTo(left, spa, person)
      const right = await openTab(context, spa, person)
      const traffic = [await loseAnswers(left, 1), await loseAnswers(right, 2)] as const

      await Promise.all([renew(left, RENEWALS), renew(right, RENEWALS)])
      assertRenewals(traffic, RENEWALS)
      assertLostAnswers(takeProblems(), traffic)

      for (const tab of [left, right]) {
        await tab.unrouteAll()
        const before = await tokenOf(tab)
        await renew(tab, 1)
        assert.notEqual(await tokenOf(tab), before)
        assert.equal(await isSignedIn(tab), true)
      }
      await assertOneFamily(app, person)
    })
  })

  test('with a copy of the tokens for each, as a duplicated tab has: both end on one branch', async () => {
    const { app, person, spa } = await begin('Storage of its own', 'sessionStorage')
    await stage.visit(async ({ page: left, takeProblems }) => {
      await signInTo(left, spa, person)
      const right = await duplicate(left, person)
      assert.equal(await tokenOf(right), await tokenOf(left))
      const traffic = [await loseAnswers(left, 3), await loseAnswers(right, 4)] as const

      await Promise.all([renew(left, RENEWALS), renew(right, RENEWALS)])
      assertRenewals(traffic, RENEWALS)
      assertLostAnswers(takeProblems(), traffic)
      assert.equal(traffic[0].presented[0], traffic[1].presented[0], 'the same token came from both')

      for (const tab of [left, right]) await tab.unrouteAll()
      // On two branches they would never hold the same token again.
      const ends: string[][] = []
      for (const tab of [left, right, left]) {
        await renew(tab, 1)
        ends.push([await tokenOf(left), await tokenOf(right)])
      }
      assert.ok(
        ends.some(([one, other]) => one === other),
        'the tabs are on two branches',
      )
      for (const tab of [left, right]) assert.equal(await isSignedIn(tab), true)
      await assertOneFamily(app, person)
    })
  })
})

test('a laptop that sleeps over a lost answer past the grace period is signed out of the app, and back in without a password', async () => {
  const { app, person, spa } = await begin('Asleep', 'localStorage')
  await stage.visit(async ({ page, takeProblems }) => {
    await signInTo(page, spa, person)
    await page.route('**/v1/token', async (route) => {
      assert.equal((await route.fetch()).status(), 200)
      await route.abort()
    })
    await assert.rejects(renew(page, 1, 'no retry'))
    const [problem, ...others] = takeProblems()
    assert.match(problem ?? '', /net::ERR_FAILED/)
    assert.deepEqual(others, [])
    await page.unrouteAll()
    // Today's setting counts, so this ends the grace period without waiting for it.
    await endGracePeriod(app)

    await assert.rejects(renew(page, 1, 'no retry'), new RegExp(SPENT))
    assert.match(takeProblems()[0] ?? '', /status of 400/)
    assert.equal(await tokenOf(page), '', 'auth-js knows by the sentence that the refresh token is dead')
    assert.equal(await isSignedIn(page), false)
    assert.equal((await reusesBy(person)).length, 1)
    assert.deepEqual(await familiesOf(app, person), [])

    await page.evaluate(() => window.oktaAuth.tokenManager.clear())
    await page.goto(spa.origin)
    await see(page.getByTestId('name'), person.name)
    assert.equal(await isSignedIn(page), true)
    await renew(page, 1)
    assert.equal((await familiesOf(app, person)).length, 1)
  })
})

interface Beginning {
  readonly app: RegisteredApp
  readonly person: Person
  readonly spa: Spa
}

/** An app of its own for each story; its refresh tokens rotate, with the grace period that an app has when nothing is said. */
async function begin(label: string, tokenStorage: 'localStorage' | 'sessionStorage'): Promise<Beginning> {
  const spa = await stage.serve('tabs')
  const app = await registerSpa(admin, label, { origin: spa.origin, callback: '/login/callback', signedOut: '' })
  const { settings } = await getApp(app)
  assert.deepEqual(settings.oauthClient.refresh_token, { rotation_type: 'ROTATE', leeway: 30 })
  const person = await createPerson(admin, 'Tabea', label.replaceAll(' ', '-'))
  await assign(admin, person, app.id)
  spa.configure({ issuer: keystead.issuer, clientId: app.clientId, tokenStorage })
  return { app, person, spa }
}

async function signInTo(page: Page, spa: Spa, person: Person): Promise<void> {
  await page.goto(spa.origin)
  await seeSignInPage(page, keystead)
  await signIn(page, person)
  await see(page.getByTestId('name'), person.name)
}

async function openTab(context: BrowserContext, spa: Spa, person: Person): Promise<Page> {
  const page = await context.newPage()
  await page.goto(spa.origin)
  await see(page.getByTestId('name'), person.name)
  return page
}

/** A tab that a page opens begins with a copy of its session storage, as one does that a person duplicates. */
async function duplicate(page: Page, person: Person): Promise<Page> {
  const [copy] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('/'))])
  await see(copy.getByTestId('name'), person.name)
  return copy
}

/** Lets some answers of the token endpoint get lost, which the server gave: the same ones in each run. */
async function loseAnswers(page: Page, seed: number): Promise<Traffic> {
  const presented: string[] = []
  const statuses: number[] = []
  const traffic = { presented, statuses, lost: 0 }
  const draw = drawsFrom(seed)
  page.on('response', (response) => {
    if (response.url().endsWith('/v1/token')) statuses.push(response.status())
  })
  await page.route('**/v1/token', async (route) => {
    presented.push(new URLSearchParams(route.request().postData() ?? '').get('refresh_token') ?? '')
    if (draw() >= LOSS) return route.continue()
    traffic.lost += 1
    statuses.push((await route.fetch()).status())
    return route.abort()
  })
  return traffic
}

/** Numbers from 0 to 1 that look random (Park and Miller's generator). */
function drawsFrom(seed: number): () => number {
  const MODULUS = 2 ** 31 - 1
  let state = seed
  const draw = () => {
    state = (state * 48_271) % MODULUS
    return state / MODULUS
  }
  // The first ones lie close to the seed.
  for (let skipped = 0; skipped < 5; skipped++) draw()
  return draw
}

/** Renews one time after the other; a call that got no answer is made again, as an app does. */
const renew = (page: Page, times: number, retry: 'retry' | 'no retry' = 'retry'): Promise<void> =>
  page.evaluate(
    async ([wanted, mayRetry]) => {
      for (let done = 0; done < wanted; ) {
        try {
          await window.oktaAuth.tokenManager.renew('accessToken')
          done += 1
        } catch (error) {
          if (!mayRetry || !String(error).includes('Failed to fetch')) throw error
        }
      }
    },
    [times, retry === 'retry'] as const,
  )

const isSignedIn = (page: Page): Promise<boolean> => page.evaluate(() => window.oktaAuth.isAuthenticated())

/** The refresh token that a tab has; empty where it has none. */
const tokenOf = (page: Page): Promise<string> => page.evaluate(() => window.oktaAuth.getRefreshToken() ?? '')

/** No renewal was merged with another one: each tab made a call for each, and one more for each lost answer. */
function assertRenewals(tabs: readonly [Traffic, Traffic], renewals: number): void {
  for (const { presented, statuses, lost } of tabs) {
    assert.ok(lost >= 5, `${lost} answers were lost`)
    assert.equal(presented.length, renewals + lost)
    assert.deepEqual(new Set(statuses), new Set([200]))
    assert.equal(statuses.length, presented.length)
  }
  const [left, right] = tabs.map(({ presented }) => new Set(presented))
  assert.ok(left && right && left.intersection(right).size > 0, 'no token was ever presented by both tabs')
}

function assertLostAnswers(problems: readonly string[], tabs: readonly Traffic[]): void {
  const lost = problems.filter((problem) => problem.includes('net::ERR_FAILED'))
  assert.deepEqual(lost, problems)
  assert.equal(
    lost.length,
    tabs.reduce((sum, tab) => sum + tab.lost, 0),
  )
}

async function assertOneFamily(app: RegisteredApp, person: Person): Promise<void> {
  assert.deepEqual(await reusesBy(person), [])
  const [family, ...others] = await familiesOf(app, person)
  assert.equal(family?.status, 'ACTIVE')
  assert.deepEqual(others, [])
}

async function familiesOf({ clientId }: RegisteredApp, { id: userId }: Person) {
  const families = []
  for await (const one of await admin.userApi.listRefreshTokensForUserAndClient({ userId, clientId }))
    if (one) families.push(one)
  return families
}

/** Every time that a spent token of this person came too late, as far as there are any. */
async function reusesBy({ id }: Person): Promise<readonly object[]> {
  const filter = `eventType eq "app.oauth2.as.token.detect_reuse" and target.id eq "${id}"`
  return callApi('GET', `/logs?${new URLSearchParams({ filter })}`)
}

const getApp = ({ id }: RegisteredApp) => callApi('GET', `/apps/${id}`)

async function endGracePeriod(app: RegisteredApp): Promise<void> {
  const body = await getApp(app)
  body.settings.oauthClient.refresh_token.leeway = 0
  await callApi('PUT', `/apps/${app.id}`, body)
}

async function callApi(method: string, path: string, body?: object) {
  const answer = await fetch(`${keystead.url}/api/v1${path}`, {
    method,
    headers: { authorization: `SSWS ${keystead.apiToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  assert.equal(answer.status, 200)
  return answer.json()
}
