// Who the client is (RFC 6749 §2.3; spec: 4.4). One method at a time, and the one that the app is registered with.
import type { App } from '#apps/app.ts'
import { clientSecretMac } from '#apps/client-secret.ts'
import { equalText } from '#kernel/secret.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import type { RefusedFact } from '#refused-requests/refused-request.ts'
import { OAuthError, refusals } from '../error.ts'
import type { Parameters } from '../parameters.ts'

type Plain =
  | { readonly kind: 'none'; readonly clientId: string }
  | {
      readonly kind: 'secret'
      readonly method: 'client_secret_basic' | 'client_secret_post'
      readonly clientId: string
      readonly secret: string
    }
/** `literal`: the header's words before they were form-decoded, where that made a difference. */
export type PlainCredentials = Plain & { readonly literal?: Plain }
export type Credentials =
  | PlainCredentials
  | { readonly kind: 'assertion'; readonly assertion: string; readonly clientId: string | undefined }

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const MULTIPLE =
  'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.'

/** What the request presents. @throws {OAuthError} invalid_client, invalid_request */
export function readCredentials(authorization: string | undefined, body: Parameters): Credentials {
  const basic = authorization === undefined ? undefined : readBasic(authorization)
  const secret = body.get('client_secret')
  const assertion = body.get('client_assertion')
  const supplied = [basic, secret, assertion].filter((credential) => credential !== undefined).length
  if (supplied > 1) throw new OAuthError('invalid_request', MULTIPLE, { status: 401 })
  const clientId = body.get('client_id')
  if (basic) {
    if (clientId !== undefined && ![basic.clientId, basic.literal?.clientId].includes(clientId))
      throw refusals.badClientId()
    return basic
  }
  if (assertion !== undefined) {
    if (body.get('client_assertion_type') !== ASSERTION_TYPE)
      throw new OAuthError('invalid_request', 'The client_assertion_type is invalid.')
    return { kind: 'assertion', assertion, clientId }
  }
  if (clientId === undefined) throw new OAuthError('invalid_client', 'No client credentials found.')
  return secret === undefined
    ? { kind: 'none', clientId }
    : { kind: 'secret', method: 'client_secret_post', clientId, secret }
}

const BASIC = /^Basic\s+([A-Za-z0-9+/_-]+={0,2})\s*$/i
const BAD_HEADER = 'Found Authentication header but was not valid client credentials.'

/** `id:secret`, each form-encoded; okta-auth-js sends a public client's id alone, without the colon. */
function readBasic(header: string): PlainCredentials {
  const encoded = BASIC.exec(header)?.[1]
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8')
  if (text === '') throw new OAuthError('invalid_client', BAD_HEADER)
  const colon = text.indexOf(':')
  const [id, secret] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  const decoded = plain(formDecode(id), formDecode(secret))
  const encodes = id !== decoded.clientId || secret !== formDecode(secret)
  return encodes ? { ...decoded, literal: plain(id, secret) } : decoded
}

const plain = (clientId: string, secret: string): Plain =>
  secret === '' ? { kind: 'none', clientId } : { kind: 'secret', method: 'client_secret_basic', clientId, secret }

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const FAILED = 'Client authentication failed. Either the client or the client credentials are invalid.'

export const authenticationFailed = (refused?: RefusedFact): OAuthError =>
  new OAuthError('invalid_client', FAILED, { refused })

/** The client proved itself in another way than the app is registered with, or in none. */
const otherWay = ({ clientId, clientAuthentication }: App, used: string): RefusedFact => ({
  reason: used === 'none' || clientAuthentication === 'none' ? 'wrong-client-type' : 'wrong-client-authentication',
  clientId,
  sent: { name: 'token_endpoint_auth_method', value: used },
})

/** The living app of the id, or the refusal. Inactive apps are nobody. */
export function findClient(config: OrgConfig, clientId: string): App | OAuthError {
  const app = config.appsByClientId.get(clientId)
  if (app?.status === 'ACTIVE') return app
  return refusals.badClientId({
    reason: 'unknown-client-id',
    ...(app ? { clientId: app.clientId } : {}),
    sent: { name: 'client_id', value: clientId },
  })
}

/** The client that a secret, or nothing, is enough for. Assertions are checked in `client-assertion.ts`. @throws {OAuthError} */
export function proveClient(config: OrgConfig, { literal, ...credentials }: PlainCredentials): App {
  const outcome = decide(config, credentials)
  if (!(outcome instanceof OAuthError)) return outcome
  // RFC 6749 §2.3.1 wants the header's words form-encoded, and many clients send them as they are: `a+b` may mean itself.
  const second = literal && decide(config, literal)
  if (second && !(second instanceof OAuthError)) return second
  throw outcome
}

function decide(config: OrgConfig, credentials: Plain): App | OAuthError {
  const app = findClient(config, credentials.clientId)
  if (app instanceof OAuthError) return app
  if (credentials.kind === 'none')
    return app.clientAuthentication === 'none'
      ? app
      : new OAuthError('invalid_client', 'No client credentials found.', { refused: otherWay(app, 'none') })
  if (app.clientAuthentication !== credentials.method) return authenticationFailed(otherWay(app, credentials.method))
  const mac = clientSecretMac(config.org.dataKey, credentials.secret)
  const known = app.secrets.some((secret) => secret.status === 'ACTIVE' && equalText(secret.mac, mac))
  return known
    ? app
    : new OAuthError('invalid_client', 'The client secret supplied for a confidential client is invalid.')
}
