// The claims that a custom server adds to tokens (spec: 6.3). Evaluated before anything is consumed: a claim that fails refuses the
// request and costs neither code nor refresh token. A server without any costs no query.
import type { App } from '#apps/app.ts'
import type { Claim } from '#authorization-servers/authorization-server.ts'
import { RESERVED_CLAIMS } from '#authorization-servers/claim-draft.ts'
import { attempt, type Evaluated, evaluateExpression, type Scope, spender } from '#expressions/evaluate.ts'
import { type Group, patternTest, type Spend } from '#expressions/functions.ts'
import { isList, isMap, type Value, type ValueMap } from '#expressions/value.ts'
import { groupIdsOf } from '#groups/service.ts'
import type { Deps } from '../../deps.ts'
import { OAuthError } from '../error.ts'
import type { IssuerContext } from '../issuer.ts'
import type { Subject } from './issue.ts'
import type { JwtClaims } from './jwt.ts'

export interface ClaimsQuestion {
  readonly context: IssuerContext
  readonly app: App
  readonly scopes: readonly string[]
  /** Absent for client credentials. */
  readonly subject?: Subject
  readonly session?: { readonly id: string | undefined; readonly amr: readonly string[] }
}

export interface CustomClaims {
  readonly access: JwtClaims
  readonly identity: JwtClaims
  /** With those that no ID token carries. */
  readonly userinfo: JwtClaims
}

const NONE: CustomClaims = { access: {}, identity: {}, userinfo: {} }
const GROUPS_MAX = 100

/** @throws {OAuthError} server_error for a claim that has no value */
export async function customClaims(deps: Deps, question: ClaimsQuestion): Promise<CustomClaims> {
  const claims = question.context.issuer.server?.claims.filter((claim) => isWanted(claim, question)) ?? []
  if (claims.length === 0) return NONE
  const scope = scopeOf(question, await groupsOf(deps, question, claims))
  const spend = spender()
  const valued = claims.map((claim) => ({ claim, value: valueOfClaim(claim, scope, spend) }))
  const collect = (test: (claim: Claim) => boolean): JwtClaims =>
    Object.fromEntries(
      valued.filter(({ claim, value }) => value !== null && test(claim)).map(({ claim, value }) => [claim.name, value]),
    )
  return {
    access: collect(({ claimType }) => claimType === 'RESOURCE'),
    identity: collect(({ claimType, alwaysIncludeInToken }) => claimType === 'IDENTITY' && alwaysIncludeInToken),
    userinfo: collect(({ claimType }) => claimType === 'IDENTITY'),
  }
}

const isWanted = ({ system, status, name, scopes, claimType }: Claim, question: ClaimsQuestion): boolean =>
  !system &&
  status === 'ACTIVE' &&
  !RESERVED_CLAIMS.includes(name) &&
  (claimType === 'RESOURCE' || question.subject !== undefined) &&
  (scopes.length === 0 || scopes.some((scope) => question.scopes.includes(scope)))

async function groupsOf(deps: Deps, question: ClaimsQuestion, claims: readonly Claim[]): Promise<readonly Group[]> {
  const { subject, context } = question
  const areNeeded = claims.some(({ valueType, value }) => valueType === 'GROUPS' || /group/i.test(value))
  if (!subject || !areNeeded) return []
  return deps.db.read(groupIdsOf(deps.db.for(context.config.org.id), subject.user.id))
}

function valueOfClaim(claim: Claim, scope: Scope, spend: Spend): Value {
  const evaluated =
    claim.valueType === 'GROUPS'
      ? groupNames(claim, scope.groups, spend)
      : evaluateExpression(claim.value, scope, spend)
  if (evaluated.ok && !isMap(evaluated.value)) return evaluated.value
  const why = evaluated.ok ? 'it is no text, number, boolean or list' : evaluated.fault
  throw new OAuthError('server_error', `The claim '${claim.name}' could not be evaluated.`, { why })
}

function groupNames(claim: Claim, groups: readonly Group[], spend: Spend): Evaluated {
  const evaluated = attempt(() => groups.map(({ name }) => name).filter(groupTest(claim, spend)))
  if (!evaluated.ok || !isList(evaluated.value)) return evaluated
  if (evaluated.value.length > GROUPS_MAX)
    throw new OAuthError(
      'server_error',
      'The groups claim matched too many groups and must be configured to match fewer groups.',
    )
  return evaluated.value.length === 0 ? { ok: true, value: null } : evaluated
}

function groupTest({ groupFilterType, value }: Claim, spend: Spend): (name: string) => boolean {
  if (groupFilterType === 'STARTS_WITH') return (name) => name.startsWith(value)
  if (groupFilterType === 'CONTAINS') return (name) => name.includes(value)
  return groupFilterType === 'EQUALS' ? (name) => name === value : patternTest(value, spend)
}

function scopeOf({ context, app, scopes, subject, session }: ClaimsQuestion, groups: readonly Group[]): Scope {
  const { org } = context.config
  const user = subject?.user
  return {
    groups,
    internal: user ? { id: user.id, status: user.status } : {},
    roots: {
      user: user ? { ...plain(user.profile), login: user.login } : null,
      appuser: subject ? { ...plain(subject.user.profile), userName: subject.userName } : null,
      app: { id: app.id, clientId: app.clientId, label: app.label },
      org: { name: org.name, subDomain: org.subdomain },
      access: { scope: scopes },
      session: session ? { id: session.id ?? null, amr: session.amr } : null,
    },
  }
}

/** A profile's attributes that an expression can see. */
const plain = (profile: Readonly<Record<string, unknown>>): ValueMap =>
  Object.fromEntries(Object.entries(profile).flatMap(([name, value]) => (isPlain(value) ? [[name, value]] : [])))

const isPlain = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isPlain))
