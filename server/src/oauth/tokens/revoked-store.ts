// Single tokens that were revoked before their end, and assertions that were used: both kept until they would have expired anyway.
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
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
