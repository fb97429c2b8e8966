// Browser requests to the token endpoint (spec: 7.3): the origin must be one of this client's redirect URIs, or a trusted one, and a
// code must be proved by PKCE. Cookies play no part.
import type { App } from '#apps/app.ts'
import { parseOrigin } from '#kernel/origin.ts'
import { matchesRedirectOrigin } from '#kernel/redirect-uri.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { isTrusted } from '#trusted-origins/trusted-origin.ts'
import { OAuthError } from '../error.ts'
import type { Parameters } from '../parameters.ts'

/** @returns the refusal, if any; without an `Origin` header there is nothing to decide */
export function checkBrowserOrigin(
  config: OrgConfig,
  app: App,
  header: string | undefined,
  body: Parameters,
): OAuthError | undefined {
  if (header === undefined) return undefined
  const origin = parseOrigin(header)
  const own = origin !== undefined && matchesRedirectOrigin(app.redirectUris, app.wildcardRedirect, origin)
  if (!own && !isTrusted(config.trustedOrigins, 'CORS', header) && header !== config.org.url)
    return new OAuthError(
      'invalid_request',
      'Browser requests to the token endpoint must be part of at least one whitelisted redirect_uri.',
      {
        withholdCors: true,
        refused: {
          reason: 'origin-not-registered',
          clientId: app.clientId,
          sent: { name: 'Origin', value: header },
        },
      },
    )
  if (!app.pkceRequired && body.get('grant_type') === 'authorization_code' && !body.has('code_verifier'))
    return new OAuthError(
      'invalid_client',
      'Browser requests to the token endpoint must use Proof Key for Code Exchange.',
      { refused: { reason: 'pkce-missing', clientId: app.clientId, sent: { name: 'code_verifier', value: '' } } },
    )
  return undefined
}
