import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

export type SignedOutPageView = Frame & { signInHref: string }

export function signedOutPage(view: SignedOutPageView): string {
  return cardPage({
    frame: view,
    heading: 'You are signed out',
    body: html`<p class="lead">Apps that you opened may keep you signed in for a while. On a shared computer, close the browser.</p>
<a class="button" data-se="sign-in-again" href="${ownHref(view.signInHref)}">Sign in again</a>`,
  })
}

export type SignOutConfirmationPageView = Frame & {
  action: string
  csrf: string
  /** Where "Stay signed in" leads. */
  stayHref: string
}

/** Asked when a logout request does not prove whose session it means. */
export function signOutConfirmationPage(view: SignOutConfirmationPageView): string {
  return cardPage({
    frame: view,
    heading: 'Sign out?',
    referrer: 'same-origin',
    body: html`<p class="lead">You are still signed in.</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<div class="buttons">
<a class="button quiet" data-se="cancel" href="${ownHref(view.stayHref)}">Stay signed in</a>
<button class="button" type="submit" data-type="save" data-se="sign-out">Sign out</button>
</div>
</form>`,
  })
}
