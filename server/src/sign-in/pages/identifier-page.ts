import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import {
  type EntranceView,
  entrancePage,
  errorBox,
  keepTick,
  submitButton,
  usernameField,
  ways,
} from './entrance-parts.ts'
import { hiddenFields } from './hidden-fields.ts'

/** Who it is, before they prove it. */
export const identifierPage = (view: EntranceView): string =>
  entrancePage(
    view,
    'Sign in',
    html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${errorBox(view)}
${usernameField(view, true)}
${keepTick(view)}
${submitButton('Next')}
${ways(view)}
</form>`,
  )
