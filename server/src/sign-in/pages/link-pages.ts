import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

type LinkView = Frame & {
  action: string
  csrf: string
  /** The link's. */
  token: string
  login: string
}

/** Whoever came by a link answers their question before anything else. */
export const linkQuestionPage = (view: LinkView & { question: string }): string =>
  cardPage({
    frame: view,
    heading: 'Answer your security question',
    referrer: 'same-origin',
    body: html`<p class="lead">For the account <strong data-se="identifier">${view.login}</strong>.</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<input type="hidden" name="token" value="${view.token}">
<div class="field" data-se="o-form-fieldset-credentials.answer">
<label for="answer">${view.question}</label>
<input type="text" id="answer" name="credentials.answer" required maxlength="255" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="answer-hint" autofocus>
<p class="hint" id="answer-hint">Upper and lower case are the same.</p>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="Verify">
</form>`,
  })

/** A click more than the link: scanners of mail open every link. */
export const linkUnlockPage = (view: LinkView): string =>
  cardPage({
    frame: view,
    heading: 'Unlock your account',
    referrer: 'same-origin',
    body: html`<p class="lead">Too many wrong passwords have locked <strong data-se="identifier">${view.login}</strong>. After this you can sign in again.</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<input type="hidden" name="token" value="${view.token}">
<input class="button" type="submit" data-type="save" data-se="save" value="Unlock account">
</form>`,
  })
