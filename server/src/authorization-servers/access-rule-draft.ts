// What a rule of an access policy may be (spec: 6.4). Pure.
import { invalid, type Refusal } from '#kernel/refusal.ts'
import type { AccessRule, AuthorizationServer } from './authorization-server.ts'

/** What can be set of a rule; the rest is ours. */
export interface RuleDraft
  extends Omit<AccessRule, 'id' | 'status' | 'priority' | 'system' | 'created' | 'lastUpdated'> {
  /** Absent: it keeps its place, and a new one goes last. */
  readonly priority: number | undefined
  /** Absent: it stays what it is, and a new one is active. */
  readonly status: AccessRule['status'] | undefined
}

const PERSONLESS = 'client_credentials'
const OF_PEOPLE: readonly string[] = [
  'authorization_code',
  'implicit',
  'password',
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
]

const NAME_MAX = 100
/** People and groups that one rule can name. */
const NAMED_MAX = 500
const ACCESS_MINUTES = { min: 5, max: 1_440 }
/** Five years. */
const REFRESH_MINUTES_MAX = 5 * 365 * 24 * 60
const WINDOW_MINUTES_MIN = 10

/** The refusal of a draft, if any; whether people and groups are there is asked of their rooms. */
export function ruleFault(draft: RuleDraft, server: Pick<AuthorizationServer, 'scopes'>): Refusal | undefined {
  const { name, grantTypes, scopes, priority } = draft
  if (name.trim() === '') return invalid('name', 'name: The field cannot be left blank')
  if (name.length > NAME_MAX) return invalid('name', `name: The field cannot be longer than ${NAME_MAX} characters`)
  if (priority !== undefined && priority < 1)
    return invalid('priority', 'priority: The field must be greater than or equal to 1')
  if (grantTypes.length === 0)
    return invalid('grantTypes', 'conditions.grantTypes.include: At least one grant type must be specified')
  const stranger = grantTypes.find((grant) => grant !== PERSONLESS && !OF_PEOPLE.includes(grant))
  if (stranger !== undefined)
    return invalid('grantTypes', `conditions.grantTypes.include: '${stranger}' is not a grant type`)
  const unknown = scopes.find((scope) => scope !== '*' && !server.scopes.some(({ name }) => name === scope))
  if (unknown !== undefined)
    return invalid('scopes', `conditions.scopes.include: '${unknown}' is not a scope of this authorization server`)
  return peopleFault(draft) ?? lifetimeFault(draft)
}

function peopleFault({ users, groups, grantTypes }: RuleDraft): Refusal | undefined {
  const named = [users.include, users.exclude, groups.include, groups.exclude]
  if (named.reduce((sum, list) => sum + list.length, 0) > NAMED_MAX)
    return invalid('people', `conditions.people: At most ${NAMED_MAX} users and groups can be named`)
  const forPeople = grantTypes.some((grant) => grant !== PERSONLESS)
  if (!forPeople || users.include.length > 0 || groups.include.length > 0) return undefined
  return invalid(
    'people',
    "At least one of 'conditions.people.users.include' or 'conditions.people.groups.include' must contain a valid user or group " +
      `when 'conditions.grantTypes' contains one or more of ${OF_PEOPLE.slice(0, 3).join(', ')}`,
  )
}

function lifetimeFault(draft: RuleDraft): Refusal | undefined {
  const { accessTokenMinutes, refreshTokenMinutes, refreshTokenWindowMinutes } = draft
  const { min, max } = ACCESS_MINUTES
  if (accessTokenMinutes < min || accessTokenMinutes > max)
    return invalid(
      'accessTokenLifetimeMinutes',
      `accessTokenLifetimeMinutes: The access token lifetime must be between ${min} and ${max} minutes`,
    )
  if (
    refreshTokenMinutes !== 0 &&
    (refreshTokenMinutes < accessTokenMinutes || refreshTokenMinutes > REFRESH_MINUTES_MAX)
  )
    return invalid(
      'refreshTokenLifetimeMinutes',
      'refreshTokenLifetimeMinutes: The refresh token lifetime must be 0 (unlimited), or between the access token lifetime and five years',
    )
  if (refreshTokenWindowMinutes < WINDOW_MINUTES_MIN || refreshTokenWindowMinutes > REFRESH_MINUTES_MAX)
    return invalid(
      'refreshTokenWindowMinutes',
      'refreshTokenWindowMinutes: The refresh token window must be between 10 minutes and five years',
    )
  return undefined
}
