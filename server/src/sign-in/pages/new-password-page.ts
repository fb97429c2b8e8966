import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm } from './step-page.ts'

export type NewPasswordPageView = Frame & {
  heading: string
  lead: string
  action: string
  csrf: string
  /** The sealed interaction, where one goes on after this. */
  stateToken?: string | undefined
  /** Of a link. */
  token?: string | undefined
  login: string
  /** Where the page may be left for later. */
  skipAction?: string | undefined
  /** Where the person begins anew as somebody else. */
  leaveAction?: string | undefined
  /** What a password must be. */
  rules: string
  error?: string | undefined
}

/** A new password, twice. The login stands in the form so that password managers file the password under it. */
export function newPasswordPage(view: NewPasswordPageView): string {
  const failed = view.error !== undefined && view.error !== ''
  return cardPage({
    frame: view,
    title: failed ? `Error: ${view.heading}` : view.heading,
    heading: view.heading,
    referrer: 'same-origin',
    body: html`<p class="lead">${view.lead}</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${view.token !== undefined && html`<input type="hidden" name="token" value="${view.token}">`}
<div data-se="o-form-error-container" role="alert" id="password-error"${failed && html` class="alert" tabindex="-1" autofocus`}>${failed && html`<p>${shortened(view)}</p>`}</div>
<div class="field">
<label for="login">Username</label>
<input type="text" id="login" name="username" value="${view.login}" readonly autocomplete="username">
</div>
<div class="field" data-se="o-form-fieldset-credentials.passcode">
<label for="new-password">New password</label>
<input type="password" id="new-password" name="credentials.passcode" maxlength="1024" required autocomplete="new-password" autocapitalize="none" autocorrect="off" spellcheck="false" ${failed ? html`aria-invalid="true" aria-describedby="password-error rules"` : html`aria-describedby="rules" autofocus`}>
<p class="hint" id="rules">${view.rules}</p>
</div>
<div class="field" data-se="o-form-fieldset-confirmPassword">
<label for="confirm-password">The same again</label>
<input type="password" id="confirm-password" name="confirmPassword" maxlength="1024" required autocomplete="new-password" autocapitalize="none" autocorrect="off" spellcheck="false"${failed && html` aria-invalid="true" aria-describedby="password-error"`}>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="Set password">
</form>
${
  view.skipAction !== undefined &&
  html`<form method="post" action="${ownHref(view.skipAction)}">
${hiddenFields(view)}
<input class="button quiet" type="submit" data-se="skip" value="Remind me later">
</form>`
}
${view.leaveAction !== undefined && actionForm(view, { action: view.leaveAction, label: 'Sign in as somebody else', hook: 'cancel' })}`,
  })
}

/** What stands below the field is not said above the form once more. */
function shortened({ error = '', rules }: NewPasswordPageView): string {
  const [asked = ''] = /(?<=\. )Password requirements: .*$/.exec(error) ?? []
  return asked !== '' && rules.includes(asked) ? error.replace(asked, '').trim() : error
}
