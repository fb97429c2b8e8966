// A sign-in to the console that has begun and is not yet back: what its answer is held against. Sealed into a cookie of the browser, so
// that it costs no commit and opens in no other browser.
import type { RandomBytes } from '#kernel/id.ts'
import { type Instant, later, MINUTE, SECOND } from '#kernel/instant.ts'
import { equalText, open, randomToken, seal } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'

export interface BegunSignIn {
  readonly state: string
  readonly nonce: string
  /** RFC 7636 §4.1. */
  readonly verifier: string
  /** A path of the console. */
  readonly to: string
  readonly created: Instant
}

const LIFE = 10 * MINUTE
export const BEGUN_SECONDS = LIFE / SECOND
const VERSION = 1

export const beginSignIn = (to: string, created: Instant, random: RandomBytes): BegunSignIn => ({
  state: randomToken(random),
  nonce: randomToken(random),
  verifier: randomToken(random),
  to,
  created,
})

export const sealBegun = (org: Org, begun: BegunSignIn, random: RandomBytes): string =>
  seal(org.dataKey, place(org), JSON.stringify({ v: VERSION, ...begun }), random)

/** The sign-in that `state` answers; undefined for one of another browser or org, an altered one, and one of more than ten minutes ago. */
export function openBegun(
  org: Org,
  sealed: string | undefined,
  state: string | null,
  now: Instant,
): BegunSignIn | undefined {
  const text = sealed === undefined ? undefined : open([org.dataKey], place(org), sealed)
  if (text === undefined || state === null) return undefined
  const begun = JSON.parse(text) as BegunSignIn & { readonly v: number }
  const isAlive = begun.v === VERSION && later(begun.created, LIFE) > now
  return isAlive && equalText(begun.state, state) ? begun : undefined
}

const place = (org: Org) => [org.id, 'console', 'sign_in', '']
