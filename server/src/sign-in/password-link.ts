// Links to the page where a person chooses a password: for a reset, and for the first password. Whoever has the link may set it, so the
// value is long and random, kept as a hash, good for one use and for a while, and the newest is the only one. Opening the page uses
// nothing up: scanners of mail look at every link.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, type Instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { LINK_KINDS, type LinkKind } from './link-path.ts'
import {
  insertToken,
  type OneTimeToken,
  removeTokensOf,
  selectToken,
  takeToken,
  takeTry,
  wasGivenSince,
} from './one-time-token-store.ts'

const TOKEN_BYTES = 24
const TOKEN = /^[\w-]{32}$/
const ACTIVATION_LIFETIME = 7 * DAY
export const ACTIVATION_MINUTES = ACTIVATION_LIFETIME / MINUTE

export interface PasswordLink {
  readonly kind: LinkKind
  readonly userId: string
  /** Where the person was on the way to when they asked for it. */
  readonly way?: InterruptedWay
}

/** What was interrupted: never an address that came with a request. */
export interface InterruptedWay {
  readonly appId?: string
  /** The custom server that the app had asked. */
  readonly serverId?: string
  /** Where a page of the authentication API goes on; checked when it is followed. */
  readonly relayState?: string
  /** The suspended request, sealed for the browser in which it was. */
  readonly sealed?: string
}

/** A living link, as it was found. */
export interface FoundLink extends PasswordLink {
  readonly tokenHash: string
}

/** The value of a link, drawn before the unit that keeps it. */
export const newLinkToken = (deps: Pick<Deps, 'random'>): string => randomToken(deps.random, TOKEN_BYTES)

/** Makes a link good for its person, for as long as their policy says of resets, and every earlier one worthless. */
export function* keepLink(
  tx: OrgDb,
  token: string,
  { kind, userId, way }: PasswordLink,
  now: Instant,
  lifetime = ACTIVATION_LIFETIME,
): Unit<void> {
  yield* removeTokensOf(tx, userId, LINK_KINDS)
  const expires = later(now, lifetime)
  yield* insertToken(tx, { tokenHash: tokenHash(token), kind, userId, created: now, expires, facts: { ...way } })
}

/** Whose link it is, leaving it good; undefined for one that is used, expired, cut short or another org's. */
export function* findLink(tx: OrgDb, token: string, now: Instant): Unit<FoundLink | undefined> {
  const found = TOKEN.test(token) ? yield* selectToken(tx, tokenHash(token), LINK_KINDS, now) : undefined
  if (!found) return undefined
  const { v: _, ...way } = found.facts as Readonly<Record<string, string>>
  return { kind: found.kind as LinkKind, userId: found.userId, tokenHash: found.tokenHash, way }
}

/** Uses a link up; of two who hold it one gets it. */
export const claimLink = (tx: OrgDb, hash: string, now: Instant): Unit<OneTimeToken | undefined> =>
  takeToken(tx, hash, LINK_KINDS, now)

/** Whether the person was given a link since then. */
export const hasLinkSince = (tx: OrgDb, userId: string, since: Instant): Unit<boolean> =>
  wasGivenSince(tx, userId, LINK_KINDS, since)

const ANSWERS_MAX = 5

/** Reserves one of the answers that may be tried with a link. */
export const takeAnswer = (tx: OrgDb, hash: string): Unit<boolean> => takeTry(tx, hash, ANSWERS_MAX)

/** Part of whatever makes a person's links wrong: a new password, the end of their access. */
export const endLinksOfUser = (tx: OrgDb, userId: string): Unit<void> => removeTokensOf(tx, userId, LINK_KINDS)
