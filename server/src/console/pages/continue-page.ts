import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'

export type ContinuePageView = Frame & {
  /** A path of ours. */
  href: string
}

/**
 * Moves on by itself. A browser keeps the console's cookie back along a chain of redirects that another site has begun: the way from
 * here on begins at a page of ours.
 */
export function continuePage(view: ContinuePageView): string {
  return cardPage({
    frame: view,
    heading: 'You are signed in',
    head: html`<meta http-equiv="refresh" content="0;url=${view.href}">
`,
    body: html`<p><a class="button" href="${view.href}" data-se="continue">Continue to the Admin Console</a></p>`,
  })
}
