import { type Html, html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { REQUEST_PATHS } from '../request-paths.ts'
import { hiddenFields } from './hidden-fields.ts'

export type SignInPageView = Frame & {
  action: string
  /** The sealed interaction. */
  stateToken: string
  csrf: string
  /** Named under the heading; without one the sentence names the org. */
  appLabel?: string | undefined
  username?: string | undefined
  keepMeSignedIn?: boolean
  error?: string | undefined
  /** What has just come about, said above the form. */
  note?: string | undefined
  /** Whether people may end a lockout by themselves. */
  mayUnlock?: boolean
}

/**
 * Username and password on one page. The names and hooks of the inputs are those of Okta's page, in the spelling of
 * both of its generations, so that end-to-end tests written against it keep working.
 */
export function signInPage(view: SignInPageView): string {
  const failed = view.error !== undefined && view.error !== ''
  return cardPage({
    frame: view,
    title: failed ? 'Error: Sign in' : 'Sign in',
    heading: 'Sign in',
    referrer: 'same-origin',
    body: html`<p class="lead">${lead(view)}</p>
${view.note && !failed && html`<p class="note" role="status">${view.note}</p>`}
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<div data-se="o-form-error-container" role="alert" id="sign-in-error"${failed && focused}>${failed && html`<p>${view.error}</p>`}</div>
<div class="field" data-se="o-form-fieldset-identifier">
<label for="okta-signin-username">Username</label>
<input type="text" id="okta-signin-username" name="identifier" value="${view.username}" maxlength="255" required autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${failed ? faulty : !view.username && autofocus}>
</div>
<div class="field" data-se="o-form-fieldset-credentials.passcode">
<label for="okta-signin-password">Password</label>
<input type="password" id="okta-signin-password" name="credentials.passcode" maxlength="1024" required autocomplete="current-password" autocapitalize="none" autocorrect="off" spellcheck="false"${failed ? faulty : view.username && autofocus}>
</div>
<label class="tick" data-se="o-form-fieldset-rememberMe"><input type="checkbox" id="input-rememberMe" name="rememberMe" value="true"${view.keepMeSignedIn && html` checked`}><span>Keep me signed in</span></label>
<input class="button" type="submit" id="okta-signin-submit" data-type="save" data-se="save" value="Sign in">
<p class="ways"><button class="link" type="submit" formaction="${ownHref(REQUEST_PATHS.recovery.ask)}" formnovalidate data-se="forgot-password">Forgot password?</button>${
      view.mayUnlock &&
      html`
<button class="link" type="submit" formaction="${ownHref(REQUEST_PATHS.unlock.ask)}" formnovalidate data-se="unlock">Unlock account?</button>`
    }</p>
</form>`,
  })
}

const autofocus = html` autofocus`
const focused = html` class="alert" tabindex="-1" autofocus`
const faulty = html` aria-invalid="true" aria-describedby="sign-in-error"`

function lead({ appLabel, orgName }: SignInPageView): Html {
  if (appLabel) return html`to continue to <strong>${appLabel}</strong>`
  return orgName ? html`with your account at <strong>${orgName}</strong>` : html`with your account`
}
