import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

export type HomePageView = Frame & {
  name: string
  login: string
  signOutAction: string
  csrf: string
}

/** Where a person stands who is signed in, asked for nothing else, and administers nothing. */
export function homePage(view: HomePageView): string {
  return cardPage({
    frame: view,
    heading: 'You are signed in',
    referrer: 'same-origin',
    body: html`<div class="person">
<span class="initials" aria-hidden="true">${initials(view.name || view.login)}</span>
<p><strong data-se="name">${view.name}</strong><br><span class="hint" data-se="login">${view.login}</span></p>
</div>
<form method="post" action="${ownHref(view.signOutAction)}">
${hiddenFields(view)}
<button class="button quiet" type="submit" data-se="sign-out">Sign out</button>
</form>`,
  })
}

/** Of the first and the last word; whole characters, since a name may begin beyond the BMP. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], ...(words.length > 1 ? [words.at(-1)] : [])]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
