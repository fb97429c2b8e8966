import { html } from '#http/html.ts'
import { pathOf } from '../dashboard-path.ts'
import { csrfField, type Shell, shellPage } from './shell-page.ts'

export type PasswordPageView = Shell & {
  /** What a password must be; absent where the person may not change theirs. */
  rules?: string | undefined
  /** Of the tick, as it was sent. */
  endsOthers: boolean
}

/** The old password for a new one. The login stands in the form so that password managers file the new one under it. */
export const passwordPage = (view: PasswordPageView): string =>
  shellPage(view, {
    section: 'password',
    heading: 'Change your password',
    body:
      view.rules === undefined
        ? html`<div class="empty"><h2>Your password is not changed here</h2>
<p class="hint">Ask your organization’s administrator for a new one.</p></div>`
        : html`<form class="panel" data-se="o-form" method="post" action="${pathOf('password')}">
${csrfField(view)}
<div class="field">
<label for="login">Username</label>
<input type="text" id="login" name="username" value="${view.login}" readonly autocomplete="username">
</div>
${password('oldPassword', 'Old password', 'current-password')}
<div class="field">
<label for="newPassword">New password</label>
<input type="password" id="newPassword" name="newPassword" maxlength="1024" required autocomplete="new-password" aria-describedby="rules">
<p class="hint" id="rules">${view.rules}</p>
</div>
${password('repeated', 'The new password again', 'new-password')}
<label class="tick"><input type="checkbox" name="endOthers" value="true"${view.endsOthers && html` checked`}><span>Sign me out everywhere else, in browsers and apps</span></label>
<input class="button" type="submit" data-type="save" data-se="save" value="Change password">
</form>`,
  })

const password = (name: string, label: string, autocomplete: string) => html`<div class="field">
<label for="${name}">${label}</label>
<input type="password" id="${name}" name="${name}" maxlength="1024" required autocomplete="${autocomplete}">
</div>`
