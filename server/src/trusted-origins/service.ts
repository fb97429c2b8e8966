// The use cases of trusted origins.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { TrustedOrigin } from './trusted-origin.ts'

/** Every trusted origin of the org, for the snapshot. */
// biome-ignore lint/correctness/useYield: written by the trusted-origins room
export function* loadTrustedOrigins(_tx: OrgDb): Unit<readonly TrustedOrigin[]> {
  return []
}
