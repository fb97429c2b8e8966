import { html } from '#http/html.ts'
import { cardPage, type Frame } from './card-page.ts'
import { webHref } from './href.ts'

export type ContinuePageView = Frame & { href: string }

/**
 * Leads on to an app after a form was sent to us. A redirect would do the same but for one thing: browsers hold every
 * hop that follows a form against the form's policy, so an app whose callback redirects to a further origin (an API
 * host that sends the person on to its front end) would be blocked. This page ends the form's journey and starts a new one.
 */
export function continuePage(view: ContinuePageView): string {
  const href = webHref(view.href)
  if (href === undefined) throw new Error('Only http(s) addresses can be continued to; redirect to other schemes')
  return cardPage({
    frame: view,
    // The address is quoted inside the attribute, since a bare one ends at a quote or is trimmed.
    head: html`<meta http-equiv="refresh" content="0; url='${href.replaceAll("'", '%27')}'">\n`,
    heading: 'One moment',
    body: html`<p class="lead">You are on your way back to the application.</p>
<a class="button" href="${href}">Continue</a>`,
  })
}
