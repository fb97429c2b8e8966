import { type Html, html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm, type StepFrame, stepPage } from './step-page.ts'

export type FactorOffer = {
  key: string
  name: string
  about: string
  required: boolean
}

export type EnrollFactorPageView = StepFrame & {
  action: string
  offers: readonly FactorOffer[]
  /** Absent where it may not be passed over. */
  skipAction?: string | undefined
}

/** What the person may or must set up before they go on. */
export function enrollFactorPage(view: EnrollFactorPageView): string {
  const required = view.offers.filter(({ required }) => required)
  const optional = view.offers.filter(({ required }) => !required)
  // Where one out of all has to be set up none of them is optional.
  const isChoice = required.length === 0 && view.skipAction === undefined
  return stepPage(view, {
    heading: 'Set up a second step',
    lead: `Your organization protects your account with more than a password.${isChoice ? ' Choose how.' : ''}`,
    body: html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
${offerList('Required', required)}
${offerList(isChoice ? undefined : 'Optional', optional)}
</form>
${view.skipAction !== undefined && actionForm(view, { action: view.skipAction, label: 'Not now', hook: 'skip' })}`,
  })
}

function offerList(heading: string | undefined, offers: readonly FactorOffer[]): Html | undefined {
  if (offers.length === 0) return undefined
  return html`${heading !== undefined && html`<h2>${heading}</h2>`}
<ul class="choices">
${offers.map(
  ({ key, name, about }) => html`<li><button class="choice" type="submit" name="factor" value="${key}">
<strong>${name}</strong><span class="hint">${about}</span></button></li>
`,
)}</ul>`
}
