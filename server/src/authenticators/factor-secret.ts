// What a factor is checked with, sealed for its row: altered, or moved to another row, person or org, it does not open.
import type { RandomBytes } from '#kernel/id.ts'
import { deriveKey, keyedHash, open, type SecretKey, seal } from '#kernel/secret.ts'
import type { Org } from '#orgs/org.ts'

export interface FactorRow {
  readonly userId: string
  readonly id: string
}

type Keeper = Pick<Org, 'id' | 'dataKey'>

export const sealSecret = (org: Keeper, row: FactorRow, text: string, random: RandomBytes): string =>
  seal(org.dataKey, place(org, row), text, random)

/** @throws Error for one that was altered or moved */
export function openSecret(org: Keeper, row: FactorRow, sealed: string | undefined): string {
  const text = sealed === undefined ? undefined : open([org.dataKey], place(org, row), sealed)
  if (text === undefined) throw new Error(`the secret of factor ${row.id} does not open`)
  return text
}

const place = (org: Keeper, { userId, id }: FactorRow) => [org.id, 'user_factor', 'secret', userId, id]

/** Opens the picture of a pending factor's seed to a page that can send no credential with an `<img>`. */
export const qrToken = (dataKey: SecretKey, { userId, id }: FactorRow): string =>
  keyedHash(deriveKey(dataKey, 'factor-qr'), JSON.stringify([userId, id]))
