// The only SQL on `signing_key`. The private part is stored sealed.
import type { OrgDb } from '#db/org-db.ts'
import { all, run, type Unit } from '#db/unit.ts'
import { instant } from '#kernel/instant.ts'
import type { PublicJwk } from '#signing/signer.ts'
import type { SigningKey } from './signing-key.ts'

export function* insertSigningKey(tx: OrgDb, key: SigningKey): Unit<void> {
  yield* run(
    tx.insert('signing_key', {
      server_id: key.serverId,
      kid: key.kid,
      alg: key.jwk.alg,
      state: key.state,
      created: key.created,
      expires: key.expires ?? null,
      public_jwk: JSON.stringify(key.jwk),
      sealed_private: key.sealedPrivate,
    }),
  )
}

export function* setKeyState(
  tx: OrgDb,
  { serverId, kid, state, expires }: Pick<SigningKey, 'serverId' | 'kid' | 'state' | 'expires'>,
): Unit<void> {
  yield* run(
    tx
      .update('signing_key')
      .set({ state, expires: expires ?? null })
      .where('server_id', '=', serverId)
      .where('kid', '=', kid),
  )
}

export function* deleteSigningKey(tx: OrgDb, { serverId, kid }: SigningKey): Unit<void> {
  yield* run(tx.deleteFrom('signing_key').where('server_id', '=', serverId).where('kid', '=', kid))
}

/** All of a server's keys, when the server goes. */
export function* deleteSigningKeys(tx: OrgDb, serverId: string): Unit<void> {
  yield* run(tx.deleteFrom('signing_key').where('server_id', '=', serverId))
}

/** Newest first. */
export function* findSigningKeys(tx: OrgDb): Unit<readonly SigningKey[]> {
  const rows = yield* all(tx.from('signing_key').selectAll().orderBy('created', 'desc').orderBy('kid'))
  return rows.map((row) => ({
    serverId: row.server_id,
    kid: row.kid,
    state: row.state,
    created: instant(row.created),
    expires: row.expires === null ? undefined : instant(row.expires),
    jwk: JSON.parse(row.public_jwk) as PublicJwk,
    sealedPrivate: row.sealed_private,
  }))
}
