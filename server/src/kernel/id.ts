// Identifiers: 20 characters as in Okta's API, a type's prefix and base62. The middle holds the millisecond of creation, so that
// the order of keys is the order of creation and lists can page on the primary key. An id is public: never a secret.
import { hash } from 'node:crypto'
import type { Instant } from './instant.ts'

export const ID_PREFIXES = {
  apiToken: '00T',
  app: '0oa',
  appAssignment: '0ua',
  appLink: 'aln',
  appPolicy: 'rst',
  appPolicyRule: 'rul',
  authenticator: 'aut',
  authorizationServer: 'aus',
  claim: 'ocl',
  clientKey: 'pks',
  clientSecret: 'ocs',
  emailFactor: 'emf',
  error: 'oae',
  event: 'evt',
  feature: 'ftr',
  googleFactor: 'uft',
  group: '00g',
  grant: 'oar',
  consent: 'oag',
  consoleSession: '103',
  oktaTotpFactor: 'ost',
  mail: 'eml',
  org: '00o',
  policy: '00p',
  policyRule: '0pr',
  questionFactor: 'ufs',
  request: 'req',
  role: 'ra1',
  scope: 'scp',
  session: '102',
  signingKey: 'kid',
  trustedOrigin: 'tos',
  user: '00u',
  userSchema: 'osc',
  userType: 'oty',
  webauthnFactor: 'fwf',
} as const

export type IdKind = keyof typeof ID_PREFIXES
export type OrgId = string & { readonly __brand: 'OrgId' }
/** Cryptographically strong random bytes, handed in so that nothing below reads ambient randomness. */
export type RandomBytes = (size: number) => Uint8Array

// In ASCII order, so that text comparison of ids (COLLATE "C") follows time.
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_CHARACTERS = 8
const RANDOM_CHARACTERS = 9

/** `size` base62 characters without bias (a byte of 248 or more is drawn again). */
export function randomBase62(random: RandomBytes, size: number): string {
  let text = ''
  while (text.length < size) {
    for (const byte of random(size - text.length + 4)) {
      if (byte < 248 && text.length < size) text += BASE62[byte % 62]
    }
  }
  return text
}

/** A new id such as `0oa1kQ…`: prefix, 8 characters of time, 9 random ones (53 bits). */
export function newId(kind: IdKind, now: Instant, random: RandomBytes): string {
  let time = ''
  for (let rest: number = now; time.length < TIME_CHARACTERS; rest = Math.floor(rest / 62))
    time = BASE62[rest % 62] + time
  return ID_PREFIXES[kind] + time + randomBase62(random, RANDOM_CHARACTERS)
}

/** The id of what has no row of its own: always the same for the same `parts`, the org among them. */
export function derivedId(kind: IdKind, ...parts: readonly string[]): string {
  let rest = BigInt(`0x${hash('sha256', JSON.stringify([kind, ...parts]))}`)
  let text = ''
  for (; text.length < TIME_CHARACTERS + RANDOM_CHARACTERS; rest /= 62n) text += BASE62[Number(rest % 62n)]
  return ID_PREFIXES[kind] + text
}
