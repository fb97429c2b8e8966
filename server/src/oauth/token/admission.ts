// What a token request must pass once its client is known, whatever its grant: passed again when the configuration has changed since.
import type { App } from '#apps/app.ts'
import type { Call } from '#http/route.ts'
import { GRANT_TYPES, type GrantType } from '../discovery.ts'
import { OAuthError } from '../error.ts'
import type { Parameters } from '../parameters.ts'
import type { ProvenClient } from './grant-type.ts'
import { checkBrowserOrigin } from './origin.ts'

const isServed = (name: string): name is GrantType => GRANT_TYPES.some((type) => type === name)

/** The grant that is asked for, if this client has it and may call from where it does. @throws {OAuthError} */
export function admit({ config, app }: ProvenClient, call: Call, body: Parameters): GrantType {
  const refusedOrigin = checkBrowserOrigin(config, app, call.origin, body)
  if (refusedOrigin) throw refusedOrigin
  return admitGrant(app, body.get('grant_type'))
}

/** The grant, if it is served and the app has it. @throws {OAuthError} */
export function admitGrant(app: App, grantType: string | undefined): GrantType {
  const list = GRANT_TYPES.join(', ')
  if (grantType === undefined)
    throw new OAuthError('invalid_request', `The token request must specify a 'grant_type'. Valid values: [${list}]`)
  const sent = { name: 'grant_type', value: grantType }
  if (!isServed(grantType))
    throw new OAuthError(
      'unsupported_grant_type',
      `The authorization grant type is not supported by the authorization server. Configured grant types: [${list}].`,
      { refused: { reason: 'grant-not-served', clientId: app.clientId, sent } },
    )
  if (!app.grantTypes.includes(grantType))
    throw new OAuthError(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${app.grantTypes.join(', ')}].`,
      { refused: { reason: 'grant-not-allowed', clientId: app.clientId, sent } },
    )
  return grantType
}
