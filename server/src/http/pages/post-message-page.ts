import { html, jsonBlock } from '#http/html.ts'
import { cardPage, type Frame } from './card-page.ts'

export type PostMessagePageView = Frame & {
  /** The origin of the redirect URI, as `new URL(uri).origin` spells it. */
  targetOrigin: string
  /** code, state, error … as the app's SDK reads them; members without a value are left out. */
  message: Readonly<Record<string, string | number | undefined>>
}

/**
 * `response_mode=okta_post_message`: the answer goes to the window that opened or frames this page, and only if that
 * window shows `targetOrigin`. The policy needs `script: true` and that origin among `frameAncestors`.
 */
export function postMessagePage(view: PostMessagePageView): string {
  // '*' or a misspelt origin would hand the code to whoever frames the page.
  if (URL.parse(view.targetOrigin)?.origin !== view.targetOrigin)
    throw new Error('targetOrigin must be an exact origin')
  return cardPage({
    frame: view,
    heading: 'One moment',
    body: html`<p class="lead">You can close this window if it stays open.</p>
${jsonBlock('answer', { targetOrigin: view.targetOrigin, message: view.message })}
<script nonce="${view.nonce}">
const { targetOrigin, message } = JSON.parse(document.getElementById('answer').textContent);
(window.opener || window.parent).postMessage(message, targetOrigin);
</script>`,
  })
}
