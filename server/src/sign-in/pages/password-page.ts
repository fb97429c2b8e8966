import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import {
  type EntranceView,
  entrancePage,
  errorBox,
  keepTick,
  passwordField,
  submitButton,
  ways,
} from './entrance-parts.ts'
import { hiddenFields } from './hidden-fields.ts'

export type PasswordPageView = EntranceView & {
  /** As it was typed: whether it is anybody's is not known. */
  username: string
  /** Whether that has not been asked yet. */
  asksToKeep: boolean
  /** Back to the identifier. */
  renameAction: string
}

/**
 * The password of whom the sealed interaction names. Password managers read the name from a field that nobody sees and that is not sent:
 * what counts is what is sealed.
 */
export const passwordPage = (view: PasswordPageView): string =>
  entrancePage(
    view,
    'Enter your password',
    html`<form class="named" method="post" action="${ownHref(view.renameAction)}">
${hiddenFields(view)}
<p><strong data-se="identifier">${view.username}</strong></p>
<button class="link" type="submit" data-se="cancel">Use another username</button>
</form>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${errorBox(view)}
<div class="unseen" aria-hidden="true">
<label for="okta-signin-username">Username</label>
<input type="text" id="okta-signin-username" value="${view.username}" readonly autocomplete="username" tabindex="-1">
</div>
${passwordField(view, true)}
${view.asksToKeep && keepTick(view)}
${submitButton('Sign in')}
${ways(view)}
</form>`,
  )
