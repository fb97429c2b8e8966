// What a server would put into its tokens for an app and a person: the engine's own checks and claims, with nothing issued, signed or
// stored. What the engine would refuse is refused here in its words; what the request names and is not there is not found.
import Type, { type Static } from 'typebox'
import type { App } from '#apps/app.ts'
import { isBuiltIn } from '#apps/built-in-app.ts'
import type { AccessPolicy, AccessRule } from '#authorization-servers/authorization-server.ts'
import { groupIdsOf } from '#groups/service.ts'
import { type Answer, json } from '#http/answer.ts'
import { authorize } from '#http/authenticate.ts'
import type { Call } from '#http/route.ts'
import { notFound, Refusal } from '#kernel/refusal.ts'
import { activeKeyOf } from '#signing-keys/service.ts'
import { ORG_SERVER } from '#signing-keys/signing-key.ts'
import { getUser } from '#users/service.ts'
import type { Deps } from '../deps.ts'
import { readRequest } from './authorize/request.ts'
import { firstRefusal } from './authorize/steps.ts'
import { GRANT_TYPES } from './discovery.ts'
import { OAuthError, refusals } from './error.ts'
import { findIssuer, type IssuerContext } from './issuer.ts'
import { findMatch, ORG_LIFETIMES } from './policy.ts'
import { admitGrant } from './token/admission.ts'
import { decideClientCredentials } from './token/grants/client-credentials.ts'
import { findSubject } from './token/subject.ts'
import { accessTokenClaims } from './tokens/access-token.ts'
import { customClaims } from './tokens/custom-claims.ts'
import { idTokenClaims } from './tokens/id-token.ts'
import type { Subject } from './tokens/issue.ts'
import type { JwtClaims } from './tokens/jwt.ts'
import { userinfoClaims } from './userinfo.ts'

export const TokenPreviewBody = Type.Object({
  clientId: Type.String({ maxLength: 100 }),
  grantType: Type.Enum(GRANT_TYPES),
  /** Of whom the tokens tell; none for client credentials. */
  userId: Type.Optional(Type.String({ maxLength: 100 })),
  scopes: Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 }),
  nonce: Type.Optional(Type.String({ maxLength: 1_024 })),
})

const Claims = Type.Record(Type.String(), Type.Unknown())
const Named = Type.Union([Type.Object({ id: Type.String(), name: Type.String() }), Type.Null()])
const Token = Type.Object({ header: Type.Object({ alg: Type.String(), kid: Type.String() }), payload: Claims })

export const TokenPreviewAnswer = Type.Object(
  {
    accessToken: Token,
    idToken: Type.Union([Token, Type.Null()]),
    userinfo: Type.Union([Claims, Type.Null()]),
    policy: Named,
    rule: Named,
  },
  { title: 'TokenPreview' },
)

type Question = Static<typeof TokenPreviewBody>

interface Decision {
  readonly scopes: readonly string[]
  readonly minutes: number
  readonly subject: Subject | undefined
  readonly match: { readonly policy: AccessPolicy; readonly rule: AccessRule } | undefined
}

export async function tokenPreviewEndpoint(deps: Deps, call: Call<Question>): Promise<Answer> {
  const config = await deps.config.fresh(call.caller.org)
  const name = call.params.serverId ?? ''
  const issuer = findIssuer(config, name === ORG_SERVER ? undefined : name)
  if (!issuer) throw notFound(name, 'AuthorizationServer')
  const app = config.appsByClientId.get(call.body.clientId)
  if (!app || isBuiltIn(app)) throw notFound(call.body.clientId, 'AppInstance')
  if (call.body.userId !== undefined) authorize(call.caller, 'okta.users.read')
  const context = { config, issuer }
  try {
    return json(200, await preview(deps, context, app, call.body, await decide(deps, context, app, call.body)))
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    // Always as a mistake in the question: 401 would say that the caller's own credential is wrong.
    return json(400, { error: error.code, error_description: error.message })
  }
}

/** @throws {OAuthError} as the engine; {Refusal} not_found for a person whom nobody knows, validation_failed without one */
async function decide(deps: Deps, context: IssuerContext, app: App, question: Question): Promise<Decision> {
  if (app.status !== 'ACTIVE') throw refusals.badClientId()
  const grantType = admitGrant(app, question.grantType)
  const scope = question.scopes.join(' ')
  if (grantType === 'client_credentials') {
    const { scopes, policy, rule } = decideClientCredentials(context.issuer, app, scope)
    return { scopes, minutes: rule.accessTokenMinutes, subject: undefined, match: { policy, rule } }
  }
  const request = readRequest({
    ...context,
    app,
    redirectUri: app.redirectUris[0] ?? '',
    parameters: parametersOf(scope),
  })
  const refusal = firstRefusal(request)
  if (refusal) throw refusal
  const subject = await subjectOf(deps, context, app, question.userId)
  const { server } = context.issuer
  if (!server) return { scopes: request.scopes, minutes: ORG_LIFETIMES.accessTokenMinutes, subject, match: undefined }
  const userId = subject.user.id
  const groups = (await deps.db.read(groupIdsOf(deps.db.for(context.config.org.id), userId))).map(({ id }) => id)
  const { clientId } = app
  // A refresh token has the lifetimes of the rule that let its code be given.
  const asked = { clientId, grantType: 'authorization_code', scopes: request.scopes, person: { userId, groups } }
  const match = findMatch(server, asked)
  if (!match) throw refusals.noPolicy()
  return { scopes: request.scopes, minutes: match.rule.accessTokenMinutes, subject, match }
}

/** An authorization request with which nothing is wrong but what the preview is about. */
const parametersOf = (scope: string): ReadonlyMap<string, string> =>
  new Map([
    ['response_type', 'code'],
    ['state', 'preview'],
    ['code_challenge', 'p'.repeat(43)],
    ['code_challenge_method', 'S256'],
    ...(scope === '' ? [] : [['scope', scope] as const]),
  ])

async function subjectOf(
  deps: Deps,
  { config }: IssuerContext,
  app: App,
  userId: string | undefined,
): Promise<Subject> {
  if (userId === undefined)
    throw new Refusal('validation_failed', { subject: 'userId', causes: ["userId: This grant is a person's."] })
  const tx = deps.db.for(config.org.id)
  const user = await deps.db.read(getUser(tx, userId))
  const outcome = await deps.db.read(findSubject(tx, app, userId, config.features))
  if (outcome.kind === 'allowed') return outcome.subject
  if (outcome.kind === 'not-assigned') throw refusals.notAssigned(app, user)
  throw new OAuthError('access_denied', `The user can't sign in: the status is ${user.status}.`)
}

async function preview(
  deps: Deps,
  context: IssuerContext,
  app: App,
  { nonce }: Question,
  { scopes, minutes, subject, match }: Decision,
): Promise<Static<typeof TokenPreviewAnswer>> {
  const { config, issuer } = context
  const now = deps.now()
  const session = { id: undefined, amr: ['pwd'] }
  const custom = await customClaims(deps, { context, app, scopes, ...(subject ? { subject, session } : {}) })
  const person = subject && { userId: subject.user.id, userName: subject.userName, authenticated: now }
  const facts = { issuer, clientId: app.clientId, scopes, minutes, ...(person ? { person } : {}) }
  const { kid, jwk } = activeKeyOf(config, issuer.id)
  const tokenOf = (payload: JwtClaims) => ({ header: { alg: jwk.alg, kid }, payload: { ...payload } })
  const opensId = subject !== undefined && scopes.includes('openid')
  return {
    accessToken: tokenOf({ ...accessTokenClaims(facts, now, deps.random), ...custom.access }),
    idToken: opensId
      ? tokenOf({ ...identityClaims(deps, context, app, { subject, scopes, nonce }), ...custom.identity })
      : null,
    userinfo: opensId ? { ...userinfoClaims(subject, scopes, custom) } : null,
    policy: match ? { id: match.policy.id, name: match.policy.name } : null,
    rule: match ? { id: match.rule.id, name: match.rule.name } : null,
  }
}

interface Identity {
  readonly subject: Subject
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
}

function identityClaims(deps: Deps, { config, issuer }: IssuerContext, app: App, { subject, scopes, nonce }: Identity) {
  const now = deps.now()
  const { id, profile, lastUpdated } = subject.user
  const facts = {
    ...{ issuer, org: config.org.id, clientId: app.clientId, userId: id, scopes, nonce, acr: undefined },
    person: { profile, lastUpdated, emailVerified: true },
    authenticated: now,
    amr: ['pwd'],
    accessToken: '',
  }
  // The hash of a token that nobody has.
  const { at_hash: _, ...claims } = idTokenClaims(facts, now, deps.random)
  return claims
}
