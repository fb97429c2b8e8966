import { type Html, html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm } from './step-page.ts'

/** The way back: on with the sign-in that was left, else to a new one. */
type Back = Frame & {
  csrf: string
  /** The sealed interaction, where there is one to come back to. */
  stateToken?: string | undefined
  backAction: string
  backHref: string
}

export type RequestPageView = Back & {
  heading: string
  lead: string
  action: string
  username?: string | undefined
  submit: string
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
${wayBack(view)}`,
  })

export type SentPageView = Back & {
  identifier: string
  /** What the link is for. */
  lead: string
  /** Mail goes to the console's mailbox, for development. */
  isKept: boolean
}

/** The same for everybody, whoever they are. */
export const sentPage = (view: SentPageView): string =>
  cardPage({
    frame: view,
    heading: 'Check your e-mail',
    referrer: 'same-origin',
    body: html`<p class="lead">If <strong data-se="identifier">${view.identifier}</strong> is an account here, a mail with a link is on its way to its address.</p>
<p>${view.lead}</p>
${view.isKept && html`<p class="note">No mail leaves this server: it is kept in the Admin Console, under Directory &gt; Mailbox.</p>`}
<p class="hint">One mail is sent in half a minute, however often it is asked for. Nothing there after a few minutes? Look into the spam folder, or ask your administrator.</p>
${wayBack(view)}`,
  })

const BACK = 'Back to sign in'

const wayBack = (view: Back): Html =>
  view.stateToken === undefined
    ? html`<p class="after"><a href="${ownHref(view.backHref)}" data-se="cancel">${BACK}</a></p>`
    : actionForm(view, { action: view.backAction, label: BACK, hook: 'cancel' })
