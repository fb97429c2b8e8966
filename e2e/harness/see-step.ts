// A page of a sign-in, by its heading.
import type { Page } from 'playwright-core'
import { seeForEverybody } from './looks.ts'
import { see } from './see.ts'

/**
 * The page with this heading, as everybody meets it.
 * @param picture its name where the heading alone would not tell it from another
 */
export async function seeStep(page: Page, heading: string, picture = heading): Promise<void> {
  await see(page.getByRole('heading', { level: 1 }), heading)
  await seeForEverybody(page, picture)
}
