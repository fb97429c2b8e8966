// The page for what must not be redirected: three lines, as on the service (spec: 4.3).
import { type Answer, html } from '#http/answer.ts'
import { pageCsp } from '#http/html.ts'
import { clearDoubled } from '#http/mount.ts'
import { errorPage } from '#http/pages/error-page.ts'
import type { Call } from '#http/route.ts'
import { randomToken } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { OAuthError, PageError } from './error.ts'

export function renderErrorPage(deps: Pick<Deps, 'random'>, error: unknown, call: Call): Answer | undefined {
  if (!(error instanceof PageError || error instanceof OAuthError)) return undefined
  const { orgUrl, client } = call.caller
  const appId = error instanceof PageError ? error.appId : undefined
  const link = appId === undefined ? undefined : `${orgUrl}/admin/app/oidc_client/instance/${appId}#tab-general`
  const nonce = randomToken(deps.random, 18)
  const text = errorPage({
    nonce,
    errorCode: error.code,
    description: error.message,
    link: link === undefined ? undefined : { href: link, text: link },
    requestId: client.requestId,
  })
  const csp = pageCsp({ nonce, formActionOrigins: [], frameAncestors: [], script: false })
  return html(400, text, {
    headers: { 'content-security-policy': csp, 'referrer-policy': 'no-referrer' },
    cookies: clearDoubled(call),
  })
}
