import type { Dialect } from '../db.ts'

export interface Migration {
  readonly name: string
  /** `expand` may run while the former release still serves; `contract` only when it is gone. */
  readonly phase: 'expand' | 'contract'
  /** The statements for a database; written once, with `TEXT` and `INTEGER` as SQLite means them. */
  up(dialect: Dialect): readonly string[]
}

/** Spells one statement for a database: text compares by code point and integers have 64 bits on both. */
export function spell(dialect: Dialect, statement: string): string {
  if (dialect === 'sqlite') return statement
  return statement
    .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"')
    .replace(/\bINTEGER\b/g, 'BIGINT')
    .replace(/\)\s*(STRICT|WITHOUT ROWID)(\s*,\s*(STRICT|WITHOUT ROWID))*\s*$/, ')')
}
