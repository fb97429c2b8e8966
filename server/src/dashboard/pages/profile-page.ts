import { html } from '#http/html.ts'
import { pathOf } from '../dashboard-path.ts'
import { csrfField, type Shell, shellPage } from './shell-page.ts'

export type ProfilePageView = Shell & {
  email: string
  firstName: string
  lastName: string
  mobilePhone: string
}

/** Who the person is to the org, with what they may change of it. */
export const profilePage = (view: ProfilePageView): string =>
  shellPage(view, {
    section: 'profile',
    heading: 'Profile',
    lead: 'Your username and e-mail address are changed by your organization alone.',
    body: html`<div class="panel">
<dl>
<dt>Username</dt><dd>${view.login}</dd>
<dt>E-mail</dt><dd data-se="email">${view.email || '–'}</dd>
</dl>
<form data-se="o-form" method="post" action="${pathOf('profile')}">
${csrfField(view)}
${field('firstName', 'First name', view.firstName, 'given-name', 50, true)}
${field('lastName', 'Last name', view.lastName, 'family-name', 50, true)}
${field('mobilePhone', 'Mobile phone', view.mobilePhone, 'tel', 100, false)}
<input class="button" type="submit" data-type="save" data-se="save" value="Save">
</form>
</div>`,
  })

const field = (name: string, label: string, value: string, autocomplete: string, max: number, required: boolean) =>
  html`<div class="field">
<label for="${name}">${label}</label>
<input type="${name === 'mobilePhone' ? 'tel' : 'text'}" id="${name}" name="${name}" value="${value}" maxlength="${max}" autocomplete="${autocomplete}"${required && html` required`}>
</div>`
