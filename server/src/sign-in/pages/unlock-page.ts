import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { type StepFrame, stepPage } from './step-page.ts'

export type UnlockPageView = StepFrame & {
  action: string
}

/** The last step of who ends their own lockout: a click, since scanners of mail open every link. */
export const unlockPage = (view: UnlockPageView): string =>
  stepPage(view, {
    heading: 'Unlock your account',
    lead: 'Too many wrong passwords have locked it. After this you can sign in again.',
    body: html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<input class="button" type="submit" data-type="save" data-se="save" value="Unlock account">
</form>`,
  })
