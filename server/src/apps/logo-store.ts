// The only SQL on `app_logo`. Content is text in base64, the same on both databases.
import type { OrgDb } from '#db/org-db.ts'
import { first, run, type Unit } from '#db/unit.ts'
import type { Logo, LogoType } from './logo.ts'

export function* replaceLogo(tx: OrgDb, appId: string, { hash, type, content }: Logo): Unit<void> {
  const row = { hash, type, content: Buffer.from(content).toString('base64') }
  yield* run(
    tx
      .insert('app_logo', { app_id: appId, ...row })
      .onConflict((conflict) => conflict.columns(['org_id', 'app_id']).doUpdateSet(row)),
  )
}

export function* deleteLogo(tx: OrgDb, appId: string): Unit<void> {
  yield* run(tx.deleteFrom('app_logo').where('app_id', '=', appId))
}

/** The logo of any app: those of one hash are equal. */
export function* selectLogo(tx: OrgDb, hash: string): Unit<Logo | undefined> {
  const row = yield* first(tx.from('app_logo').select(['type', 'content']).where('hash', '=', hash).limit(1))
  return row && { hash, type: row.type as LogoType, content: Buffer.from(row.content, 'base64') }
}
