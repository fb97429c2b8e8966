// Who is asking, and from where. A service gets it as its second argument and asks nobody else.
import type { OrgId } from './id.ts'

export const ROLE_TYPES = [
  'SUPER_ADMIN',
  'ORG_ADMIN',
  'APP_ADMIN',
  'USER_ADMIN',
  'HELP_DESK_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
  'READ_ONLY_ADMIN',
  'REPORT_ADMIN',
  'API_ACCESS_MANAGEMENT_ADMIN',
] as const
export type RoleType = (typeof ROLE_TYPES)[number]

/** The HTTP request as the System Log and the limits need it. */
export interface Client {
  readonly ip: string
  readonly userAgent: string
  /** The value of `X-Okta-Request-Id`. */
  readonly requestId: string
  readonly path: string
}

export interface Person {
  readonly userId: string
  readonly login: string
  readonly displayName: string
  readonly roles: readonly RoleType[]
}

export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'system' }
  /** An SSWS token: acts with the roles of the person who made it. */
  | ({ readonly kind: 'api-token'; readonly tokenId: string } & Person)
  /** The session cookie of the org. */
  | ({ readonly kind: 'session'; readonly sessionId: string } & Person)
  /** The Admin Console's own cookie: an administrator at work there. `sessionId` is the session of the org that it came from. */
  | ({ readonly kind: 'console'; readonly consoleSessionId: string; readonly sessionId: string } & Person)

export interface Caller {
  readonly org: OrgId
  /** The org's canonical origin, e.g. `https://id.example.com`: every link and issuer begins with it. */
  readonly orgUrl: string
  readonly actor: Actor
  readonly client: Client
}

/** The person behind a caller, or undefined for anonymous and system callers. */
export const personOf = ({ actor }: Caller): Person | undefined =>
  actor.kind === 'anonymous' || actor.kind === 'system' ? undefined : actor
