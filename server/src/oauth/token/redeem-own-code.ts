// Redeems a code for a client of our own, in process: by the same checks and the same claim as at the token endpoint, where such a client
// could not prove itself. Its tokens go no further than here.
import type { Call } from '#http/route.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError } from '../error.ts'
import { findIssuer } from '../issuer.ts'
import { logRefused } from '../log.ts'
import { findCode } from '../tokens/code-store.ts'
import { readIdToken } from '../tokens/id-token.ts'
import { authorizationCode } from './grants/authorization-code.ts'

export interface OwnCode {
  readonly clientId: string
  readonly code: string
  readonly verifier: string
  readonly redirectUri: string
  /** Of the authorization request; the ID token has to repeat it. */
  readonly nonce: string
}

/** Who the person is, and by which session. */
export interface Redeemed {
  readonly userId: string
  readonly sessionId: string
}

/** How often one code is decided at most, while the configuration changes. */
const TIMES = 5

/** Undefined for a code that the client may not have or that does not answer its request. Of the org's own server alone. */
export async function redeemOwnCode(deps: Deps, call: Call, own: OwnCode): Promise<Redeemed | undefined> {
  const { clientId, code, verifier, redirectUri, nonce } = own
  const body = new Map([
    ['code', code],
    ['code_verifier', verifier],
    ['redirect_uri', redirectUri],
  ])
  let config = await deps.config.get(call.caller.org)
  for (let times = 1; times <= TIMES; times++) {
    const app = config.appsByClientId.get(clientId)
    const issuer = findIssuer(config, undefined)
    if (app?.status !== 'ACTIVE' || !issuer) return undefined
    const answer = await authorizationCode({ deps, call, client: { config, issuer, app }, body }).catch(
      (error: unknown) => {
        if (!(error instanceof OAuthError)) throw error
        logRefused('token.grant', { deps, call, issuer, app, error })
        return undefined
      },
    )
    if (answer !== 'again') {
      const token =
        answer?.id_token === undefined ? undefined : readIdToken({ config, issuer }, answer.id_token, deps.now())
      if (token?.clientId !== clientId || token.claims.nonce !== nonce) return undefined
      const found = await deps.db.read(findCode(deps.db.for(call.caller.org), tokenHash(code)))
      const sessionId = found?.code.sessionId
      return sessionId === undefined ? undefined : { userId: token.userId, sessionId }
    }
    config = await deps.config.fresh(call.caller.org)
  }
  return undefined
}
