import { type Html, html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

/** What the page of every step of a sign-in is told. */
export type StepFrame = Frame & {
  stateToken: string
  csrf: string
  login: string
  error?: string | undefined
  /** Where the person begins anew as somebody else. */
  cancelAction: string
}

export type Step = {
  heading: string
  lead: Html | string
  body: Html
}

/** A page of a sign-in that is under way: who it is, what is asked, and the way out. */
export function stepPage(view: StepFrame, { heading, lead, body }: Step): string {
  const failed = view.error !== undefined && view.error !== ''
  return cardPage({
    frame: view,
    title: failed ? `Error: ${heading}` : heading,
    heading,
    referrer: 'same-origin',
    body: html`<p class="lead">${lead}</p>
<div data-se="o-form-error-container" role="alert" id="step-error"${failed && html` class="alert" tabindex="-1" autofocus`}>${failed && html`<p>${view.error}</p>`}</div>
${body}
<p class="after">Signing in as <strong data-se="identifier">${view.login}</strong></p>
${actionForm(view, { action: view.cancelAction, label: 'Sign in as somebody else', hook: 'cancel' })}`,
  })
}

/** A form of one button. */
export const actionForm = (
  view: Parameters<typeof hiddenFields>[0],
  { action, label, hook, fields }: { action: string; label: string; hook: string; fields?: Html },
): Html => html`<form class="aside" method="post" action="${ownHref(action)}">
${hiddenFields(view)}${fields}
<button class="link" type="submit" data-se="${hook}">${label}</button>
</form>`
