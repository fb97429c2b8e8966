import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'

export type UnfinishedPageView = Frame & {
  /** What went wrong, in a sentence. */
  description: string
  againHref: string
}

/** For a sign-in that did not come to its end. It does not begin again by itself: that could go on for ever. */
export function unfinishedPage(view: UnfinishedPageView): string {
  return cardPage({
    frame: view,
    heading: 'The sign-in was not completed',
    body: html`<p class="lead" data-se="unfinished">${view.description}</p>
<p><a class="button" href="${view.againHref}" data-se="again">Try again</a></p>`,
  })
}
