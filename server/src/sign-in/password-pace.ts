// How fast passwords may be tried for one name (spec of sign-in: 11.1): a limit that is never switched off. It goes by the name that was
// typed, whether anybody has it or not. One process counts in memory; the lockout counts in the database.
import type { OrgId } from '#kernel/id.ts'
import { type Instant, SECOND } from '#kernel/instant.ts'

export interface PasswordPace {
  /** False when the name's share of this second is used up. */
  take(org: OrgId, name: string, now: Instant): boolean
}

const ATTEMPTS_PER_SECOND = 4
const NAMES_KEPT = 50_000

export function passwordPace(): PasswordPace {
  const counts = new Map<string, number>()
  let second = -1
  return {
    take(org, name, now) {
      const current = Math.floor(now / SECOND)
      if (current !== second || counts.size >= NAMES_KEPT) {
        counts.clear()
        second = current
      }
      const key = `${org} ${name}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= ATTEMPTS_PER_SECOND
    },
  }
}
