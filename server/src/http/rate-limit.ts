// Requests per minute and org for each bucket (spec of sign-in: 11.1, the workforce column). One process counts in memory.
// Who proves something draws from the org's bucket. All others are strangers: they share one of the same size, of which one address
// gets a part, so that neither they nor one of them alone is everybody's (ADR 0008).
import { type Instant, MINUTE } from '#kernel/instant.ts'

export const RATE_BUCKETS = {
  authn: 500,
  'authn-verify': 500,
  sessions: 750,
  authorize: 2_000,
  token: 2_000,
  oauth: 600,
  'sign-in': 1_200,
  users: 600,
  user: 2_000,
  'user-update': 600,
  groups: 500,
  group: 1_000,
  apps: 100,
  app: 500,
  logs: 120,
  api: 1_200,
} as const
export type RateBucket = keyof typeof RATE_BUCKETS

/** What one address of strangers gets: an office behind one address can sign in 75 people a minute, at about four requests each. */
const ADDRESSES_SHARE = 4
/** Far more than what fits into the buckets; beyond it the oldest is forgotten. */
const ADDRESSES_MAX = 20_000

export const addressLimit = (bucket: RateBucket): number => Math.ceil(RATE_BUCKETS[bucket] / ADDRESSES_SHARE)

/** Who asks: somebody known, or a stranger at an address. */
export type Drawer = 'known' | { readonly address: string }

export interface RateState {
  readonly limit: number
  readonly remaining: number
  /** Unix seconds at which the window ends. */
  readonly reset: number
  readonly exceeded: boolean
  /** Nobody was refused this in the window before. */
  readonly isFirstRefusal: boolean
}

export interface RateLimiter {
  /** Counts a request. Of several limits the state is that of the one which refuses, or else is nearest. */
  take(org: string, bucket: RateBucket, drawer: Drawer, now: Instant): RateState
  /** Whether the address has used up its part of the strangers' bucket. */
  hasSpent(org: string, bucket: RateBucket, address: string, now: Instant): boolean
}

interface Window {
  readonly minute: number
  /** No more than two for each bucket of the orgs that were spoken to. */
  readonly buckets: Map<string, number>
  readonly addresses: Map<string, number>
  readonly refused: Set<string>
}

const newWindow = (minute: number): Window => ({
  minute,
  buckets: new Map(),
  addresses: new Map(),
  refused: new Set(),
})

export function rateLimiter(enforced: boolean): RateLimiter {
  let current = newWindow(0)

  function windowOf(now: Instant): Window {
    const minute = Math.floor(now / MINUTE)
    if (minute !== current.minute) current = newWindow(minute)
    return current
  }

  function stateOf({ minute, refused }: Window, key: string, limit: number, remaining: number): RateState {
    const exceeded = enforced && remaining < 0
    const isFirstRefusal = exceeded && !refused.has(key)
    if (isFirstRefusal) refused.add(key)
    return { limit, remaining: Math.max(0, remaining), reset: (minute + 1) * 60, exceeded, isFirstRefusal }
  }

  return {
    take(org, bucket, drawer, now) {
      const window = windowOf(now)
      const limit = RATE_BUCKETS[bucket]
      const known = `${org} ${bucket}`
      if (drawer === 'known') return stateOf(window, known, limit, draw(window.buckets, known, limit))
      const [all, share] = [`strangers of ${known}`, addressLimit(bucket)]
      const own = draw(window.addresses, `${known} ${drawer.address}`, share)
      if (window.addresses.size > ADDRESSES_MAX) forgetOldest(window.addresses)
      // What an address is refused is taken from nobody else.
      const left = own < 0 ? 0 : draw(window.buckets, all, limit)
      return own <= left ? stateOf(window, `an address of ${all}`, share, own) : stateOf(window, all, limit, left)
    },
    hasSpent: (org, bucket, address, now) =>
      (windowOf(now).addresses.get(`${org} ${bucket} ${address}`) ?? 0) >= addressLimit(bucket),
  }
}

/** @returns what is left of the limit, negative where nothing was */
function draw(counts: Map<string, number>, key: string, limit: number): number {
  const count = counts.get(key) ?? 0
  if (count < limit) counts.set(key, count + 1)
  return limit - count - 1
}

function forgetOldest(counts: Map<string, number>): void {
  for (const key of counts.keys()) {
    counts.delete(key)
    return
  }
}
