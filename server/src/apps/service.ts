// The use cases of app integrations.
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { App } from './app.ts'

/** Every app of the org with its secrets, for the snapshot. */
// biome-ignore lint/correctness/useYield: written by the apps room
export function* loadApps(_tx: OrgDb): Unit<readonly App[]> {
  return []
}
