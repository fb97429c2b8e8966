// The entities and their columns: the ER diagram in TypeScript. Times are integer milliseconds, flags are 0 or 1, JSON is TEXT that
// begins with a version (`{"v":1,…}`). Every table but the first five belongs to an org, whose id stands first in its key.
import type { Generated } from 'kysely'

/** 0 or 1: one representation of booleans on both databases. */
export type Flag = 0 | 1

export interface OrgTableRow {
  id: string
  name: string
  subdomain: string
  created: number
  /** Counts every change of configuration; snapshots of it compare this. */
  version: number
  /** The org's data key, sealed by the root key. */
  data_key: string
  settings: string
}
export interface OrgHostRow {
  host: string
  org_id: string
  role: 'canonical' | 'alias'
  origin: string
}
export interface MigrationRow {
  name: string
  phase: 'expand' | 'contract'
  applied_at: number
}
export interface CanaryRow {
  id: string
  sealed: string
}
export interface NodeRow {
  id: string
  version: string
  seen_at: number
}

export interface AppRow {
  org_id: string
  id: string
  client_id: string
  name: string
  label: string
  label_key: string
  status: 'ACTIVE' | 'INACTIVE'
  created: number
  last_updated: number
  /** The rest of the app as JSON. */
  doc: string
}
export interface AppSecretRow {
  org_id: string
  id: string
  app_id: string
  status: 'ACTIVE' | 'INACTIVE'
  created: number
  last_updated: number
  sealed: string
  /** HMAC of the secret under the org's key: what a presented secret is compared with. */
  mac: string
}
export interface AppLogoRow {
  org_id: string
  app_id: string
  /** SHA-256 of the content, in base64url: its public name. */
  hash: string
  type: string
  /** Base64. */
  content: string
}
export interface AppUserRow {
  org_id: string
  app_id: string
  user_id: string
  source: string
  created: number
  last_updated: number
  user_name: string
  profile: string
}
export interface AppGroupRow {
  org_id: string
  app_id: string
  group_id: string
  priority: number
  created: number
  last_updated: number
  profile: string
}
export interface UserRow {
  org_id: string
  id: string
  status: string
  login: string
  login_key: string
  created: number
  activated: number | null
  status_changed: number | null
  last_login: number | null
  last_updated: number
  password_changed: number | null
  profile: string
  password_hash: string | null
  /** JSON: recovery question, provider, imported hash. */
  credentials: string
  /** Password attempts since the last success, reserved before each check. */
  attempts: number
  /** When an attempt was last taken; 0 before the first. */
  last_attempt: number
}

/** What a person's passwords were before the present one, as far as their policy asks for it. */
export interface PasswordHistoryRow {
  org_id: string
  user_id: string
  hash: string
  /** When another took its place. */
  created: number
}
export interface UserAttributeRow {
  org_id: string
  attribute: string
  value_key: string
  user_id: string
}
export interface GroupRow {
  org_id: string
  id: string
  type: 'OKTA_GROUP' | 'BUILT_IN' | 'APP_GROUP'
  name: string
  name_key: string
  profile: string
  created: number
  last_updated: number
  last_membership_updated: number
}
export interface GroupMemberRow {
  org_id: string
  group_id: string
  user_id: string
  source: string
  created: number
}
export interface RoleAssignmentRow {
  org_id: string
  user_id: string
  id: string
  type: string
  created: number
  last_updated: number
}
export interface SessionRow {
  org_id: string
  id: string
  token_hash: string
  user_id: string
  created: number
  last_active: number
  idle_minutes: number
  /** Absolute end; null is none. */
  ends: number | null
  persistent: Flag
  /** When the person last proved who they are: `auth_time`. */
  authenticated: number
  /** JSON array of AMR words. */
  amr: string
  /** Null where it was not proved, and of sessions of a former release. */
  password_proved: number | null
  factor_proved: number | null
  /** The `User-Agent` with which it was begun; null for one of an older release. */
  user_agent: string | null
}
export interface SessionParticipantRow {
  org_id: string
  session_id: string
  kind: string
  client_id: string
  sid: string
  created: number
}
export interface OneTimeTokenRow {
  org_id: string
  token_hash: string
  kind: 'session' | 'recovery' | 'activation' | 'unlock'
  user_id: string
  created: number
  expires: number
  facts: string
}
export interface InteractionRow {
  org_id: string
  token_hash: string
  user_id: string
  face: 'hosted' | 'authn'
  /** Of the browser that it belongs to; null where its token alone opens it. */
  browser_hash: string | null
  /** JSON with a version: what goes on once it is done. */
  continuation: string
  /** JSON with a version: what has been proved. */
  standing: string
  generation: number
  created: number
  expires: number
}
export interface RememberedDeviceRow {
  org_id: string
  user_id: string
  device_hash: string
  created: number
  expires: number
}
export interface UnknownLoginRow {
  org_id: string
  name_hash: string
  attempts: number
  last_attempt: number
}
export interface ApiTokenRow {
  org_id: string
  id: string
  token_hash: string
  name: string
  user_id: string
  created: number
  last_updated: number
  expires: number
  network: string
}
export interface TrustedOriginRow {
  org_id: string
  id: string
  name: string
  name_key: string
  origin: string
  origin_key: string
  status: 'ACTIVE' | 'INACTIVE'
  scopes: string
  created: number
  created_by: string
  last_updated: number
  last_updated_by: string
}
/** What was switched; a feature without a row is as the registry has it. */
export interface FeatureRow {
  org_id: string
  feature: string
  status: 'ENABLED' | 'DISABLED'
  last_updated: number
}
export interface AuthorizationServerRow {
  org_id: string
  id: string
  is_default: Flag
  name: string
  name_key: string
  status: 'ACTIVE' | 'INACTIVE'
  created: number
  last_updated: number
  doc: string
}
export interface AuthorizationServerScopeRow {
  org_id: string
  server_id: string
  id: string
  name: string
  doc: string
}
export interface AuthorizationServerClaimRow {
  org_id: string
  server_id: string
  id: string
  name: string
  claim_type: string
  doc: string
}
export interface AuthorizationServerPolicyRow {
  org_id: string
  server_id: string
  id: string
  priority: number
  status: 'ACTIVE' | 'INACTIVE'
  created: number
  last_updated: number
  doc: string
}
export interface AuthorizationServerRuleRow {
  org_id: string
  policy_id: string
  id: string
  priority: number
  status: 'ACTIVE' | 'INACTIVE'
  created: number
  last_updated: number
  doc: string
}
export interface SigningKeyRow {
  org_id: string
  /** `org` for the org's own server, else the custom server's id. */
  server_id: string
  kid: string
  alg: string
  state: 'NEXT' | 'ACTIVE' | 'RETIRED'
  created: number
  /** When a retired key leaves the published set. */
  expires: number | null
  public_jwk: string
  sealed_private: string
}
export interface PolicyRow {
  org_id: string
  id: string
  type: string
  name: string
  priority: number
  status: 'ACTIVE' | 'INACTIVE'
  system: Flag
  created: number
  last_updated: number
  doc: string
}
export interface PolicyRuleRow {
  org_id: string
  policy_id: string
  id: string
  name: string
  priority: number
  status: 'ACTIVE' | 'INACTIVE'
  system: Flag
  created: number
  last_updated: number
  doc: string
}

/** What a person gave a client at one authorization: the root of its refresh and access tokens. */
export interface OAuthGrantRow {
  org_id: string
  id: string
  app_id: string
  user_id: string
  server_id: string
  session_id: string | null
  scopes: string
  amr: string
  authenticated: number
  created: number
  last_updated: number
  /** Absolute end of the refresh family; null is none. Rotation never moves it. */
  ends: number | null
  idle_minutes: number | null
  access_token_minutes: number
  /** The newest generation of refresh tokens; 0 when none was issued. */
  generation: number
  refreshed: number | null
  revoked: number | null
}
export interface RefreshTokenRow {
  org_id: string
  token_hash: string
  grant_id: string
  generation: number
  created: number
  rotated: number | null
  /** From where and with what it was used when it was rotated; also null where that was before this was kept. */
  rotated_ip: string | null
  rotated_agent: string | null
  /** The successor's value, sealed, for the grace period and as long as a request may wait. */
  successor: string | null
}
export interface AuthorizationCodeRow {
  org_id: string
  code_hash: string
  app_id: string
  user_id: string
  server_id: string
  session_id: string | null
  redirect_uri: string
  challenge: string | null
  nonce: string | null
  scopes: string
  amr: string
  acr: string | null
  authenticated: number
  created: number
  expires: number
  /** JSON: lifetimes that the matching rule gave. */
  lifetimes: string
  /** Set by the claim: the grant that came of it, or that a replay revokes. */
  grant_id: string | null
}
export interface RevokedTokenRow {
  org_id: string
  jti: string
  expires: number
}
export interface UsedAssertionRow {
  org_id: string
  client_id: string
  jti_hash: string
  expires: number
}
export interface ConsentRow {
  org_id: string
  user_id: string
  app_id: string
  server_id: string
  scope: string
  id: string
  created: number
}
export interface LogEventRow {
  org_id: string
  seq: Generated<number>
  /** Order of persistence, together with `seq`: rows from the horizon on (`log_horizon`) may still change places. */
  commit_order: Generated<number>
  id: string
  published: number
  event_type: string
  severity: string
  outcome: string
  reason: string | null
  actor_id: string
  actor_type: string
  actor_alternate_id: string
  actor_name: string
  ip: string
  user_agent: string
  request_id: string
  path: string
  session_id: string | null
  targets: string
  detail: string
}

export interface ConsoleSessionRow {
  org_id: string
  id: string
  token_hash: string
  user_id: string
  /** The session of the org that it came from: where that row is gone, this one opens nothing. */
  session_id: string
  created: number
  last_active: number
  ends: number
}

/** What an app or a page asked for in vain; all that is alike is one row. */
export interface RefusedRequestRow {
  org_id: string
  /** Follows from what the requests of the row have in common. */
  id: string
  reason: string
  /** Empty where no known app is named. */
  client_id: string
  endpoint: string
  sent_name: string
  sent_value: string
  /** 1 where the value is kept as it came. */
  whole: number
  user_id: string | null
  user_login: string | null
  count: number
  first_seen: number
  last_seen: number
  ip: string
  user_agent: string
}

export interface UserFactorRow {
  org_id: string
  user_id: string
  id: string
  factor_key: 'question' | 'email' | 'google_totp' | 'okta_totp' | 'webauthn'
  /** What a person has one of: the key, `pending:` and the key, or the key and a credential's id. */
  slot: string
  status: 'PENDING_ACTIVATION' | 'ACTIVE'
  created: number
  last_updated: number
  /** JSON that may be shown. */
  profile: string
  /** The host that a WebAuthn credential was made for. */
  rp_id: string | null
  credential_id: string | null
  /** What the factor is checked with; null for codes by mail. */
  sealed: string | null
  /** The last accepted step of time, or the last count of a WebAuthn credential. */
  counter: number
  /** Since `tried_since`, reserved before each check. */
  tries: number
  /** Since the last success. */
  failures: number
  tried_since: number
  code_sent: number
}
/** Asked of a person and not yet answered; a new one takes the place of the last. */
export interface FactorChallengeRow {
  org_id: string
  user_id: string
  /** A factor's id, or a kind of factor. */
  target: string
  /** Hash of what it is bound to. */
  binding: string
  /** Of the code or the challenge. */
  hash: string
  expires: number
  facts: string
}
/** A mail that waits, or what became of it. */
export interface MailRow {
  org_id: string
  id: string
  kind: string
  status: 'QUEUED' | 'SENT' | 'KEPT' | 'FAILED' | 'EXPIRED'
  /** Null of a decoy, which is never sent. */
  recipient: string | null
  user_id: string | null
  locale: string | null
  /** Sealed; gone once nothing will be sent any more. */
  facts: string | null
  /** Sealed: the mail itself, where it is kept in the mailbox. */
  rendered: string | null
  created: number
  expires: number
  /** When it may be tried; a node that tries it moves this to the end of its lease. */
  run_at: number
  attempts: number
  ended: number | null
  /** Why the last attempt failed: a code, never what the server said of the mail. */
  fault: string | null
}
export interface MailTemplateRow {
  org_id: string
  kind: string
  language: string
  subject: string
  html: string
  text: string
  last_updated: number
}

export interface Tables {
  org: OrgTableRow
  org_host: OrgHostRow
  migration: MigrationRow
  canary: CanaryRow
  node: NodeRow
  app: AppRow
  app_secret: AppSecretRow
  app_logo: AppLogoRow
  app_user: AppUserRow
  app_group: AppGroupRow
  user: UserRow
  user_attribute: UserAttributeRow
  user_group: GroupRow
  group_member: GroupMemberRow
  role_assignment: RoleAssignmentRow
  session: SessionRow
  session_participant: SessionParticipantRow
  one_time_token: OneTimeTokenRow
  interaction: InteractionRow
  remembered_device: RememberedDeviceRow
  unknown_login: UnknownLoginRow
  api_token: ApiTokenRow
  trusted_origin: TrustedOriginRow
  feature: FeatureRow
  authorization_server: AuthorizationServerRow
  authorization_server_scope: AuthorizationServerScopeRow
  authorization_server_claim: AuthorizationServerClaimRow
  authorization_server_policy: AuthorizationServerPolicyRow
  authorization_server_rule: AuthorizationServerRuleRow
  signing_key: SigningKeyRow
  policy: PolicyRow
  policy_rule: PolicyRuleRow
  oauth_grant: OAuthGrantRow
  refresh_token: RefreshTokenRow
  authorization_code: AuthorizationCodeRow
  revoked_token: RevokedTokenRow
  used_assertion: UsedAssertionRow
  consent: ConsentRow
  log_event: LogEventRow
  console_session: ConsoleSessionRow
  refused_request: RefusedRequestRow
  user_factor: UserFactorRow
  factor_challenge: FactorChallengeRow
  password_history: PasswordHistoryRow
  mail: MailRow
  mail_template: MailTemplateRow
}

export const SYSTEM_TABLES = ['org', 'org_host', 'migration', 'canary', 'node'] as const
export type SystemTable = (typeof SYSTEM_TABLES)[number]
export type OrgTable = Exclude<keyof Tables, SystemTable>
