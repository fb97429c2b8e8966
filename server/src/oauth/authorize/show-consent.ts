// The page that asks a person whether an app may have scopes, and what comes back from it. What was shown travels sealed with the page,
// so that nobody consents to what they have not seen.
import type { Scope } from '#authorization-servers/authorization-server.ts'
import type { Answer } from '#http/answer.ts'
import { pageAnswer } from '#http/page-answer.ts'
import type { Call } from '#http/route.ts'
import { browserOf } from '#sign-in/hosted-page.ts'
import { csrfToken, type Interaction, sealInteraction } from '#sign-in/interaction.ts'
import { consentPage } from '#sign-in/pages/consent-page.ts'
import type { Deps } from '../../deps.ts'
import type { Subject } from '../tokens/issue.ts'
import type { ConsentAnswer } from './consent.ts'
import type { AuthorizeRequest } from './request.ts'

export const CONSENT_PATH = '/signin/consent'
const MUST = '@must'
const MAY = '@may'

export interface ConsentView {
  readonly request: AuthorizeRequest
  readonly interaction: Interaction
  readonly subject: Subject
  readonly scopes: readonly Scope[]
}

export function showConsent(deps: Deps, call: Call, { request, interaction, subject, scopes }: ConsentView): Answer {
  const { config, app, redirectUri } = request
  const { token, cookies } = browserOf(deps, call)
  const names = (optional: boolean) => scopes.filter((scope) => scope.optional === optional).map((scope) => scope.name)
  const asked = { ...interaction.request, [MUST]: names(false).join(' '), [MAY]: names(true).join(' ') }
  const page = (nonce: string) =>
    consentPage({
      nonce,
      orgName: config.org.name,
      action: CONSENT_PATH,
      stateToken: sealInteraction(config.org, token, { ...interaction, request: asked }, deps.random),
      csrf: csrfToken(config.org, token),
      appLabel: app.label,
      login: subject.user.login,
      scopes,
      termsOfServiceUri: app.tosUri,
      policyUri: app.policyUri,
    })
  return pageAnswer(deps.random, page, { formActionOrigins: [redirectUri], cookies })
}

/** What the form says, about the scopes that the page showed and no others. */
export function readConsent({ request }: Interaction, form: URLSearchParams): ConsentAnswer {
  const words = (text: string | undefined) => (text ?? '').split(' ').filter(Boolean)
  const may = words(request[MAY])
  const must = words(request[MUST])
  const ticked = form.getAll('scope')
  return {
    allowed: form.get('consent') === 'allow',
    shown: [...must, ...may],
    scopes: [...must, ...may.filter((scope) => ticked.includes(scope))],
  }
}
