// Reading across rooms: the apps of a person or a group, and what other rooms say of every app. Nothing is written.
import { type Expression, expressionBuilder, type SqlBool } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { Tables } from '#db/tables.ts'
import { beginsWith } from '#db/text-match.ts'
import { all, type Unit } from '#db/unit.ts'
import type { Page } from '#http/paging.ts'
import type { App } from './app.ts'
import type { AppQuery } from './app-query.ts'
import { memberships } from './assignment-view.ts'
import { BUILT_IN_NAMES } from './built-in-app.ts'
import { toApp } from './store.ts'

const eb = expressionBuilder<Tables, 'app'>()

/** One app more than the page holds, in the order of ids. */
export function* selectAppPage(tx: OrgDb, { prefix, filter }: AppQuery, page: Page): Unit<readonly App[]> {
  let query = tx
    .from('app')
    .selectAll('app')
    .where('app.name', 'not in', BUILT_IN_NAMES)
    .orderBy('app.id')
    .limit(page.limit + 1)
  if (page.after !== undefined) query = query.where('app.id', '>', page.after)
  if (prefix !== undefined)
    query = query.where(eb.or([beginsWith('app.label_key', prefix), beginsWith('app.name', prefix)]))
  if (filter) query = query.where(appCondition(tx, filter))
  const rows = yield* all(query)
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const secrets = yield* all(
    tx.from('app_secret').selectAll().where('app_id', 'in', ids).orderBy('created').orderBy('id'),
  )
  const ofApp = Map.groupBy(secrets, (secret) => secret.app_id)
  return rows.map((row) => toApp(row, ofApp.get(row.id) ?? []))
}

function appCondition(tx: OrgDb, { attribute, value }: NonNullable<AppQuery['filter']>): Expression<SqlBool> {
  switch (attribute) {
    case 'user.id':
      return eb.or([
        eb('app.id', 'in', tx.from('app_user').select('app_user.app_id').where('app_user.user_id', '=', value)),
        eb('app.id', 'in', memberships(tx).select('app_group.app_id').where('group_member.user_id', '=', value)),
      ])
    case 'group.id':
      return eb('app.id', 'in', tx.from('app_group').select('app_group.app_id').where('app_group.group_id', '=', value))
    case 'status':
      // A word that no status has finds nothing, like any other value.
      return eb('app.status', '=', value as App['status'])
    case 'credentials.signing.kid':
      // One key of the org signs for all apps: whether it is this one was asked before.
      return eb.lit(true)
    default:
      return eb(`app.${attribute}`, '=', value)
  }
}

export interface AppPolicies {
  readonly accessPolicyId: string | undefined
  readonly enrollmentPolicyId: string | undefined
}

/** The org's default policies, which every app has. */
export function* selectAppPolicies(tx: OrgDb): Unit<AppPolicies> {
  const rows = yield* all(
    tx
      .from('policy')
      .select(['policy.id', 'policy.type'])
      .where('policy.type', 'in', ['ACCESS_POLICY', 'PROFILE_ENROLLMENT'])
      .where('policy.system', '=', 1),
  )
  const idOf = (type: string) => rows.find((row) => row.type === type)?.id
  return { accessPolicyId: idOf('ACCESS_POLICY'), enrollmentPolicyId: idOf('PROFILE_ENROLLMENT') }
}
