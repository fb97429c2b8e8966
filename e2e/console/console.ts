// The Admin Console as its stories need it: signing in, and looking for what shuts people out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { Keystead } from '../harness/keystead.ts'
import { seeSignInPage, signIn } from '../harness/sign-in-page.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const BARRIERS: readonly string[] = ['serious', 'critical']

/** Goes to the org as its administrator, and stands in the console afterwards. */
export async function signInToConsole(page: Page, keystead: Keystead): Promise<void> {
  await page.goto(keystead.url)
  await seeSignInPage(page, keystead)
  await signIn(page, keystead.admin)
  // The sign-in page has a heading too.
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** Goes to a page by the side navigation. */
export const openByMenu = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()

interface Finding {
  readonly id: string
  readonly impact: string
  readonly where: readonly string[]
}

/** @throws Error naming what axe-core finds serious or critical on the page as it is. The CSP refuses script tags, so axe is evaluated. */
export async function seeNoBarriers(page: Page): Promise<void> {
  await page.evaluate(AXE)
  // What is fading in has no contrast yet; what turns for ever is not waited for.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  const findings = await page.evaluate(async (): Promise<Finding[]> => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }
    interface AxeViolation {
      id: string
      impact: string
      nodes: { html: string }[]
    }
    const { violations } = await axe.run()
    return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) }))
  })
  const barriers = findings.filter(({ impact }) => BARRIERS.includes(impact))
  if (barriers.length > 0) throw new Error(`${page.url()} shuts people out: ${JSON.stringify(barriers, null, 2)}`)
}
