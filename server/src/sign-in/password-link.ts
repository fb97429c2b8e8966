// Links to the page where a person chooses a password: for a reset, and for the first password. Whoever has the link may set it, so the
// value is long and random, kept as a hash, good for one use and for a while, and the newest is the only one. Opening the page uses
// nothing up: scanners of mail look at every link.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, type Instant, later } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { LINK_KINDS, type LinkKind } from './link-path.ts'
import { insertToken, removeTokensOf, selectToken, takeToken } from './one-time-token-store.ts'

const TOKEN_BYTES = 24
const TOKEN = /^[\w-]{32}$/
const ACTIVATION_LIFETIME = 7 * DAY

export interface PasswordLink {
  readonly kind: LinkKind
  readonly userId: string
}

/** The value of a link, drawn before the unit that keeps it. */
export const newLinkToken = (deps: Pick<Deps, 'random'>): string => randomToken(deps.random, TOKEN_BYTES)

/** Makes a link good for its person, for as long as their policy says of resets, and every earlier one worthless. */
export function* keepLink(
  tx: OrgDb,
  token: string,
  { kind, userId }: PasswordLink,
  now: Instant,
  lifetime = ACTIVATION_LIFETIME,
): Unit<void> {
  yield* removeTokensOf(tx, userId, LINK_KINDS)
  const expires = later(now, lifetime)
  yield* insertToken(tx, { tokenHash: tokenHash(token), kind, userId, created: now, expires, facts: {} })
}

/** Whose link it is, leaving it good; undefined for one that is used, expired, cut short or another org's. */
export function* findLink(tx: OrgDb, token: string, now: Instant): Unit<PasswordLink | undefined> {
  const found = TOKEN.test(token) ? yield* selectToken(tx, tokenHash(token), LINK_KINDS, now) : undefined
  return found && { kind: found.kind as LinkKind, userId: found.userId }
}

/** Uses a link up; of two who hold it one gets it. */
export function* claimLink(tx: OrgDb, token: string, now: Instant): Unit<PasswordLink | undefined> {
  const taken = TOKEN.test(token) ? yield* takeToken(tx, tokenHash(token), LINK_KINDS, now) : undefined
  return taken && { kind: taken.kind as LinkKind, userId: taken.userId }
}

/** Part of whatever makes a person's links wrong: a new password, the end of their access. */
export const endLinksOfUser = (tx: OrgDb, userId: string): Unit<void> => removeTokensOf(tx, userId, LINK_KINDS)
