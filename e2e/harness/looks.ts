// A page as everybody meets it: by eye and by ear, in light and dark, in a wide window and at 320 pixels.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { seeNoBarriers } from '../console/console.ts'

/** For whoever wants to look: the folder for a picture of each page that a story comes by. */
const PICTURES = process.env.KEYSTEAD_PICTURES
const SCHEMES = ['light', 'dark'] as const
const WIDTHS = [1280, 320] as const

/** Nothing shuts anybody out, nothing stands beside the edge, and the tab says what the page does. Leaves the window as it was. */
export async function seeForEverybody(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  const heading = await page.getByRole('heading', { level: 1 }).innerText()
  const title = await page.title()
  assert.match(title, /^(Error: )?\S.* · \S/, `${name}: the title is ${title}`)
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${name} has one main heading`)
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 })
      await seeNoBarriers(page)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      assert.ok(over <= 0, `${name} (${heading}) is ${over} pixels too wide at ${width}`)
      await keepPicture(page, `${name} ${colorScheme} ${width}`)
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  if (before) await page.setViewportSize(before)
}

/** What went wrong is read at once: it has the focus, and the tab begins with it. */
export async function seeError(page: Page, sentence: string | RegExp): Promise<void> {
  await page.getByRole('alert').getByText(sentence).waitFor()
  assert.match(await page.title(), /^Error: /)
  // A browser moves the focus with its next frame.
  await page.locator('[role="alert"]:focus').waitFor()
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
}
