// Requests per minute and org for each bucket (spec of sign-in: 11.1, the workforce column). One process counts in memory.
import { type Instant, MINUTE } from '#kernel/instant.ts'

export const RATE_BUCKETS = {
  authn: 500,
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

export interface RateState {
  readonly limit: number
  readonly remaining: number
  /** Unix seconds at which the window ends. */
  readonly reset: number
  readonly exceeded: boolean
}

export interface RateLimiter {
  take(org: string, bucket: RateBucket, now: Instant): RateState
}

export function rateLimiter(enforced: boolean): RateLimiter {
  // All windows are of one minute, so what is kept is never more than the orgs that were spoken to in it.
  let current = 0
  let counts = new Map<string, number>()
  return {
    take(org, bucket, now) {
      const minute = Math.floor(now / MINUTE)
      if (minute !== current) {
        current = minute
        counts = new Map()
      }
      const key = `${org} ${bucket}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      const limit = RATE_BUCKETS[bucket]
      return {
        limit,
        remaining: Math.max(0, limit - count),
        reset: (minute + 1) * 60,
        exceeded: enforced && count > limit,
      }
    },
  }
}
