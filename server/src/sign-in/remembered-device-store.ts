// The only SQL on `remembered_device`: browsers in which a person need not prove a second factor again for a while. A browser is known by
// the hash of a long random cookie.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

export interface RememberedDevice {
  readonly userId: string
  readonly deviceHash: string
  /** When the factor was proved there. */
  readonly created: Instant
  readonly expires: Instant
}

/** When the person last proved a factor in this browser and asked it to be remembered; undefined where that is over. */
export function* findRememberedSince(
  tx: OrgDb,
  userId: string,
  deviceHash: string,
  now: Instant,
): Unit<number | undefined> {
  const row = yield* first(
    tx
      .from('remembered_device')
      .select('created')
      .where('user_id', '=', userId)
      .where('device_hash', '=', deviceHash)
      .where('expires', '>', now),
  )
  return row?.created
}

export function* rememberDevice(tx: OrgDb, { userId, deviceHash, created, expires }: RememberedDevice): Unit<void> {
  yield* run(
    tx
      .insert('remembered_device', { user_id: userId, device_hash: deviceHash, created, expires })
      .onConflict((key) => key.columns(['org_id', 'user_id', 'device_hash']).doUpdateSet({ created, expires })),
  )
}

export interface DeviceRenaming {
  readonly userId: string
  readonly from: string
  readonly to: string
}

/** The browser is known by another name to all who are remembered in it but this person, who isn't any more by the old one. */
export function* renameDevice(tx: OrgDb, { userId, from, to }: DeviceRenaming): Unit<void> {
  yield* run(tx.deleteFrom('remembered_device').where('user_id', '=', userId).where('device_hash', '=', from))
  yield* run(tx.update('remembered_device').set({ device_hash: to }).where('device_hash', '=', from))
}

export function* forgetDevicesOf(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('remembered_device').where('user_id', '=', userId))
}

/** @returns how many that are over went */
export function* removeExpiredDevices(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const old = tx.from('remembered_device').select(['user_id', 'device_hash']).where('expires', '<=', now).limit(most)
  const gone = yield* all(
    tx
      .deleteFrom('remembered_device')
      .where('expires', '<=', now)
      .where((eb) => eb(eb.refTuple('user_id', 'device_hash'), 'in', old.$asTuple('user_id', 'device_hash')))
      .returning('device_hash'),
  )
  return gone.length
}
