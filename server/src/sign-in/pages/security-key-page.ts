import { html } from '#http/html.ts'
import { passkeyForm } from '#http/pages/passkey-form.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm, type StepFrame, stepPage } from './step-page.ts'

export type SecurityKeyPageView = StepFrame & {
  heading: string
  lead: string
  action: string
  /** `get` proves a key, `create` makes a new one. */
  ceremony: 'get' | 'create'
  /** As the browser takes them, with base64url for bytes. */
  options: object
  rememberLabel?: string | undefined
  rememberByDefault?: boolean
  backAction?: string | undefined
}

/** A passkey or security key, by a script. */
export const securityKeyPage = (view: SecurityKeyPageView): string =>
  stepPage(view, {
    heading: view.heading,
    lead: view.lead,
    body: html`${passkeyForm({
      nonce: view.nonce,
      action: view.action,
      ceremony: view.ceremony,
      options: view.options,
      hidden: hiddenFields(view),
      tick:
        view.rememberLabel !== undefined &&
        html`<label class="tick"><input type="checkbox" name="rememberDevice" value="true"${view.rememberByDefault && html` checked`}><span>${view.rememberLabel}</span></label>`,
    })}
${view.backAction !== undefined && actionForm(view, { action: view.backAction, label: 'Choose another way', hook: 'switchAuthenticator' })}`,
  })
