// A page of a sign-in as everybody sees it.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { seeNoBarriers } from '../console/console.ts'
import { see } from './see.ts'

/** A folder: where it is named, pictures of the pages are kept there. */
const PICTURES = process.env.KEYSTEAD_PICTURES
const LOOKS = [
  { name: 'light', scheme: 'light', width: 1000 },
  { name: 'dark', scheme: 'dark', width: 1000 },
  { name: 'narrow', scheme: 'light', width: 320 },
  { name: 'narrow-dark', scheme: 'dark', width: 320 },
] as const

/**
 * The page with this heading: nothing shuts anybody out and nothing is wider than the window, in light and dark, wide and narrow.
 * @param picture its name where the heading alone would not tell it from another
 */
export async function seeStep(page: Page, heading: string, picture = heading): Promise<void> {
  await see(page.getByRole('heading', { level: 1 }), heading)
  const before = page.viewportSize()
  for (const { name, scheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 800 })
    await seeNoBarriers(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `${heading} is ${wide} px wider than ${width} px`)
    if (!PICTURES) continue
    mkdirSync(PICTURES, { recursive: true })
    const file = `${picture.toLowerCase().replaceAll(/\W+/g, '-')}-${name}.png`
    await page.screenshot({ path: join(PICTURES, file), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (before) await page.setViewportSize(before)
}
