// okta-auth-js on the pages of an app that asks for every step itself, as a story calls it (see `apps/authn`).
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { type Person, type RegisteredApp, registerSpa, trustOrigin } from './admin.ts'
import { type MovableStage, setMovableStage } from './movable-stage.ts'
import type { Spa } from './spa.ts'

export interface AuthnStage {
  readonly stage: MovableStage
  readonly app: RegisteredApp
  open(page: Page): Promise<void>
  /** In the midst of a sign-in, a second after whatever came before. */
  begin(page: Page, person: Person, options?: object): Promise<Seen>
}

/** What a step looked like, or how it was refused. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts what it reads
export type Seen = any

export async function setAuthnStage(): Promise<AuthnStage> {
  const stage = await setMovableStage()
  const spa: Spa = await stage.serve('authn')
  const places = { origin: spa.origin, callback: '/login/callback', signedOut: '' }
  const app = await registerSpa(stage.admin, 'Own steps', places)
  await trustOrigin(stage.admin, spa.origin)
  spa.configure({ issuer: stage.keystead.issuer, clientId: app.clientId })
  return {
    stage,
    app,
    async open(page) {
      await page.goto(spa.origin)
      await page.waitForFunction(() => window.driver !== undefined)
    },
    async begin(page, { login, password }, options = {}) {
      await stage.server.advance(1_000)
      return page.evaluate((given) => window.driver.signIn(given), { username: login, password, options })
    },
  }
}

type Name =
  | 'cancel'
  | 'skip'
  | 'changePassword'
  | 'resetPassword'
  | 'answer'
  | 'unlock'
  | 'verify'
  | 'resend'
  | 'activate'
  | 'prev'
export const move = (page: Page, name: Name, ...given: unknown[]): Promise<Seen> =>
  page.evaluate(([name, ...given]) => window.driver.move(name as Name, ...given), [name, ...given])
export const enroll = (page: Page, type: string, given?: object): Promise<Seen> =>
  page.evaluate(([type, given]) => window.driver.enroll(type as string, given as object), [type, given])
export const verify = (page: Page, type: string, given?: object): Promise<Seen> =>
  page.evaluate(([type, given]) => window.driver.verify(type as string, given as object), [type, given])

export function succeeds(seen: Seen): string {
  assert.equal(seen.status, 'SUCCESS', JSON.stringify(seen))
  assert.ok(seen.sessionToken)
  return seen.sessionToken
}
export const stands = (seen: Seen, status: string) => assert.equal(seen.status, status, JSON.stringify(seen))
