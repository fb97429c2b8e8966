// A real Chromium, and a visitor in it: whatever a page complains of fails the story, with pictures of how it looked.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { prepareChromium } from '../../scripts/chromium.mjs'

const PATIENCE = 20_000

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /**
   * The errors that consoles of all pages have shown since the last call: refused loads, breaches of a content security
   * policy, exceptions. A story takes those that belong to it; one that is left over fails it.
   */
  takeProblems(): readonly string[]
}

export interface BrowserHabits {
  /** Shows a page that was left as it was, as browsers of people do; playwright's does not. */
  readonly keepsPages?: true
}

export interface VisitSettings {
  /** False for a visitor whose browser runs no scripts. */
  readonly javaScriptEnabled?: boolean
}

/** Starts the browser, without what it would ask of the network for itself, and with no host but this one. */
export async function launchBrowser({ keepsPages }: BrowserHabits = {}): Promise<Browser> {
  return chromium.launch({
    ...(keepsPages ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    executablePath: process.env.KEYSTEAD_CHROMIUM ?? (await prepareChromium()),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  })
}

/**
 * Lets a person with an empty browser live through a story.
 * @param serverOutput what the server has written, shown where the story fails
 */
export async function visit(
  browser: Browser,
  serverOutput: readonly string[],
  story: (visitor: Visitor) => Promise<void>,
  settings: VisitSettings = {},
): Promise<void> {
  // Half-faded text is hard to read, for axe as for people: nothing fades for who asks for less motion.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...settings })
  context.setDefaultTimeout(PATIENCE)
  const problems: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (event) => problems.push(String(event.error())))
  try {
    const page = await context.newPage()
    await story({ page, context, takeProblems: () => problems.splice(0) })
    assert.deepEqual(problems, [], 'the console of a page showed errors')
  } catch (error) {
    const facts = [...(await evidence(context)), ...problems.map((line) => `console: ${line}`), ...serverOutput]
    throw new Error([error instanceof Error ? error.message : error, ...facts].join('\n'), { cause: error })
  } finally {
    await context.close()
  }
}

/** Problems that are nothing but loads refused with these statuses: the browser itself writes them to the console. */
export function assertRefusedLoads(problems: readonly string[], statuses: readonly number[]): void {
  const seen = problems.map((problem) => Number(/^Failed to load resource: .* status of (\d{3})/.exec(problem)?.[1]))
  assert.deepEqual(seen, statuses, problems.join('\n'))
}

/** Where the pages stand, and the folder with a picture of each. */
async function evidence(context: BrowserContext): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-e2e-failure-'))
  const lines: string[] = []
  for (const [index, page] of context.pages().entries()) {
    const path = join(folder, `page-${index + 1}.png`)
    const pictured = await page.screenshot({ path, fullPage: true }).catch(() => undefined)
    lines.push(`page: ${page.url()} ${pictured ? path : '(no picture could be taken)'}`)
  }
  return lines
}
