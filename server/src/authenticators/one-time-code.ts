// Six digits that are mailed to somebody, good once and for a few minutes. Kept as a hash under the org's key, which a plain hash of a
// million possibilities would not be.
import type { RandomBytes } from '#kernel/id.ts'
import { MINUTE, SECOND } from '#kernel/instant.ts'
import { deriveKey, keyedHash, type SecretKey } from '#kernel/secret.ts'

const CODES = 1_000_000

export const CODE_LIFETIME = 5 * MINUTE
export const RESEND_AFTER = 5 * SECOND

/** Every code is as likely as any other: what would favour some is drawn again. */
export function newCode(random: RandomBytes): string {
  const even = Math.floor(2 ** 32 / CODES) * CODES
  let drawn: number
  do drawn = Buffer.from(random(4)).readUInt32BE(0)
  while (drawn >= even)
  return String(drawn % CODES).padStart(6, '0')
}

/** For one factor and for whoever asked. */
export interface CodePlace {
  readonly factorId: string
  readonly binding: string
}

export const codeHash = (dataKey: SecretKey, { factorId, binding }: CodePlace, code: string): string =>
  keyedHash(deriveKey(dataKey, 'factor-code'), JSON.stringify([factorId, binding, code.replaceAll(' ', '')]))
