// Keystead's sign-in page by the names that end-to-end tests against Okta use.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Person } from './admin.ts'
import type { Keystead } from './keystead.ts'

const IDENTIFIER = 'form[data-se="o-form"] input[name="identifier"]'

/** Waits until the page stands at Keystead and asks who is there. */
export async function seeSignInPage(page: Page, keystead: Keystead): Promise<void> {
  await page.locator(IDENTIFIER).waitFor()
  assert.equal(new URL(page.url()).origin, keystead.url)
}

/** Types a person's name and password as a person does, and sends them. */
export async function signIn(page: Page, { login, password }: Pick<Person, 'login' | 'password'>): Promise<void> {
  await page.locator(IDENTIFIER).pressSequentially(login)
  await page.locator('input[name="credentials.passcode"]').pressSequentially(password)
  await page.locator('[data-type="save"]').click()
}
