// Waiting for what a page shows, and for what it asks of Keystead.
import type { Locator, Page, Request, Response } from 'playwright-core'

/** Waits until an element says exactly this. */
export async function see(locator: Locator, text: string): Promise<void> {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  await locator.filter({ hasText: new RegExp(`^\\s*${literal}\\s*$`) }).waitFor()
}

/** What an element says, as soon as it says something, and not what it said before. */
export async function nextText(locator: Locator, before?: string): Promise<string> {
  await locator.filter({ hasText: /\S/, ...(before === undefined ? {} : { hasNotText: before }) }).waitFor()
  return (await locator.innerText()).trim()
}

/** Waits until an element that stands there says nothing. */
export async function seeEmpty(locator: Locator): Promise<void> {
  await locator.filter({ hasNotText: /\S/ }).waitFor({ state: 'attached' })
}

/** Waits for the answer to a request to an endpoint whose form or query has the given members. */
export function answerOf(
  page: Page,
  endpoint: string,
  members: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return page.waitForResponse((response) => isCall(response.request(), endpoint, members))
}

function isCall(request: Request, endpoint: string, members: Readonly<Record<string, string>>): boolean {
  const url = new URL(request.url())
  if (request.method() === 'OPTIONS' || !url.pathname.endsWith(endpoint)) return false
  const sent = new URLSearchParams(request.postData() ?? url.search)
  return Object.entries(members).every(([name, value]) => sent.get(name) === value)
}
