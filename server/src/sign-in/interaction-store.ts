// The only SQL on `interaction`: sign-ins that are under way. One statement moves such a row on, and only from the generation that was
// looked at, so of two answers to one step one counts.
import type { OrgDb } from '#db/org-db.ts'
import type { InteractionRow } from '#db/tables.ts'
import { all, first, run, type Unit } from '#db/unit.ts'
import { type Instant, instant } from '#kernel/instant.ts'
import type { Interaction } from './interaction.ts'
import type { Standing } from './standing.ts'

export type Face = InteractionRow['face']

export interface KeptInteraction {
  readonly tokenHash: string
  readonly userId: string
  readonly face: Face
  /** Undefined where the token alone opens it. */
  readonly browserHash: string | undefined
  readonly continuation: Interaction
  readonly standing: Standing
  readonly generation: number
  readonly created: Instant
  readonly expires: Instant
}

const VERSION = 1

export function* insertInteraction(tx: OrgDb, kept: KeptInteraction): Unit<void> {
  yield* run(
    tx.insert('interaction', {
      token_hash: kept.tokenHash,
      user_id: kept.userId,
      face: kept.face,
      browser_hash: kept.browserHash ?? null,
      continuation: JSON.stringify({ v: VERSION, ...kept.continuation }),
      standing: JSON.stringify({ v: VERSION, ...kept.standing }),
      generation: kept.generation,
      created: kept.created,
      expires: kept.expires,
    }),
  )
}

/** Undefined for one that is done, over or unknown. */
export function* selectInteraction(tx: OrgDb, tokenHash: string, now: Instant): Unit<KeptInteraction | undefined> {
  const row = yield* first(
    tx.from('interaction').selectAll().where('token_hash', '=', tokenHash).where('expires', '>', now),
  )
  return row && toKept(row)
}

export interface Move {
  readonly tokenHash: string
  /** The generation that was looked at. */
  readonly from: number
  readonly standing: Standing
  readonly expires: Instant
}

/** False, and nothing changed, where another answer came first. */
export function* moveInteraction(tx: OrgDb, { tokenHash, from, standing, expires }: Move): Unit<boolean> {
  const row = yield* first(
    tx
      .update('interaction')
      .set({ standing: JSON.stringify({ v: VERSION, ...standing }), generation: from + 1, expires })
      .where('token_hash', '=', tokenHash)
      .where('generation', '=', from)
      .returning('generation'),
  )
  return row !== undefined
}

/** Ends it; of two that do, one is told so. `from` leaves it alone where it has moved on since. */
export function* takeInteraction(tx: OrgDb, tokenHash: string, from?: number): Unit<boolean> {
  const all = tx.deleteFrom('interaction').where('token_hash', '=', tokenHash)
  const query = from === undefined ? all : all.where('generation', '=', from)
  return (yield* first(query.returning('token_hash'))) !== undefined
}

export function* removeInteractionsOf(tx: OrgDb, userId: string): Unit<void> {
  yield* run(tx.deleteFrom('interaction').where('user_id', '=', userId))
}

/** @returns how many that are over went */
export function* removeExpiredInteractions(tx: OrgDb, now: Instant, most: number): Unit<number> {
  const old = tx.from('interaction').select('token_hash').where('expires', '<=', now).limit(most)
  return (yield* all(tx.deleteFrom('interaction').where('token_hash', 'in', old).returning('token_hash'))).length
}

function toKept(row: InteractionRow): KeptInteraction {
  const { v: _, ...continuation } = JSON.parse(row.continuation)
  const { v: __, ...standing } = JSON.parse(row.standing)
  return {
    tokenHash: row.token_hash,
    userId: row.user_id,
    face: row.face,
    browserHash: row.browser_hash ?? undefined,
    continuation: continuation as Interaction,
    standing: { current: undefined, ...standing } as Standing,
    generation: row.generation,
    created: instant(row.created),
    expires: instant(row.expires),
  }
}
