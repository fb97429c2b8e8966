// Browsers that are remembered: in them a person need not prove a second factor again, for as long as the org's policy says.
import { factorsOf } from '#authenticators/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import { DAY, type Instant, later, MINUTE } from '#kernel/instant.ts'
import { tokenHash } from '#kernel/secret.ts'
import type { DeviceMemory } from '../deps.ts'
import type { Remembering } from './demands-service.ts'
import type { Situation } from './engine-service.ts'
import { forgetDevicesOf, rememberDevice, renameDevice } from './remembered-device-store.ts'
import { deviceHashOf, factorsProved } from './standing.ts'

/** How long the browser keeps the cookie by which it is known; each sign-in begins it anew. */
export const DEVICE_DAYS = 365

export const deviceMemory: DeviceMemory = { forget: forgetDevicesOf }

/** Part of the unit that finishes a sign-in: what was asked for, where a factor was proved in it and the policy allows it. */
export function* keepDevice(
  tx: OrgDb,
  { place: { device }, kept, demands, user }: Situation,
  now: Instant,
): Unit<void> {
  const { standing } = kept
  const lasts = lifetimeOf(demands.remembering)
  const deviceHash = deviceHashOf(standing, device?.next)
  if (deviceHash === undefined || lasts === undefined || !standing.rememberDevice) return
  // What was proved may have been taken away since.
  const ids = new Set((yield* factorsOf(tx, user.id)).map(({ id }) => id))
  if (!factorsProved(standing).some(({ factorId }) => ids.has(factorId))) return
  // Whoever else is remembered in this browser stays so by its next name; of the person nothing is left by the old one.
  if (standing.deviceHash === undefined && device?.known !== undefined)
    yield* renameDevice(tx, { userId: user.id, from: tokenHash(device.known), to: deviceHash })
  yield* rememberDevice(tx, {
    userId: user.id,
    deviceHash,
    created: now,
    expires: later(now, lasts),
  })
}

function lifetimeOf(remembering: Remembering): number | undefined {
  switch (remembering.kind) {
    case 'never':
      return undefined
    case 'device':
      return DEVICE_DAYS * DAY
    case 'minutes':
      return remembering.minutes * MINUTE
  }
}
