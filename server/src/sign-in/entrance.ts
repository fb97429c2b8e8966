// The page with which a sign-in begins: identifier and password together, or one after the other. It is a matter of the org's policies, of
// what was typed and of what the app hints at, and never of the person: whoever asks learns of nobody.
import { isBlank, readIdentifier } from './identifier.ts'
import type { Named } from './interaction.ts'

export type Entrance =
  | { readonly kind: 'both' | 'identifier'; readonly username: string | undefined }
  | { readonly kind: 'password'; readonly named: Named }

export interface EntranceFacts {
  readonly identifierFirst: boolean
  /** What was typed on the page before. */
  readonly named: Named | undefined
  /** Whom the app expects (`login_hint`). */
  readonly hint: string | undefined
  /** The person has said that they are somebody else: a hint fills in, and no more. */
  readonly isAnew: boolean
}

export function decideEntrance({ identifierFirst, named, hint, isAnew }: EntranceFacts): Entrance {
  if (named) return { kind: 'password', named }
  if (!identifierFirst) return { kind: 'both', username: hint }
  const identifier = readIdentifier(hint ?? '')
  if (isAnew || isBlank(identifier)) return { kind: 'identifier', username: hint }
  return { kind: 'password', named: { identifier } }
}
