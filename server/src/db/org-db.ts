// The only way from a store to the rows of an org: every statement built here carries the org in its predicate or its values, and
// no store has another builder. A join adds its own `org_id` equality with `onRef`.
import {
  type DeleteQueryBuilder,
  type DeleteResult,
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type Kysely,
  type SelectQueryBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely'
import type { OrgId } from '#kernel/id.ts'
import { ORG, standIn } from './stand-in.ts'
import type { OrgTable, Tables } from './tables.ts'

export type NewRow<T extends OrgTable> = Omit<Insertable<Tables[T]>, 'org_id'>

export interface OrgDb {
  readonly org: OrgId
  from<T extends OrgTable>(table: T): SelectQueryBuilder<Tables, T, object>
  update<T extends OrgTable>(table: T): UpdateQueryBuilder<Tables, T, T, UpdateResult>
  deleteFrom<T extends OrgTable>(table: T): DeleteQueryBuilder<Tables, T, DeleteResult>
  insert<T extends OrgTable>(
    table: T,
    rows: NewRow<T> | readonly NewRow<T>[],
  ): InsertQueryBuilder<Tables, T, InsertResult>
  /** The same for no org at all, on the same database: `prepared` builds on it, and what is built runs only once an org is put in. */
  readonly template: OrgDb
}

const templates = new WeakMap<Kysely<Tables>, OrgDb>()

function templateOf(compiler: Kysely<Tables>): OrgDb {
  const known = templates.get(compiler)
  if (known) return known
  const template = orgDb(compiler, standIn(ORG) as unknown as OrgId)
  templates.set(compiler, template)
  return template
}

/** Builds the scope. The casts are here and nowhere else: Kysely's generics cannot say "any table that has org_id". */
export function orgDb(compiler: Kysely<Tables>, org: OrgId): OrgDb {
  const any = compiler as unknown as Kysely<{ app: { org_id: string } }>
  const ofOrg = (table: string) => sql<boolean>`${sql.ref(`${table}.org_id`)} = ${org}`
  return {
    org,
    get template() {
      return templateOf(compiler)
    },
    from: (table) => any.selectFrom(table as 'app').where(ofOrg(table)) as never,
    update: (table) => any.updateTable(table as 'app').where(ofOrg(table)) as never,
    deleteFrom: (table) => any.deleteFrom(table as 'app').where(ofOrg(table)) as never,
    insert: (table, rows) => {
      const list: readonly object[] = Array.isArray(rows) ? rows : [rows]
      return any.insertInto(table as 'app').values(list.map((row) => ({ ...row, org_id: org }))) as never
    },
  }
}
