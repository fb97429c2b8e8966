import { type Html, html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm, type StepFrame, stepPage } from './step-page.ts'

export type CodePageView = StepFrame & {
  heading: string
  lead: string
  action: string
  /** What is asked for: a code of digits, or the answer to a question. */
  asks: 'code' | 'answer'
  label: string
  /** The factor that is proved; absent where there is only one that it can be. */
  factor?: string | undefined
  /** Shown above: what a new factor needs. */
  above?: Html | undefined
  /** Of the box that has this browser remembered; without one it is not offered. */
  rememberLabel?: string | undefined
  rememberByDefault?: boolean
  resendAction?: string | undefined
  backAction?: string | undefined
}

/** A code or an answer. Codes are digits for every keyboard, and browsers may fill in one that came by mail. */
export function codePage(view: CodePageView): string {
  const failed = view.error !== undefined && view.error !== ''
  const shape =
    view.asks === 'code'
      ? html` inputmode="numeric" autocomplete="one-time-code" maxlength="16" class="digits"`
      : html` autocomplete="off" maxlength="255"`
  return stepPage(view, {
    heading: view.heading,
    lead: view.lead,
    body: html`${view.above}<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${view.factor !== undefined && html`<input type="hidden" name="factor" value="${view.factor}">`}
<div class="field" data-se="o-form-fieldset-credentials.passcode">
<label for="passcode">${view.label}</label>
<input type="text" id="passcode" name="${view.asks === 'code' ? 'credentials.passcode' : 'credentials.answer'}" required autocapitalize="none" autocorrect="off" spellcheck="false"${shape}${failed ? html` aria-invalid="true" aria-describedby="step-error"` : html` autofocus`}>
</div>
${
  view.rememberLabel !== undefined &&
  html`<label class="tick"><input type="checkbox" name="rememberDevice" value="true"${view.rememberByDefault && html` checked`}><span>${view.rememberLabel}</span></label>`
}
<input class="button" type="submit" data-type="save" data-se="save" value="Verify">
</form>
${view.resendAction !== undefined && actionForm(view, { action: view.resendAction, label: 'Send the code again', hook: 'resend' })}
${view.backAction !== undefined && actionForm(view, { action: view.backAction, label: 'Choose another way', hook: 'switchAuthenticator' })}`,
  })
}
