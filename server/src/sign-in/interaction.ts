// The suspended request: why someone is signing in, and what to do once it is known who they are. Until then it is sealed and travels
// with the page, so that a request of nobody costs no commit; it opens in the browser that it was given to and nowhere else.

import type { RandomBytes } from '#kernel/id.ts'
import { type Instant, later, MINUTE } from '#kernel/instant.ts'
import { deriveKey, equalText, keyedHash, open, randomToken, seal, tokenHash } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'

export const CONTINUATION_KINDS = ['oauth', 'home', 'initiate', 'return'] as const
export type ContinuationKind = (typeof CONTINUATION_KINDS)[number]

export interface Interaction {
  readonly kind: ContinuationKind
  /** The suspended request, as its continuation wrote it. */
  readonly request: Readonly<Record<string, string>>
  readonly created: Instant
  /** Whoever has a factor proves one, whatever the policy demands and the browser remembers: credentials are about to be changed. */
  readonly provesFactor?: true
  /** It waits for a mail to be read, which takes longer than a form. */
  readonly waitsForMail?: true
  /** Who the person says they are, where that is asked before the password: as it was typed, whoever it is. */
  readonly named?: Named
  /** The session in which a consent is asked for; absent while nobody is known. */
  readonly sessionId?: string
}

export interface Named {
  readonly identifier: string
  /** "Keep me signed in"; absent where it has not been asked yet. */
  readonly keepMeSignedIn?: boolean
}

const INTERACTION_MILLISECONDS = 10 * MINUTE
/** What asked for the link is forgotten by then. */
const MAIL_MILLISECONDS = 60 * MINUTE
/** Names the browser that an interaction belongs to. */
export const BROWSER_COOKIE = 'keystead_browser'
const VERSION = 1

export const newBrowserToken = (random: RandomBytes): string => randomToken(random, 24)

export function sealInteraction(org: Org, browser: string, interaction: Interaction, random: RandomBytes): string {
  return seal(org.dataKey, place(org, browser), JSON.stringify({ v: VERSION, ...interaction }), random)
}

/** Undefined for one that was altered, is another browser's or another org's, or is older than ten minutes. */
export function openInteraction(
  org: Org,
  browser: string | undefined,
  sealed: string | undefined,
  now: Instant,
): Interaction | undefined {
  if (browser === undefined || sealed === undefined) return undefined
  const text = open([org.dataKey], place(org, browser), sealed)
  if (text === undefined) return undefined
  const interaction = JSON.parse(text) as Interaction & { readonly v: number }
  const lifetime = interaction.waitsForMail ? MAIL_MILLISECONDS : INTERACTION_MILLISECONDS
  return interaction.v === VERSION && later(interaction.created, lifetime) > now ? interaction : undefined
}

/** The same request for whoever comes: nobody has said yet who they are. */
export function unnamed({ named: _, ...interaction }: Interaction): Interaction {
  return interaction
}

/** What a page's form sends back to prove that it is ours: made of the browser's cookie, so there is nothing to store. */
export const csrfToken = (org: Org, browser: string): string => keyedHash(deriveKey(org.dataKey, 'csrf'), browser)

export const isCsrfToken = (org: Org, browser: string | undefined, presented: string | undefined): boolean =>
  browser !== undefined && presented !== undefined && equalText(csrfToken(org, browser), presented)

const place = (org: Org, browser: string) => [org.id, 'interaction', 'sealed', tokenHash(browser)]
