// npm run screens: an org with something in every page, and a picture of each page in docs/screens: light, and for those that
// the README shows dark and narrow too. Everything is made anew, so that it can be run whenever a page has changed.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { ROOT } from '../scripts/project.mjs'
import { signInToConsole } from './console/console.ts'
import { adminOf } from './harness/admin.ts'
import { launchBrowser } from './harness/browser.ts'
import { startKeystead } from './harness/keystead.ts'
import { type Org, seedOrg } from './harness/seed-org.ts'

const FOLDER = join(ROOT, 'docs', 'screens')
const BYTES_MAX = 150 * 1_024
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }
/** The one that people know from the README. */
const PORT = 8765

interface Screen {
  readonly name: string
  /** Below `/admin`. */
  readonly path: (org: Org) => string
  /** What is done on the page before it is taken. */
  readonly prepare?: (page: Page) => Promise<void>
  /** The part of the page that is taken; the whole window otherwise. */
  readonly part?: (page: Page) => Locator
  /** Also taken dark and narrow. */
  readonly isMain?: boolean
}

const tab = (name: string) => (org: Org) => `/app/oidc_client/instance/${org.appId}?tab=${name}`
const region = (name: string) => (page: Page) => page.getByRole('region', { name })

const SCREENS: readonly Screen[] = [
  { name: 'dashboard', path: () => '/', isMain: true },
  { name: 'applications', path: () => '/applications', isMain: true },
  {
    name: 'platforms',
    path: () => '/applications/new',
    prepare: (page) => page.getByRole('button', { name: 'Create New App' }).click(),
    part: (page) => page.getByRole('dialog'),
  },
  { name: 'new-app', path: () => '/applications/new?type=browser', isMain: true },
  { name: 'app-general', path: tab('general'), isMain: true },
  { name: 'app-assignments', path: tab('assignments') },
  { name: 'quick-start', path: tab('quick-start'), isMain: true },
  {
    name: 'refresh-token-settings',
    path: tab('general'),
    prepare: (page) => region('General Settings')(page).getByRole('button', { name: 'Edit' }).click(),
    part: region('General Settings'),
  },
  { name: 'authorization-servers', path: () => '/security/api' },
  { name: 'trusted-origins', path: () => '/security/api?tab=trusted-origins' },
  { name: 'access-policies', path: () => '/security/api/servers/default?tab=policies' },
  {
    name: 'rule-lifetimes',
    path: () => '/security/api/servers/default?tab=policies',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Actions for Default Policy Rule' }).click()
      await page.getByRole('menuitem', { name: 'Edit' }).click()
    },
    part: (page) => page.getByRole('group', { name: 'THEN tokens live, in minutes' }),
  },
  { name: 'people', path: () => '/directory/people', isMain: true },
  { name: 'person', path: (org) => `/directory/people/${org.personId}` },
  { name: 'groups', path: () => '/directory/groups' },
  { name: 'group', path: (org) => `/directory/groups/${org.groupId}` },
  { name: 'system-log', path: () => '/reports/system-log', isMain: true },
  { name: 'refused-requests', path: () => '/reports/refused-requests', isMain: true },
  { name: 'features', path: () => '/settings/features', isMain: true },
  { name: 'guides', path: () => '/guides' },
]

const LOOKS: readonly { readonly end: string; readonly isForAll: boolean; readonly options: BrowserContextOptions }[] =
  [
    { end: '', isForAll: true, options: { viewport: WIDE, colorScheme: 'light' } },
    { end: '-dark', isForAll: false, options: { viewport: WIDE, colorScheme: 'dark' } },
    { end: '-narrow', isForAll: false, options: { viewport: NARROW, colorScheme: 'light' } },
  ]

const wanted = process.argv.slice(2)
mkdirSync(FOLDER, { recursive: true })
const keystead = await startKeystead(PORT)
const browser = await launchBrowser()
try {
  const org = await seedOrg(adminOf(keystead), keystead)
  for (const { end, isForAll, options } of LOOKS) {
    const context = await browser.newContext({ ...options, deviceScaleFactor: 1, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(keystead.url)
    await page.locator('input[name="identifier"]').waitFor()
    if (wanted.length === 0) await takeSignIn(page, end)
    await signInToConsole(page, keystead)
    for (const screen of SCREENS) {
      if (!(screen.isMain || isForAll) || (wanted.length > 0 && !wanted.includes(screen.name))) continue
      await take(page, screen, org, end)
    }
    await context.close()
  }
} finally {
  await browser.close()
  await keystead.stop()
}

/** In a small window: the page is a card on a quiet ground. */
async function takeSignIn(page: Page, end: string): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: Math.min(before?.width ?? 0, 560), height: 640 })
  await keep(page, `sign-in${end}`)
  if (before) await page.setViewportSize(before)
}

async function take(page: Page, { name, path, prepare, part }: Screen, org: Org, end: string): Promise<void> {
  await page.goto(`${keystead.url}/admin${path(org)}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await prepare?.(page)
  await page.waitForLoadState('networkidle')
  await keep(part?.(page) ?? page, `${name}${end}`)
}

async function keep(shown: Page | Locator, name: string): Promise<void> {
  const file = join(FOLDER, `${name}.png`)
  await shown.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  const { size } = statSync(file)
  console.log(`${name}.png ${(size / 1_024).toFixed(0)} KB`)
  if (size > BYTES_MAX) throw new Error(`${file} is larger than ${BYTES_MAX / 1_024} KB.`)
}
