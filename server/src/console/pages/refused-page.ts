import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'

export type RefusedPageView = Frame & {
  signOutHref: string
  homeHref: string
}

/** For somebody who has signed in and administers nothing. */
export function refusedPage(view: RefusedPageView): string {
  return cardPage({
    frame: view,
    heading: 'No access to the Admin Console',
    body: html`<p class="lead" data-se="refused">You are signed in, but you have no administrator role in this organization. An administrator can give you one.</p>
<p><a class="button" href="${view.signOutHref}" data-se="sign-out">Sign out</a></p>
<p class="after"><a href="${view.homeHref}" data-se="home">Go to the start page</a></p>`,
  })
}
