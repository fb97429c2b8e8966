// Scopes as text, as sets, and what the OpenID scopes tell about a person.
import { epochSeconds, type Instant } from '#kernel/instant.ts'

const MAX_LENGTH = 1024
// RFC 6749 §3.3: printable ASCII without the quotation mark and the backslash.
const SCOPE_LIST = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

/** The scopes of a `scope` parameter, each once and in order; empty when it names none, undefined when it is malformed. */
export function parseScope(text: string): string[] | undefined {
  if (text.length > MAX_LENGTH || !SCOPE_LIST.test(text)) return undefined
  return [...new Set(text.split(' ').filter((scope) => scope !== ''))]
}

export type NarrowedScope =
  | { readonly ok: true; readonly scopes: readonly string[] }
  | { readonly ok: false; readonly denied: readonly string[] }

/** The scopes of a refresh: all that was granted when none is asked for, a part of it when asked, never more. */
export function narrowScope(granted: readonly string[], requested: readonly string[]): NarrowedScope {
  if (requested.length === 0) return { ok: true, scopes: granted }
  const denied = requested.filter((scope) => !granted.includes(scope))
  return denied.length === 0 ? { ok: true, scopes: requested } : { ok: false, denied }
}

export interface ClaimedPerson {
  /** Attributes by their names in the directory: `login`, `firstName`, `zipCode`. */
  readonly profile: Readonly<Record<string, unknown>>
  readonly emailVerified: boolean
  readonly lastUpdated: Instant
}

export type Claims = Record<string, string | number | boolean | Record<string, string>>

const PROFILE_CLAIMS = {
  family_name: 'lastName',
  given_name: 'firstName',
  middle_name: 'middleName',
  nickname: 'nickName',
  preferred_username: 'login',
  profile: 'profileUrl',
  zoneinfo: 'timezone',
} as const

const ADDRESS_CLAIMS = {
  street_address: 'streetAddress',
  locality: 'city',
  region: 'state',
  postal_code: 'zipCode',
  country: 'countryCode',
} as const

/**
 * The claims that the scopes open (OpenID Connect Core §5.4); what is empty is left out. `thin` is for an ID token beside an access
 * token, which carries only what a page shows at once: the rest is at the userinfo endpoint.
 */
export function claimsForScopes(scopes: readonly string[], person: ClaimedPerson, form: 'thin' | 'fat'): Claims {
  const { profile } = person
  const email = text(profile, 'email')
  const claims: Claims = {}
  if (scopes.includes('profile')) {
    const preferred_username = text(profile, PROFILE_CLAIMS.preferred_username)
    const name = fullName(profile)
    if (name !== undefined) claims.name = name
    if (form === 'fat') Object.assign(claims, fatProfile(person))
    else if (preferred_username !== undefined) claims.preferred_username = preferred_username
  }
  if (scopes.includes('email') && email !== undefined) {
    claims.email = email
    if (form === 'fat') claims.email_verified = person.emailVerified
  }
  if (form === 'thin') return claims
  const phone = text(profile, 'primaryPhone') ?? text(profile, 'mobilePhone')
  if (scopes.includes('phone') && phone !== undefined) claims.phone_number = phone
  const address = named(profile, ADDRESS_CLAIMS)
  if (scopes.includes('address') && Object.keys(address).length > 0) claims.address = address
  return claims
}

function fatProfile({ profile, lastUpdated }: ClaimedPerson): Claims {
  const locale = text(profile, 'locale')
  return {
    ...named(profile, PROFILE_CLAIMS),
    // The directory writes en_US, BCP 47 and OpenID Connect en-US.
    ...(locale === undefined ? {} : { locale: locale.replaceAll('_', '-') }),
    updated_at: epochSeconds(lastUpdated),
  }
}

function fullName(profile: ClaimedPerson['profile']): string | undefined {
  const parts = [text(profile, 'firstName'), text(profile, 'lastName')].filter((part) => part !== undefined)
  return text(profile, 'displayName') ?? (parts.length > 0 ? parts.join(' ') : undefined)
}

function named(profile: ClaimedPerson['profile'], names: Readonly<Record<string, string>>): Record<string, string> {
  const claims: Record<string, string> = {}
  for (const [claim, attribute] of Object.entries(names)) {
    const value = text(profile, attribute)
    if (value !== undefined) claims[claim] = value
  }
  return claims
}

function text(profile: ClaimedPerson['profile'], attribute: string): string | undefined {
  const value = profile[attribute]
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
