// Links to the page where a person chooses a password: for a reset, and for the first password. Whoever has the link may set it, so the
// value is long and random, kept as a hash, and good for one use and for a while. The newest that an administrator makes is the only one;
// what people ask for themselves takes nothing away, since anybody may ask in their name. Whichever sets a password ends them all. Opening
// the page uses nothing up: scanners of mail look at every link.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, HOUR, type Instant, later, MINUTE } from '#kernel/instant.ts'
import { randomToken, tokenHash } from '#kernel/secret.ts'
import type { Deps } from '../deps.ts'
import { forgetAttempts, takeAttempt } from './attempt-store.ts'
import { LINK_KINDS, type LinkKind } from './link-path.ts'
import {
  insertToken,
  type OneTimeToken,
  removeTokensOf,
  selectToken,
  takeToken,
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

/** Makes a link good for its person, a week where nothing else is said, and every earlier one worthless. */
export function* keepLink(
  tx: OrgDb,
  token: string,
  link: PasswordLink,
  now: Instant,
  lifetime = ACTIVATION_LIFETIME,
): Unit<void> {
  yield* removeTokensOf(tx, link.userId, LINK_KINDS)
  yield* keepAskedLink(tx, token, link, now, lifetime)
}

/** Makes a link good that somebody asked for, beside those that are. */
export function* keepAskedLink(
  tx: OrgDb,
  token: string,
  { kind, userId, way }: PasswordLink,
  now: Instant,
  lifetime: number,
): Unit<void> {
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

/** By one statement: whether nobody has asked for a link in this way since `paused`. */
export function* mayAskForLink(tx: OrgDb, slot: string, now: Instant, paused: Instant): Unit<boolean> {
  return (yield* takeAttempt(tx, { slot, max: 1, now, forgottenBefore: paused })) !== undefined
}

/** Whether nothing has used the link up or taken its place. */
export function* isLinkGood(tx: OrgDb, hash: string, now: Instant): Unit<boolean> {
  return (yield* selectToken(tx, hash, LINK_KINDS, now)) !== undefined
}

const ANSWERS_MAX = 5

/** Reserves one of the answers to their question that may be tried for a person, with whatever links, before an hour without any. */
export function* takeAnswer(tx: OrgDb, userId: string, now: Instant): Unit<boolean> {
  const attempt = { slot: answersOf(userId), max: ANSWERS_MAX, now, forgottenBefore: later(now, -HOUR) }
  return (yield* takeAttempt(tx, attempt)) !== undefined
}

/** Part of what a right answer opens. */
export const forgetAnswers = (tx: OrgDb, userId: string): Unit<void> => forgetAttempts(tx, answersOf(userId))

const answersOf = (userId: string): string => `answers-${userId}`

/** Part of whatever makes a person's links wrong: a new password, the end of their access. */
export const endLinksOfUser = (tx: OrgDb, userId: string): Unit<void> => removeTokensOf(tx, userId, LINK_KINDS)
