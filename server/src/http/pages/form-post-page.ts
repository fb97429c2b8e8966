import { html } from '#http/html.ts'
import { cardPage, type Frame } from './card-page.ts'
import { appHref } from './href.ts'

export type FormPostPageView = Frame & {
  redirectUri: string
  /** The members of the answer, in order; those without a value are left out. */
  fields: Readonly<Record<string, string | undefined>>
}

/** OAuth 2.0 Form Post Response Mode: the answer travels in a form that sends itself. The page's policy needs `script: true`. */
export function formPostPage(view: FormPostPageView): string {
  const inputs = Object.entries(view.fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)
  return cardPage({
    frame: view,
    heading: 'One moment',
    // submit() is taken from the prototype: a field named 'submit' would hide the form's own.
    body: html`<p class="lead">You are on your way back to the application.</p>
<form id="answer" method="post" action="${appHref(view.redirectUri)}">
${inputs}<noscript><p>Your browser does not run scripts, so one more click is needed.</p><button class="button" type="submit">Continue</button></noscript>
</form>
<script nonce="${view.nonce}">HTMLFormElement.prototype.submit.call(document.getElementById('answer'))</script>`,
  })
}
