// Single tokens that were revoked before their end, and assertions that were used: both kept until they would have expired anyway.
import type { OrgDb } from '#db/org-db.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import type { Instant } from '#kernel/instant.ts'

export function* revokeToken(tx: OrgDb, jti: string, expires: Instant): Unit<void> {
  yield* run(tx.insert('revoked_token', { jti, expires }).onConflict((conflict) => conflict.doNothing()))
}

export function* isRevoked(tx: OrgDb, jti: string): Unit<boolean> {
  const row = yield* first(tx.from('revoked_token').select('jti').where('jti', '=', jti))
  return row !== undefined
}

/** False for an assertion that was used before (RFC 7523 §3: `jti`). */
export function* useAssertion(tx: OrgDb, clientId: string, jtiHash: string, expires: Instant): Unit<boolean> {
  const row = yield* first(
    tx
      .insert('used_assertion', { client_id: clientId, jti_hash: jtiHash, expires })
      .onConflict((conflict) => conflict.doNothing())
      .returning('jti_hash'),
  )
  return row !== undefined
}

/** Both are pointless once what they name would have expired anyway. @returns how many rows went */
export function* deleteExpiredMarks(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const tokens = tx.from('revoked_token').select('jti').where('expires', '<=', now).limit(most)
  const revoked = yield* all(tx.deleteFrom('revoked_token').where('jti', 'in', tokens).returning('jti'))
  const hashes = tx.from('used_assertion').select('jti_hash').where('expires', '<=', now).limit(most)
  const used = yield* all(
    tx.deleteFrom('used_assertion').where('jti_hash', 'in', hashes).where('expires', '<=', now).returning('jti_hash'),
  )
  return Math.max(revoked.length, used.length)
}
