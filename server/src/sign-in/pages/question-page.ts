import { html } from '#http/html.ts'
import { ownHref } from '#http/pages/href.ts'
import { hiddenFields } from './hidden-fields.ts'
import { actionForm, type StepFrame, stepPage } from './step-page.ts'

export type QuestionPageView = StepFrame & {
  action: string
  questions: readonly { readonly key: string; readonly text: string }[]
  chosen?: string | undefined
  backAction: string
}

/** A security question out of the list, and its answer. */
export function questionPage(view: QuestionPageView): string {
  const failed = view.error !== undefined && view.error !== ''
  return stepPage(view, {
    heading: 'Choose a security question',
    lead: 'Pick one that nobody else can answer, and remember how you answered it.',
    body: html`<form data-se="o-form" method="post" action="${ownHref(view.action)}">
${hiddenFields(view)}
<input type="hidden" name="factor" value="question">
<div class="field">
<label for="question">Question</label>
<select id="question" name="question" required>
${view.questions.map(
  ({ key, text }) => html`<option value="${key}"${key === view.chosen && html` selected`}>${text}</option>
`,
)}</select>
</div>
<div class="field" data-se="o-form-fieldset-credentials.answer">
<label for="answer">Answer</label>
<input type="text" id="answer" name="credentials.answer" required maxlength="255" autocomplete="off" autocapitalize="none" spellcheck="false"${failed && html` aria-invalid="true"`} aria-describedby="${failed && 'step-error '}answer-hint">
<p class="hint" id="answer-hint">At least 4 characters. Upper and lower case are the same.</p>
</div>
<input class="button" type="submit" data-type="save" data-se="save" value="Save">
</form>
${actionForm(view, { action: view.backAction, label: 'Choose another way', hook: 'switchAuthenticator' })}`,
  })
}
