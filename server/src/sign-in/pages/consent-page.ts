import { type Html, html } from '#http/html.ts'
import { cardPage, type Frame } from '#http/pages/card-page.ts'
import { ownHref, webHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'

export type ConsentScope = {
  name: string
  displayName?: string | undefined
  description?: string | undefined
  /** May be unticked; it is sent as `scope`, once for each that stays ticked. The others are not sent. */
  optional: boolean
}

export type ConsentPageView = Frame & {
  action: string
  stateToken: string
  csrf: string
  appLabel: string
  login: string
  scopes: readonly ConsentScope[]
  termsOfServiceUri?: string | undefined
  policyUri?: string | undefined
}

/** Which of the asked scopes the person grants to the app. The button sends `consent=allow` or `consent=deny`. */
export function consentPage(view: ConsentPageView): string {
  return cardPage({
    frame: view,
    title: `Allow access for ${view.appLabel}`,
    heading: `${view.appLabel} asks for access`,
    referrer: 'same-origin',
    // Return in a form presses its first button, so refusing stands first.
    body: html`<p class="lead">You are signed in as <strong>${view.login}</strong>.</p>
<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<h2 id="scopes">It would be able to:</h2>
<ul class="list" aria-labelledby="scopes">
${view.scopes.map(scopeItem)}</ul>
<div class="buttons">
<button class="button quiet" type="submit" name="consent" value="deny" data-se="consent-cancel-btn">Don’t allow</button>
<button class="button" type="submit" name="consent" value="allow" data-type="save" data-se="consent-allow-btn">Allow</button>
</div>
</form>
${terms(view)}`,
  })
}

function scopeItem(scope: ConsentScope): Html {
  const words = html`<span><strong>${scope.displayName || scope.name}</strong>${
    scope.description && html`<span class="hint">${scope.description}</span>`
  }</span>`
  return scope.optional
    ? html`<li><label class="tick"><input type="checkbox" name="scope" value="${scope.name}" checked>${words}</label></li>\n`
    : html`<li class="granted">${check}${words}</li>\n`
}

const check = html`<svg viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" d="m4 10.5 4 4 8-9"/></svg>`

function terms({ termsOfServiceUri, policyUri }: ConsentPageView): Html | undefined {
  const links = [
    { href: webHref(termsOfServiceUri), text: 'Terms of Service' },
    { href: webHref(policyUri), text: 'Privacy Policy' },
  ].filter((link) => link.href !== undefined)
  if (links.length === 0) return undefined
  const anchors = links.map(({ href, text }, at) => html`${at > 0 && ' · '}<a href="${href}">${text}</a>`)
  return html`<p class="after">Of this app: ${anchors}</p>`
}
