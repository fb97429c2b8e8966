import { html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

export type RequestPageView = Frame & {
  heading: string
  lead: string
  action: string
  csrf: string
  /** The sealed interaction, where there is one to come back to. */
  stateToken?: string | undefined
  username?: string | undefined
  submit: string
  backHref: string
}

/** Who has forgotten the password, or is locked out, says who they are. */
export const requestPage = (view: RequestPageView): string =>
  cardPage({
    frame: view,
    heading: view.heading,
    referrer: 'same-origin',
    body: html`<p class="lead">${view.lead}</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<div class="field" data-se="o-form-fieldset-identifier">
<label for="identifier">Username</label>
<input type="text" id="identifier" name="identifier" value="${view.username}" maxlength="255" required autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" autofocus>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="${view.submit}">
</form>
<p class="after"><a href="${ownHref(view.backHref)}" data-se="cancel">Back to sign in</a></p>`,
  })

export type SentPageView = Frame & {
  identifier: string
  /** How long the link is good for. */
  lead: string
  backHref: string
}

/** The same for everybody, whoever they are. */
export const sentPage = (view: SentPageView): string =>
  cardPage({
    frame: view,
    heading: 'Check your e-mail',
    body: html`<p class="lead">If <strong data-se="identifier">${view.identifier}</strong> is an account here, a mail with a link is on its way to its address.</p>
<p>${view.lead}</p>
<p class="hint">Nothing there after a few minutes? Look into the spam folder, or ask your administrator.</p>
<p class="after"><a href="${ownHref(view.backHref)}" data-se="cancel">Back to sign in</a></p>`,
  })
