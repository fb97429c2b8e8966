import { type Html, html, jsonBlock } from '#http/html.ts'
import { ownHref } from './href.ts'

export type PasskeyForm = {
  nonce: string
  action: string
  /** `get` proves a key, `create` makes a new one. */
  ceremony: 'get' | 'create'
  /** As the browser takes them, with base64url for bytes. */
  options: object
  /** Sent along. */
  hidden: Html
  /** Asked beside it. */
  tick?: Html | undefined | false
}

/** What no page does without a script: only a script can ask the browser for a passkey (WebAuthn §5.1). */
export const passkeyForm = (
  view: PasskeyForm,
): Html => html`<form id="ceremony" data-se="o-form" method="post" action="${ownHref(view.action)}">
${view.hidden}
${['clientData', 'authenticatorData', 'signatureData', 'attestation', 'credentialId', 'userHandle', 'transports'].map(
  (name) => html`<input type="hidden" name="${name}">
`,
)}${view.tick}
<button class="button" type="button" id="begin" data-se="save">${view.ceremony === 'get' ? 'Use my passkey' : 'Create a passkey'}</button>
<p class="hint" id="told" role="status" aria-live="polite"></p>
</form>
<noscript><p class="alert">A passkey needs scripts, and they are off in this browser.</p></noscript>
${jsonBlock('asked', { ceremony: view.ceremony, options: view.options })}
<script nonce="${view.nonce}">
const given = JSON.parse(document.getElementById('asked').textContent)
const form = document.getElementById('ceremony')
const told = document.getElementById('told')
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const listed = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }))
const put = (name, value) => { form.elements.namedItem(name).value = value ?? '' }
async function run() {
  const { options } = given
  const challenge = bytes(options.challenge)
  if (given.ceremony === 'get') {
    const publicKey = { challenge, rpId: options.rpId, userVerification: options.userVerification, allowCredentials: listed(options.allowCredentials) }
    const key = await navigator.credentials.get({ publicKey })
    put('authenticatorData', text(key.response.authenticatorData))
    put('signatureData', text(key.response.signature))
    put('clientData', text(key.response.clientDataJSON))
    put('credentialId', key.id)
    if (key.response.userHandle) put('userHandle', text(key.response.userHandle))
  } else {
    const { u2fParams, ...rest } = options
    const publicKey = { ...rest, challenge, user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: listed(options.excludeCredentials) }
    const key = await navigator.credentials.create({ publicKey })
    put('attestation', text(key.response.attestationObject))
    put('clientData', text(key.response.clientDataJSON))
    put('transports', (key.response.getTransports?.() ?? []).join(' '))
  }
  form.submit()
}
document.getElementById('begin').addEventListener('click', () => {
  if (!window.PublicKeyCredential) { told.textContent = 'This browser knows no passkeys.'; return }
  told.textContent = 'Waiting for your passkey…'
  run().catch((error) => {
    told.textContent = error.name === 'InvalidStateError' ? 'This passkey is set up for your account already.' : 'That did not work, or was cancelled. Try again.'
  })
})
</script>`
