import { type Html, html } from '#http/html.ts'

/** What every form of the sign-in pages carries: the proof that it came from our page, and the sealed interaction. */
export function hiddenFields({ csrf, stateToken }: { csrf: string; stateToken?: string | undefined }): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}">${
    stateToken !== undefined && html`<input type="hidden" name="stateToken" value="${stateToken}">`
  }`
}
