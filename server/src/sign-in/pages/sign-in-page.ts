import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import {
  type EntranceView,
  entrancePage,
  errorBox,
  keepTick,
  passwordField,
  submitButton,
  usernameField,
  ways,
} from './entrance-parts.ts'
import { hiddenFields } from './hidden-fields.ts'

/** Username and password on one page. */
export const signInPage = (view: EntranceView): string =>
  entrancePage(
    view,
    'Sign in',
    html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${errorBox(view)}
${usernameField(view, !view.username)}
${passwordField(view, Boolean(view.username))}
${keepTick(view)}
${submitButton('Sign in')}
${ways(view)}
</form>`,
  )
