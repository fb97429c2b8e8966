// What a grant is: the one thing that the token endpoint asks of the files beside it.

import type { App } from '#apps/app.ts'
import type { Call } from '#http/route.ts'
import type { Deps } from '../../deps.ts'
import type { IssuerContext } from '../issuer.ts'
import type { Parameters } from '../parameters.ts'
import type { TokenAnswer } from '../tokens/issue.ts'

/** The app that has proved who it is, at the server that it asks. */
export interface ProvenClient extends IssuerContext {
  readonly app: App
}

export interface TokenRequest {
  readonly deps: Deps
  readonly call: Call
  readonly client: ProvenClient
  readonly body: Parameters
}

/**
 * `again`: another request came first, or the configuration has changed since the request was decided; nothing was done.
 * @throws {OAuthError} after everything that a refusal must change is committed
 */
export type GrantHandler = (request: TokenRequest) => Promise<TokenAnswer | 'again'>
