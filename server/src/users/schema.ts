// People on the wire. Passwords and answers go in only; what is read only comes back from SDKs and is ignored.
import Type, { type Static } from 'typebox'
import type { OrgId } from '#kernel/id.ts'
import { type Instant, isoText } from '#kernel/instant.ts'
import { Refusal } from '#kernel/refusal.ts'
import { LINK_PATHS } from '#sign-in/link-path.ts'
import type { UserChange } from './change-service.ts'
import type { UserDraft } from './create-service.ts'
import type { IssuedLink } from './lifecycle-service.ts'
import type { PasswordChange } from './password-service.ts'
import type { User, UserStatus } from './user.ts'
import { userSchemaId, userTypeId } from './user-type.ts'

const Password = Type.Object({
  value: Type.Optional(Type.String()),
  hash: Type.Optional(Type.Unknown()),
  hook: Type.Optional(Type.Unknown()),
})
const CredentialsBody = Type.Object({
  password: Type.Optional(Password),
  recovery_question: Type.Optional(
    Type.Object({ question: Type.Optional(Type.String()), answer: Type.Optional(Type.String()) }),
  ),
  provider: Type.Optional(Type.Object({ type: Type.Optional(Type.String()) })),
})
const ProfileBody = Type.Record(Type.String(), Type.Unknown())
const TypeBody = Type.Object({ id: Type.Optional(Type.String()) })

export const CreateUserBody = Type.Object({
  profile: ProfileBody,
  credentials: Type.Optional(CredentialsBody),
  groupIds: Type.Optional(Type.Array(Type.String())),
  type: Type.Optional(TypeBody),
})

export const UpdateUserBody = Type.Object({
  profile: Type.Optional(ProfileBody),
  credentials: Type.Optional(CredentialsBody),
  type: Type.Optional(TypeBody),
})

export const ReplaceUserBody = Type.Object({
  profile: ProfileBody,
  credentials: Type.Optional(CredentialsBody),
  type: Type.Optional(TypeBody),
})

const PasswordValue = Type.Object({ value: Type.String() })
export const ChangePasswordBody = Type.Object({
  oldPassword: PasswordValue,
  newPassword: PasswordValue,
  revokeSessions: Type.Optional(Type.Boolean()),
})

type Sent = Static<typeof CredentialsBody> | undefined

/** Imported hashes, import hooks and other providers are answered for what they are: not served. */
function passwordOf(credentials: Sent): string | undefined {
  const { password, provider } = credentials ?? {}
  if (password?.hash !== undefined || password?.hook !== undefined) throw new Refusal('unsupported_operation')
  if (provider?.type !== undefined && provider.type !== 'OKTA') throw new Refusal('unsupported_operation')
  return password?.value
}

/** @throws {Refusal} unsupported_operation for a type other than the org's one */
export function checkType(type: Static<typeof TypeBody> | undefined, org: OrgId): void {
  if (type?.id !== undefined && type.id !== userTypeId(org)) throw new Refusal('unsupported_operation')
}

export function draftFromWire(body: Static<typeof CreateUserBody>, query: URLSearchParams): UserDraft {
  if (query.get('provider') === 'true') throw new Refusal('unsupported_operation')
  const password = passwordOf(body.credentials)
  const { question, answer } = body.credentials?.recovery_question ?? {}
  const asks = question !== undefined || answer !== undefined
  return {
    profile: body.profile,
    credentials: {
      ...(password === undefined ? {} : { password }),
      ...(asks ? { recoveryQuestion: { question: question ?? '', answer: answer ?? '' } } : {}),
    },
    groupIds: body.groupIds ?? [],
    activate: query.get('activate') !== 'false',
    mustChangePassword: query.get('nextLogin') === 'changePassword',
  }
}

const isStrict = (query: URLSearchParams): boolean => query.get('strict') === 'true'

export function changeFromWire(
  mode: UserChange['mode'],
  body: Static<typeof UpdateUserBody>,
  query: URLSearchParams,
): UserChange {
  const password = passwordOf(body.credentials)
  const { question, answer } = body.credentials?.recovery_question ?? {}
  return {
    mode,
    strict: isStrict(query),
    ...(body.profile ? { profile: body.profile } : {}),
    ...(password === undefined ? {} : { password }),
    ...(question === undefined ? {} : { recoveryQuestion: { question, answer } }),
  }
}

export const passwordChangeFromWire = (
  body: Static<typeof ChangePasswordBody>,
  query: URLSearchParams,
): PasswordChange => ({
  oldPassword: body.oldPassword.value,
  newPassword: body.newPassword.value,
  revokeSessions: body.revokeSessions ?? false,
  strict: isStrict(query),
})

const time = (at: Instant | undefined): string | null => (at === undefined ? null : isoText(at))

export const credentialsToWire = (user: User) => ({
  ...(user.hasPassword ? { password: {} } : {}),
  ...(user.recoveryQuestion === undefined ? {} : { recovery_question: { question: user.recoveryQuestion } }),
  provider: user.provider,
})

/** A person as lists show them. */
export function toListWire(orgUrl: string, org: OrgId, user: User) {
  return {
    id: user.id,
    status: user.status,
    created: isoText(user.created),
    activated: time(user.activated),
    statusChanged: time(user.statusChanged),
    lastLogin: time(user.lastLogin),
    lastUpdated: isoText(user.lastUpdated),
    passwordChanged: time(user.passwordChanged),
    type: { id: userTypeId(org) },
    // These two stand in every profile, empty or not.
    profile: { mobilePhone: null, secondEmail: null, ...user.profile },
    credentials: credentialsToWire(user),
    _links: { self: { href: `${orgUrl}/api/v1/users/${user.id}` } },
  }
}

/** A person as asked for alone: with the operations that their state allows. */
export function toWire(orgUrl: string, org: OrgId, user: User) {
  const self = `${orgUrl}/api/v1/users/${user.id}`
  const operations = OPERATIONS[user.status].map(
    (name) => [name, { href: `${self}/${PATHS[name]}`, method: 'POST' }] as const,
  )
  return {
    ...toListWire(orgUrl, org, user),
    _links: {
      self: { href: self },
      type: { href: `${orgUrl}/api/v1/meta/types/user/${userTypeId(org)}` },
      schema: { href: `${orgUrl}/api/v1/meta/schemas/user/${userSchemaId(org)}` },
      ...Object.fromEntries(operations),
    },
  }
}

const PATHS = {
  activate: 'lifecycle/activate',
  reactivate: 'lifecycle/reactivate',
  deactivate: 'lifecycle/deactivate',
  suspend: 'lifecycle/suspend',
  unsuspend: 'lifecycle/unsuspend',
  unlock: 'lifecycle/unlock',
  resetPassword: 'lifecycle/reset_password',
  expirePassword: 'lifecycle/expire_password',
  forgotPassword: 'credentials/forgot_password',
  changePassword: 'credentials/change_password',
} as const

const OPERATIONS: Readonly<Record<UserStatus, readonly (keyof typeof PATHS)[]>> = {
  STAGED: ['activate'],
  PROVISIONED: ['reactivate', 'resetPassword', 'deactivate'],
  ACTIVE: ['suspend', 'resetPassword', 'expirePassword', 'forgotPassword', 'changePassword', 'deactivate'],
  RECOVERY: ['reactivate', 'resetPassword', 'changePassword', 'deactivate'],
  PASSWORD_EXPIRED: ['resetPassword', 'changePassword', 'deactivate'],
  LOCKED_OUT: ['unlock', 'resetPassword', 'deactivate'],
  SUSPENDED: ['unsuspend', 'deactivate'],
  DEPROVISIONED: ['activate'],
}

const urlOf = (orgUrl: string, { kind, token }: IssuedLink): string => `${orgUrl}${LINK_PATHS[kind]}/${token}`

/** Nothing of a link that was mailed. */
export const resetToWire = (orgUrl: string, link: IssuedLink | undefined) =>
  link ? { resetPasswordUrl: urlOf(orgUrl, link) } : {}

export const activationToWire = (orgUrl: string, link: IssuedLink) => ({
  activationUrl: urlOf(orgUrl, link),
  activationToken: link.token,
})
