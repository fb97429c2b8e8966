// refresh_token (RFC 6749 §6) with rotation and a grace period (spec: 5). One statement decides who rotates; whoever comes second, or
// lost the answer, gets the same successor while the period lasts; after it the family ends, and only then is the request refused.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { keptText } from '#kernel/control-characters.ts'
import { MINUTE, worthWriting } from '#kernel/instant.ts'
import { open, randomToken, seal, tokenHash } from '#kernel/secret.ts'
import { logChange } from '#system-log/service.ts'
import { OAuthError, refusals } from '../../error.ts'
import { logTokenGrant, reuseDetected } from '../../log.ts'
import { narrowScope, parseScope } from '../../scopes.ts'
import { customClaims } from '../../tokens/custom-claims.ts'
import { endGrants } from '../../tokens/end-grants.ts'
import { familyOf, type Grant } from '../../tokens/grant.ts'
import { touchGrant } from '../../tokens/grant-store.ts'
import { issueTokens } from '../../tokens/issue.ts'
import { decideRotation, foreignTo } from '../../tokens/refresh-rotation.ts'
import {
  type FoundRefreshToken,
  findNewestSeal,
  findRefreshToken,
  type RefreshToken,
  rotateToken,
} from '../../tokens/refresh-store.ts'
import type { GrantHandler, TokenRequest } from '../grant-type.ts'
import { findSubject } from '../subject.ts'

/** As much as the System Log keeps of one. */
const USER_AGENT_MAX = 500

export const refreshToken: GrantHandler = async (request) => {
  const { deps, call, client, body } = request
  const presented = body.get('refresh_token')
  if (presented === undefined) throw refusals.missing('refresh_token')
  const tx = deps.db.for(call.caller.org)
  const found = await deps.db.read(findRefreshToken(tx, tokenHash(presented)))
  if (!found) throw refusals.badRefreshToken()
  if (found.configVersion !== client.config.version) return 'again'
  const { token, grant } = found
  checkOwner(request, grant)

  // By the clock of this moment, whoever had to wait here for longer than the grace period would pass for a thief.
  const decision = decideRotation(
    { rotatedAt: token.rotatedAt },
    familyOf(grant),
    client.app.refreshToken,
    call.arrived,
  )
  if (decision.kind === 'expired') throw refusals.badRefreshToken()
  if (decision.kind === 'replayed') {
    // Committed, with its event, before the refusal: thrown inside, it would take the revocation back.
    await deps.db.write(() => endFamily(request, tx, found), { isolation: 'readCommitted' })
    throw refusals.badRefreshToken()
  }
  const scopes = requestedScopes(request, grant)
  const outcome = await deps.db.read(findSubject(tx, client.app, grant.userId, client.config.features))
  if (outcome.kind === 'gone') throw refusals.badRefreshToken()
  if (outcome.kind === 'not-assigned') throw refusals.notAssigned(client.app, outcome.user)
  const { subject } = outcome

  const custom = await customClaims(deps, {
    context: client,
    app: client.app,
    scopes,
    subject,
    session: { id: grant.sessionId, amr: grant.amr },
  })
  const issuing = issueTokens(deps, { context: client, app: client.app, subject, grant, scopes, custom })
  const [answer, next] = await Promise.all([
    issuing,
    decision.kind === 'rotate'
      ? rotate(request, tx, token, issuing)
      : decision.kind === 'reissue'
        ? newestOf(request, tx, grant)
        : keep(request, tx, grant, presented),
  ])
  // Another request rotated first, the family was revoked, or the configuration changed: all is read and decided anew.
  if (next === undefined) return 'again'
  logTokenGrant(request, 'refresh_token', subject, answer, decision.kind === 'rotate')
  return { ...answer, refresh_token: next }
}

function* endFamily(request: TokenRequest, tx: OrgDb, { token, grant }: FoundRefreshToken): Unit<void> {
  const { deps, call } = request
  yield* endGrants(tx, { id: grant.id }, deps.now())
  yield* logChange(tx, deps, call.caller, reuseDetected(request, grant, token))
}

function checkOwner({ client }: TokenRequest, grant: Grant): void {
  const foreign = foreignTo(
    { clientId: grant.appId, serverId: grant.serverId },
    { clientId: client.app.id, serverId: client.issuer.id },
  )
  if (foreign === 'another-client') throw refusals.otherClient()
  if (foreign === 'another-server') throw refusals.badRefreshToken()
}

function requestedScopes({ body }: TokenRequest, grant: Grant): readonly string[] {
  const asked = parseScope(body.get('scope') ?? '')
  if (!asked) throw refusals.badScope()
  const narrowed = narrowScope(grant.scopes, asked)
  if (narrowed.ok) return narrowed.scopes
  throw new OAuthError(
    'access_denied',
    `Some of the scopes requested for the refresh request were not granted in the original authorize request. Denied scopes: ${narrowed.denied.join(', ')}.`,
  )
}

async function rotate(
  { deps, call, client }: TokenRequest,
  tx: OrgDb,
  token: RefreshToken,
  issuing: Promise<unknown>,
): Promise<string | undefined> {
  const { org, version } = client.config
  const { ip, userAgent } = call.caller.client
  const next = randomToken(deps.random)
  const sealedNext =
    client.app.refreshToken.leewaySeconds > 0
      ? seal(org.dataKey, successorPlace(tx, token.grantId, client), next, deps.random)
      : undefined
  const rotation = {
    presentedHash: token.tokenHash,
    nextHash: tokenHash(next),
    sealedNext,
    user: { ip, userAgent: keptText(userAgent, USER_AGENT_MAX) },
    grantId: token.grantId,
    generation: token.generation,
    configVersion: version,
  }
  // The grace period begins when the unit runs: of the time that it waited for its turn the client knows nothing.
  const unit = () => rotateToken(tx, { ...rotation, now: deps.now() })
  const won = await deps.db.write(unit, { isolation: 'readCommitted', neededAfter: issuing })
  return won ? next : undefined
}

/** What the branch has come to: for a single rotation the successor of the presented token, equal to the byte. */
async function newestOf({ deps, client }: TokenRequest, tx: OrgDb, grant: Grant): Promise<string> {
  const sealed = await deps.db.read(findNewestSeal(tx, grant.id, grant.generation))
  const newest =
    sealed === undefined ? undefined : open([client.config.org.dataKey], successorPlace(tx, grant.id, client), sealed)
  // It was rotated while the app had no grace period: there is nothing to give again.
  if (newest === undefined) throw refusals.badRefreshToken()
  return newest
}

/** A persistent token stays, and its idle window restarts. */
async function keep({ deps }: TokenRequest, tx: OrgDb, grant: Grant, presented: string): Promise<string> {
  const now = deps.now()
  if (worthWriting(grant.refreshed ?? grant.created, (grant.idleMinutes ?? 0) * MINUTE, now))
    await deps.db.write(() => touchGrant(tx, grant.id, now), { isolation: 'readCommitted' })
  return presented
}

/** Bound to the client and the server, so that a sealed value moved to another row opens nowhere. */
const successorPlace = (tx: OrgDb, grantId: string, client: TokenRequest['client']): readonly string[] => [
  tx.org,
  'refresh_token',
  'successor',
  grantId,
  client.app.id,
  client.issuer.id,
]
