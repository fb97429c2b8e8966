// What a language has to say. Plain text; `${…}` as in `template.ts`.
import type { MailKind } from '../mail.ts'

export interface Words {
  readonly subject: string
  readonly lead: readonly string[]
  /** Stands before the code, which is shown large. */
  readonly code?: string
  /** The label of the link. */
  readonly button?: string
  /** Stands before the code, below the link. */
  readonly instead?: string
  readonly closing: readonly string[]
}

export interface Language {
  readonly greeting: string
  readonly footer: string
  /** What factors are called, by what the fact calls them; what is missing is called the same. */
  readonly factors: Readonly<Record<string, string>>
  readonly mails: Readonly<Record<MailKind, Words>>
}
