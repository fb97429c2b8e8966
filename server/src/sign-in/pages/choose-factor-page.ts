import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { type StepFrame, stepPage } from './step-page.ts'

export type FactorChoice = {
  id: string
  name: string
  /** Which of them: a masked address, the name of a key. */
  detail?: string | undefined
}

export type ChooseFactorPageView = StepFrame & {
  action: string
  factors: readonly FactorChoice[]
}

/** One factor out of those that the person has. */
export const chooseFactorPage = (view: ChooseFactorPageView): string =>
  stepPage(view, {
    heading: 'Verify it is you',
    lead: 'Your organization asks for a second step. Choose one of yours.',
    body: html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<ul class="choices">
${view.factors.map(
  ({ id, name, detail }) => html`<li><button class="choice" type="submit" name="factor" value="${id}">
<strong>${name}</strong>${detail && html`<span class="hint">${detail}</span>`}</button></li>
`,
)}</ul>
</form>`,
  })
