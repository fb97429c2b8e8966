// The outside world, and the org's configuration as a value: everything a service may touch, handed to it as its first argument.
import type { Settings } from './config.ts'
import type { Db } from './db/db.ts'
import type { OrgDb } from './db/org-db.ts'
import type { Unit } from './db/unit.ts'
import type { Hasher } from './hashing/hasher.ts'
import type { OrgId, RandomBytes } from './kernel/id.ts'
import type { Instant } from './kernel/instant.ts'
import type { SecretKey } from './kernel/secret.ts'
import type { OutgoingMail } from './mail/outgoing-mail.ts'
import type { ConfigCache } from './orgs/org-config.ts'
import type { RefusedRequestSink } from './refused-requests/refused-request.ts'
import type { PasswordPace } from './sign-in/password-pace.ts'
import type { KeySource, SignerSource } from './signing/signer.ts'
import type { EventSink } from './system-log/event.ts'

export interface OperatorLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** What rooms compose into their own units when access ends; the OAuth engine provides it. */
export interface TokenRevocation {
  ofUser(tx: OrgDb, userId: string, now: Instant): Unit<void>
  ofApp(tx: OrgDb, appId: string, now: Instant): Unit<void>
  ofUserAndApp(tx: OrgDb, userId: string, appId: string, now: Instant): Unit<void>
  /** Everything about tokens and consents that names the app or the person, before their row goes. */
  forgetUser(tx: OrgDb, userId: string): Unit<void>
  forgetApp(tx: OrgDb, appId: string): Unit<void>
}

/** Browsers in which a person need not prove a factor again; the sign-in provides it. */
export interface DeviceMemory {
  /** Part of the unit that takes away what was proved in them. */
  forget(tx: OrgDb, userId: string): Unit<void>
}

/** The way out for mail. */
export interface MailDoor {
  /** Settles when the mail has been taken. @throws {MailRefused} for one that will never be; anything else may go better later */
  send(mail: OutgoingMail): Promise<void>
  /** Nothing is sent from then on; what is under way fails. */
  close(): void
}

/** The sender of this node. */
export interface Outbox {
  /** A mail of the org has been queued, and the unit has committed: look for it soon, and not only at the next round. */
  expect(org: OrgId): void
}

export interface Deps {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Instant
  readonly random: RandomBytes
  /** The root keys (`KEYSTEAD_SECRET`): the first seals, all open. */
  readonly rootKeys: readonly SecretKey[]
  readonly hasher: Hasher
  /** How fast passwords may be tried for one name. */
  readonly passwordPace: PasswordPace
  readonly signers: SignerSource
  /** New signing keys, made ahead of need. */
  readonly keys: KeySource
  /** The org's apps, keys, servers, policies, origins and features: one immutable snapshot. */
  readonly config: ConfigCache
  /** System Log events of no change: grants and refusals. */
  readonly events: EventSink
  /** What apps and pages asked for in vain, to be explained in the console. */
  readonly refusedRequests: RefusedRequestSink
  /** Undefined: no mail goes out; what happens to it instead is `settings.mail.mailbox`. */
  readonly mail: MailDoor | undefined
  readonly outbox: Outbox
  readonly revocation: TokenRevocation
  readonly devices: DeviceMemory
  readonly log: OperatorLog
}
