// A mail that the product sends: its kind, to whom, and the facts that its template is filled with. It is queued in the unit that makes
// what it carries, so that neither exists without the other. A decoy is queued and never sent: whoever asks to recover an unknown name
// costs the same as for a known one.
import type { Instant } from '#kernel/instant.ts'

export const MAIL_KINDS = [
  'forgot-password',
  'password-changed',
  'activation',
  'unlock-account',
  'account-locked',
  'email-code',
  'email-enroll-code',
  'factor-enrolled',
  'factor-reset',
  'test',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** What a mail may say of its occasion; `MAIL_FACTS` says what each kind takes. */
export const FACT_NAMES = ['firstName', 'login', 'link', 'code', 'minutes', 'appLabel', 'factorName'] as const
export type FactName = (typeof FACT_NAMES)[number]
export type MailFacts = Readonly<Partial<Record<FactName, string | undefined>>>

interface KindFacts {
  /** What a mail of the kind can't do without. */
  readonly required: readonly FactName[]
  /** What it may say besides `firstName`, `login` and `appLabel`. */
  readonly optional: readonly FactName[]
}

export const MAIL_FACTS: Readonly<Record<MailKind, KindFacts>> = {
  'forgot-password': { required: ['link'], optional: ['code', 'minutes'] },
  'password-changed': { required: [], optional: [] },
  activation: { required: ['link'], optional: ['code', 'minutes'] },
  'unlock-account': { required: ['link'], optional: ['code', 'minutes'] },
  'account-locked': { required: [], optional: [] },
  'email-code': { required: ['code'], optional: ['link', 'minutes'] },
  'email-enroll-code': { required: ['code'], optional: ['link', 'minutes'] },
  'factor-enrolled': { required: ['factorName'], optional: [] },
  'factor-reset': { required: [], optional: ['factorName'] },
  test: { required: [], optional: [] },
}

export interface MailDraft {
  readonly kind: MailKind
  /** Undefined makes a decoy. */
  readonly to: string | undefined
  /** The person whom it is about, for the System Log. */
  readonly userId: string | undefined
  /** The person's, such as `de-AT` or `de_AT`; undefined is the org's. */
  readonly locale: string | undefined
  readonly facts: MailFacts
  /** Never sent from then on. */
  readonly expires: Instant
}

/** A draft whose facts are sealed: all that the unit needs. */
export interface QueuedMail extends Omit<MailDraft, 'facts'> {
  readonly id: string
  readonly created: Instant
  readonly sealedFacts: string
}

export const MAIL_STATUSES = ['QUEUED', 'SENT', 'KEPT', 'FAILED', 'EXPIRED'] as const
/** `KEPT` stands in the mailbox instead of having been sent. */
export type MailStatus = (typeof MAIL_STATUSES)[number]

/** Where mail goes: out, into the mailbox, or nowhere. */
export const MAIL_MODES = ['smtp', 'mailbox', 'none'] as const
export type MailMode = (typeof MAIL_MODES)[number]

export interface RenderedMail {
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** What stands in a header is one line, whatever it was made of. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** Where it is sealed for. */
export const mailPlace = (org: string, column: 'facts' | 'rendered', id: string): readonly string[] => [
  org,
  'mail',
  column,
  id,
]
