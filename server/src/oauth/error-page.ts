// The page for what must not be redirected: three lines, as on the service (spec: 4.3).
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import { errorPage } from '#http/pages/error-page.ts'
import type { Call } from '#http/route.ts'
import { clearDoubled } from '#http/session-cookies.ts'
import type { Deps } from '../deps.ts'
import { OAuthError, PageError } from './error.ts'

export function renderErrorPage(deps: Pick<Deps, 'random'>, error: unknown, call: Call): Answer | undefined {
  if (!(error instanceof PageError || error instanceof OAuthError)) return undefined
  const { orgUrl, client } = call.caller
  const appId = error instanceof PageError ? error.appId : undefined
  const link = appId === undefined ? undefined : `${orgUrl}/admin/app/oidc_client/instance/${appId}#tab-general`
  const page = (nonce: string) =>
    errorPage({
      nonce,
      errorCode: error.code,
      description: error.message,
      link: link === undefined ? undefined : { href: link, text: link },
      requestId: client.requestId,
    })
  const headers = { 'referrer-policy': 'no-referrer' }
  return pageAnswer(deps.random, page, { status: 400, headers, cookies: clearDoubled(call) })
}
