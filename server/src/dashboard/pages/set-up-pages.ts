import { type Html, html } from '#http/html.ts'
import { passkeyForm } from '#http/pages/passkey-form.ts'
import { pathOf, SECURITY_PATHS } from '../dashboard-path.ts'
import { buttonForm, csrfField, type Shell, shellPage } from './shell-page.ts'

type About = {
  key: string
  method: string
}

/** Fits a line beside its button. */
export const PASSKEY_NAME_MAX = 50

export type BeginPageView = Shell &
  About & {
    words: string
    /** Of what people may have several of: what it is called unless they say otherwise. */
    suggestedName?: string | undefined
  }

const back = html`<p class="after"><a href="${pathOf('security')}">Back to your security methods</a></p>`

/** Before something is made or mailed. */
export const beginPage = (view: BeginPageView): string =>
  shellPage(view, {
    section: 'security',
    heading: `Set up: ${view.method}`,
    lead: view.words,
    body: html`<form method="post" action="${SECURITY_PATHS.setUp}">
${csrfField(view)}<input type="hidden" name="factor" value="${view.key}">
${
  view.suggestedName !== undefined &&
  html`<div class="field">
<label for="name">Name</label>
<input type="text" id="name" name="name" value="${view.suggestedName}" maxlength="${PASSKEY_NAME_MAX}" autocomplete="off" aria-describedby="name-hint">
<p class="hint" id="name-hint">So that you can tell your passkeys apart.</p>
</div>
`
}<input class="button" type="submit" data-type="save" data-se="save" value="Continue">
</form>
${back}`,
  })

export type QuestionPageView = Shell &
  About & {
    questions: readonly { readonly key: string; readonly text: string }[]
    chosen?: string | undefined
  }

export const questionPage = (view: QuestionPageView): string =>
  shellPage(view, {
    section: 'security',
    heading: 'Choose a security question',
    lead: 'Pick one that nobody else can answer, and remember how you answered it.',
    body: html`<form class="panel" data-se="o-form" method="post" action="${SECURITY_PATHS.setUp}">
${csrfField(view)}<input type="hidden" name="factor" value="${view.key}">
<div class="field">
<label for="question">Question</label>
<select id="question" name="question" required>
${view.questions.map(
  ({ key, text }) => html`<option value="${key}"${key === view.chosen && html` selected`}>${text}</option>
`,
)}</select>
</div>
<div class="field">
<label for="answer">Answer</label>
<input type="text" id="answer" name="answer" required maxlength="255" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="answer-hint">
<p class="hint" id="answer-hint">At least 4 characters. Upper and lower case are the same.</p>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="Save">
</form>
${back}`,
  })

export type ActivatePageView = Shell & {
  factorId: string
  /** Sealed: what this page shows, for whoever mistypes the code. */
  shown: string
} & (
    | {
        kind: 'totp'
        /** The picture as a data URL. */
        qr: string
        secret: string
      }
    | { kind: 'email'; address: string }
    | { kind: 'webauthn'; options: object }
  )

/** The last step: the person shows that the new method is theirs. */
export function activatePage(view: ActivatePageView): string {
  const hidden = html`${csrfField(view)}<input type="hidden" name="id" value="${view.factorId}"><input type="hidden" name="shown" value="${view.shown}">`
  switch (view.kind) {
    case 'webauthn': {
      const { nonce, options } = view
      return shellPage(view, {
        section: 'security',
        heading: 'Create a passkey',
        lead: 'Your browser asks how you want to keep it.',
        body: html`${passkeyForm({ nonce, action: SECURITY_PATHS.activate, ceremony: 'create', options, hidden })}
${back}`,
      })
    }
    case 'email':
      return shellPage(view, {
        section: 'security',
        heading: 'Enter the code from the e-mail',
        lead: html`We have sent a code to <strong>${view.address}</strong>.`,
        body: html`${codeForm(hidden, view)}
${buttonForm(view, { action: SECURITY_PATHS.resend, fields: { id: view.factorId, shown: view.shown }, label: 'Send the code again' })}
${back}`,
      })
    case 'totp':
      return shellPage(view, {
        section: 'security',
        heading: 'Set up your authenticator app',
        lead: 'Scan this picture with the app, then type the six digits that it shows.',
        body: html`<img class="qr" src="${view.qr}" alt="QR code for your authenticator app" width="200" height="200">
<p class="hint">Can't scan it? Type this key into the app: <span class="secret" data-se="shared-secret">${view.secret}</span></p>
${codeForm(hidden, view)}
${back}`,
      })
  }
}

const codeForm = (
  hidden: Html,
  { error }: Pick<Shell, 'error'>,
): Html => html`<form data-se="o-form" method="post" action="${SECURITY_PATHS.activate}">
${hidden}
<div class="field">
<label for="code">Code</label>
<input type="text" id="code" name="code" required autocapitalize="none" autocorrect="off" spellcheck="false" inputmode="numeric" autocomplete="one-time-code" maxlength="16" class="digits"${error === undefined ? html` autofocus` : html` aria-invalid="true" aria-describedby="problem"`}>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="Verify">
</form>
`

export type RemovePageView = Shell & {
  factorId: string
  method: string
  detail?: string | undefined
}

/** Asks once more: it can't be undone. */
export const removePage = (view: RemovePageView): string =>
  shellPage(view, {
    section: 'security',
    heading: `Remove ${view.method}?`,
    lead: html`You can’t prove yourself with ${view.detail === undefined ? 'it' : html`<strong>${view.detail}</strong>`} any more. You may set it up anew at any time.`,
    body: html`<form method="post" action="${SECURITY_PATHS.remove}">
${csrfField(view)}<input type="hidden" name="factor" value="${view.factorId}">
<div class="buttons">
<a class="button quiet" href="${pathOf('security')}">Keep it</a>
<button class="button" type="submit" data-se="remove">Remove</button>
</div>
</form>`,
  })
