// Beginnings and parts of stored search keys, spelled for both databases. Keys are folded before they are stored, so that their bytes
// are what is compared.
import { type Expression, type SqlBool, sql } from 'kysely'

// Above every text that can follow a beginning, in the order of bytes.
const END = '\u{10FFFF}'

/** A range, so that an index serves it. */
export const beginsWith = (column: string, key: string): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)} >= ${key} and ${sql.ref(column)} < ${key + END})`

export const containsText = (column: string, key: string): Expression<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} like ${`%${key.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`
