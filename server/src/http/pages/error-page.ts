import { html } from '#http/html.ts'
import { cardPage, type Frame } from './card-page.ts'
import { webHref } from './href.ts'

export type ErrorPageView = Frame & {
  errorCode: string
  description: string
  /** Follows the description; the words alone where the address is not http(s). */
  link?: { href: string; text: string } | undefined
  requestId?: string | undefined
}

const HELP = 'Go back to the application and try again. If it keeps happening, show this page to whoever runs it.'

/** The page for faults that must not be sent back to an app, with the three lines that people know from the service. */
export function errorPage(view: ErrorPageView): string {
  return cardPage({
    frame: view,
    bodyClass: 'wide',
    heading: 'This request can’t be completed',
    body: html`<p class="lead" data-se="error-help">${HELP}</p>
<dl>
<dt>Identity Provider</dt><dd data-se="identity-provider">Unknown</dd>
<dt>Error Code</dt><dd class="code" data-se="error-code">${view.errorCode}</dd>
<dt>Description</dt><dd data-se="error-description">${view.description}${view.link && linkTo(view.link)}</dd>
</dl>
${view.requestId && html`<p class="after">Request <span data-se="request-id">${view.requestId}</span></p>`}`,
  })
}

function linkTo({ href, text }: { href: string; text: string }) {
  const safe = webHref(href)
  return safe === undefined ? html` ${text}` : html` <a href="${safe}">${text}</a>`
}
