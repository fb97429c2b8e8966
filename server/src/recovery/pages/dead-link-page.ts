import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'

export type DeadLinkPageView = Frame & { signInHref: string }

/** For a link that is used, expired, cut short, altered or another org's: which of these it is concerns nobody. */
export function deadLinkPage(view: DeadLinkPageView): string {
  return cardPage({
    frame: view,
    heading: 'This link can’t be used',
    referrer: 'same-origin',
    body: html`<p class="lead" data-se="link-dead">It has expired, was used before, or is not complete. A link is good for one use, and a newer one takes its place.</p>
<p>Open the newest link, whole, or ask whoever gave it to you for another.</p>
<a class="button" data-se="back-to-sign-in" href="${ownHref(view.signInHref)}">Go to sign-in</a>`,
  })
}
