// Mints the tokens of one answer. The ID token carries a hash of the access token, so it is signed second.
import type { App } from '#apps/app.ts'
import { signerOf } from '#signing-keys/service.ts'
import type { User } from '#users/user.ts'
import type { Deps } from '../../deps.ts'
import type { IssuerContext } from '../issuer.ts'
import { accessTokenClaims } from './access-token.ts'
import type { CustomClaims } from './custom-claims.ts'
import type { Grant } from './grant.ts'
import { idTokenClaims } from './id-token.ts'
import { signJwt } from './jwt.ts'

export interface Subject {
  readonly user: User
  /** The person's name in this app: `sub` of access tokens. */
  readonly userName: string
}

export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly access_token: string
  readonly scope: string
  readonly refresh_token?: string
  readonly id_token?: string
}

export interface IssueRequest {
  readonly context: IssuerContext
  readonly app: App
  readonly subject: Subject
  readonly grant: Grant
  /** Of this access token: the grant's or a part of them. */
  readonly scopes: readonly string[]
  readonly nonce?: string | undefined
  readonly acr?: string | undefined
  /** Evaluated before anything was consumed. */
  readonly custom: CustomClaims
}

/** The tokens for a person; the refresh token is the caller's to add. */
export async function issueTokens(deps: Deps, request: IssueRequest): Promise<TokenAnswer> {
  const { app, subject, grant, scopes } = request
  const { config, issuer } = request.context
  const now = deps.now()
  const signer = signerOf(deps, config, issuer.id)
  const person = { userId: subject.user.id, userName: subject.userName, authenticated: grant.authenticated }
  const minutes = grant.accessTokenMinutes
  const facts = { issuer, clientId: app.clientId, scopes, minutes, person, grantId: grant.id }
  const { custom } = request
  const accessToken = await signJwt(signer, { ...accessTokenClaims(facts, now, deps.random), ...custom.access })
  const answer: TokenAnswer = {
    token_type: 'Bearer',
    expires_in: minutes * 60,
    access_token: accessToken,
    scope: scopes.join(' '),
  }
  if (!scopes.includes('openid')) return answer
  const { profile, lastUpdated } = subject.user
  const claims = idTokenClaims(
    {
      issuer,
      org: config.org.id,
      clientId: app.clientId,
      userId: subject.user.id,
      person: { profile, lastUpdated, emailVerified: true },
      scopes,
      authenticated: grant.authenticated,
      amr: grant.amr,
      nonce: request.nonce,
      acr: request.acr,
      accessToken,
    },
    now,
    deps.random,
  )
  return { ...answer, id_token: await signJwt(signer, { ...claims, ...custom.identity }) }
}
