// What the pages with which a sign-in begins have in common. The names and hooks of the inputs are those of Okta's pages, in the spelling of
// both of their generations, so that end-to-end tests written against them keep working.
import { type Html, html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { REQUEST_PATHS } from '../request-paths.ts'

export type EntranceView = Frame & {
  action: string
  /** The sealed interaction. */
  stateToken: string
  csrf: string
  /** Named under the heading; without one the sentence names the org. */
  appLabel?: string | undefined
  username?: string | undefined
  keepMeSignedIn?: boolean | undefined
  error?: string | undefined
  /** What has just come about, said above the form. */
  note?: string | undefined
  /** Whether people may end a lockout by themselves. */
  mayUnlock?: boolean
}

const hasFailed = ({ error }: EntranceView): boolean => error !== undefined && error !== ''

export function entrancePage(view: EntranceView, heading: string, body: Html): string {
  const failed = hasFailed(view)
  return cardPage({
    frame: view,
    title: failed ? `Error: ${heading}` : heading,
    heading,
    referrer: 'same-origin',
    body: html`<p class="lead">${lead(view)}</p>
${view.note && !failed && html`<p class="note" role="status">${view.note}</p>`}
${body}`,
  })
}

function lead({ appLabel, orgName }: EntranceView): Html {
  if (appLabel) return html`to continue to <strong>${appLabel}</strong>`
  return orgName ? html`with your account at <strong>${orgName}</strong>` : html`with your account`
}

export const errorBox = (view: EntranceView): Html => {
  const failed = hasFailed(view)
  return html`<div data-se="o-form-error-container" role="alert" id="sign-in-error"${failed && html` class="alert" tabindex="-1" autofocus`}>${failed && html`<p>${view.error}</p>`}</div>`
}

const faulty = html` aria-invalid="true" aria-describedby="sign-in-error"`

/** Of an input: tied to the error where there is one, else where the page begins. */
const stateOf = (view: EntranceView, isFirst: boolean): Html =>
  hasFailed(view) ? faulty : html`${isFirst && html` autofocus`}`

export const usernameField = (
  view: EntranceView,
  isFirst: boolean,
): Html => html`<div class="field" data-se="o-form-fieldset-identifier">
<label for="okta-signin-username">Username</label>
<input type="text" id="okta-signin-username" name="identifier" value="${view.username}" maxlength="255" required autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${stateOf(view, isFirst)}>
</div>`

export const passwordField = (
  view: EntranceView,
  isFirst: boolean,
): Html => html`<div class="field" data-se="o-form-fieldset-credentials.passcode">
<label for="okta-signin-password">Password</label>
<input type="password" id="okta-signin-password" name="credentials.passcode" maxlength="1024" required autocomplete="current-password" autocapitalize="none" autocorrect="off" spellcheck="false"${stateOf(view, isFirst)}>
</div>`

export const keepTick = ({ keepMeSignedIn }: EntranceView): Html =>
  html`<label class="tick" data-se="o-form-fieldset-rememberMe"><input type="checkbox" id="input-rememberMe" name="rememberMe" value="true"${keepMeSignedIn && html` checked`}><span>Keep me signed in</span></label>`

export const submitButton = (label: string): Html =>
  html`<input class="button" type="submit" id="okta-signin-submit" data-type="save" data-se="save" value="${label}">`

/** The ways to a mail for who can't prove who they are. They stand behind the button that the key Enter presses. */
export const ways = ({ mayUnlock }: EntranceView): Html =>
  html`<p class="ways"><button class="link" type="submit" formaction="${ownHref(REQUEST_PATHS.recovery.ask)}" formnovalidate data-se="forgot-password">Forgot password?</button>${
    mayUnlock &&
    html`
<button class="link" type="submit" formaction="${ownHref(REQUEST_PATHS.unlock.ask)}" formnovalidate data-se="unlock">Unlock account?</button>`
  }</p>`
