// The end of an authorization: one commit uses the session, writes the code and that this client took part.

import type { Call } from '#http/route.ts'
import { newId } from '#kernel/id.ts'
import { later, MINUTE } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import { recordParticipant, useSession } from '#sessions/service.ts'
import type { Session } from '#sessions/session.ts'
import type { Deps } from '../../deps.ts'
import { logCodeIssued } from '../log.ts'
import type { Lifetimes } from '../policy.ts'
import { type AuthorizationCode, insertCode } from '../tokens/code-store.ts'
import { insertConsent } from '../tokens/consent-store.ts'
import type { Subject } from '../tokens/issue.ts'
import type { AuthorizeRequest } from './request.ts'

const CODE_MILLISECONDS = 5 * MINUTE

export interface Authorization {
  readonly request: AuthorizeRequest
  readonly session: Session
  readonly subject: Subject
  readonly scopes: readonly string[]
  readonly lifetimes: Lifetimes
  /** Allowed in this interaction: to be remembered. */
  readonly consented: readonly string[]
}

/** @returns the code's value, which exists nowhere else; undefined where the session was ended meanwhile: then nothing was written */
export async function issueCode(deps: Deps, call: Call, authorization: Authorization): Promise<string | undefined> {
  const { request, session, subject, scopes, lifetimes, consented } = authorization
  const now = deps.now()
  const value = randomToken(deps.random)
  const key = { userId: subject.user.id, appId: request.app.id, serverId: request.issuer.id }
  const consents = consented.map((scope) => ({ scope, id: newId('consent', now, deps.random) }))
  const code: AuthorizationCode = {
    ...key,
    sessionId: session.id,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    nonce: request.nonce,
    scopes,
    amr: session.amr,
    acr: request.acr,
    authenticated: session.authenticated,
    created: now,
    expires: later(now, CODE_MILLISECONDS),
    lifetimes,
    grantId: undefined,
  }
  const tx = deps.db.for(call.caller.org)
  const isIssued = await deps.db.write(
    function* () {
      // What ends a session also takes back its person's codes, and would not see this one.
      if (!(yield* useSession(tx, session.id, now))) return false
      for (const { scope, id } of consents) yield* insertConsent(tx, key, scope, id, now)
      yield* insertCode(tx, tokenHash(value), code)
      yield* recordParticipant(tx, {
        sessionId: session.id,
        kind: 'oidc',
        clientId: request.app.clientId,
        sid: session.id,
        now,
      })
      return true
    },
    { isolation: 'readCommitted' },
  )
  if (!isIssued) return undefined
  logCodeIssued(deps, call, request.issuer, request.app, subject)
  return value
}
