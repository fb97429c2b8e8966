// A person of the directory and the states that they go through.
import type { Instant } from '#kernel/instant.ts'
import type { EventActor, Target } from '#system-log/event.ts'

export const USER_STATUSES = [
  'STAGED',
  'PROVISIONED',
  'ACTIVE',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
  'SUSPENDED',
  'DEPROVISIONED',
] as const
export type UserStatus = (typeof USER_STATUSES)[number]

/** Attribute names as in Okta's default profile (`login`, `email`, `firstName`, …) and the org's own. */
export type Profile = Readonly<Record<string, unknown>>

export interface User {
  readonly id: string
  readonly status: UserStatus
  readonly login: string
  readonly created: Instant
  readonly activated: Instant | undefined
  readonly statusChanged: Instant | undefined
  readonly lastLogin: Instant | undefined
  readonly lastUpdated: Instant
  readonly passwordChanged: Instant | undefined
  readonly profile: Profile
  readonly hasPassword: boolean
  readonly recoveryQuestion: string | undefined
  readonly provider: { readonly type: string; readonly name: string }
}

/** A password that is to be set, and how many of those before it are kept to be compared with the next. */
export interface ChosenPassword {
  readonly hash: string
  readonly kept: number
}

/** The parts of a person's credentials that are no password. */
export interface Credentials {
  readonly provider: User['provider']
  readonly recoveryQuestion?: { readonly question: string; readonly answerHash: string }
}

export const LOCAL_PROVIDER: User['provider'] = { type: 'OKTA', name: 'OKTA' }

/** Everything that a new row of the directory holds. */
export interface NewUser {
  readonly user: User
  readonly passwordHash: string | undefined
  readonly credentials: Credentials
}

/** The name shown to people: display name, else first and last name, else the login. */
export function displayNameOf(user: Pick<User, 'login' | 'profile'>): string {
  const { displayName, firstName, lastName } = user.profile
  if (typeof displayName === 'string' && displayName !== '') return displayName
  const full = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ')
  return full === '' ? user.login : full
}

/** An attribute that is text and not empty. */
export function textOf({ profile }: Pick<User, 'profile'>, attribute: string): string | undefined {
  const value = profile[attribute]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** How the System Log names a person who did something. */
export const actorOf = (user: Pick<User, 'id' | 'login' | 'profile'>): EventActor => ({
  id: user.id,
  type: 'User',
  alternateId: user.login,
  displayName: displayNameOf(user),
})

/** How it names one to whom something was done. */
export const targetOf = (user: Pick<User, 'id' | 'login' | 'profile'>): Target => ({
  id: user.id,
  type: 'User',
  alternateId: user.login,
  displayName: displayNameOf(user),
})
