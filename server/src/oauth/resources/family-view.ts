// Reading grants as what administrators see of them: living families of refresh tokens, the apps that hold some, and consents.
import { type Expression, type ExpressionBuilder, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { OrgDb } from '#db/org-db.ts'
import type { Tables } from '#db/tables.ts'
import { all, first, type Unit } from '#db/unit.ts'
import type { Page } from '#http/paging.ts'
import { type Instant, instant, MINUTE } from '#kernel/instant.ts'
import type { Grant } from '../tokens/grant.ts'
import { type GrantsOf, toGrant } from '../tokens/grant-store.ts'

const eb: ExpressionBuilder<Tables, 'oauth_grant'> = expressionBuilder<Tables, 'oauth_grant'>()

/** Whether a refresh token of the grant could be used at this instant. */
const isLiving = (now: Instant): Expression<SqlBool> =>
  eb.and([
    eb('oauth_grant.generation', '>', 0),
    eb('oauth_grant.revoked', 'is', null),
    eb.or([eb('oauth_grant.ends', 'is', null), eb('oauth_grant.ends', '>', now)]),
    sql<SqlBool>`(oauth_grant.idle_minutes IS NULL
      OR coalesce(oauth_grant.refreshed, oauth_grant.created) + oauth_grant.idle_minutes * ${sql.lit(MINUTE)} > ${now})`,
  ])

function families(tx: OrgDb, { userId, appId, serverId }: GrantsOf, now: Instant) {
  let query = tx.from('oauth_grant').where(isLiving(now))
  if (userId !== undefined) query = query.where('oauth_grant.user_id', '=', userId)
  if (appId !== undefined) query = query.where('oauth_grant.app_id', '=', appId)
  if (serverId !== undefined) query = query.where('oauth_grant.server_id', '=', serverId)
  return query
}

/** In the order of their ids, one more than the page holds where there is one more. */
export function* selectFamilies(tx: OrgDb, filter: GrantsOf, page: Page, now: Instant): Unit<readonly Grant[]> {
  let query = families(tx, filter, now).selectAll('oauth_grant')
  if (page.after !== undefined) query = query.where('oauth_grant.id', '>', page.after)
  return (yield* all(query.orderBy('oauth_grant.id').limit(page.limit + 1))).map(toGrant)
}

/** All of a holder's, oldest first. */
export function* selectAllFamilies(tx: OrgDb, filter: GrantsOf, now: Instant): Unit<readonly Grant[]> {
  return (yield* all(families(tx, filter, now).selectAll('oauth_grant').orderBy('oauth_grant.id'))).map(toGrant)
}

export function* selectFamily(tx: OrgDb, filter: GrantsOf, id: string, now: Instant): Unit<Grant | undefined> {
  const row = yield* first(families(tx, filter, now).selectAll('oauth_grant').where('oauth_grant.id', '=', id))
  return row && toGrant(row)
}

/** Servers at which there are such families. */
export function* selectServersOf(tx: OrgDb, filter: GrantsOf, now: Instant): Unit<readonly string[]> {
  const query = families(tx, filter, now).select('oauth_grant.server_id').distinct()
  return (yield* all(query)).map((row) => row.server_id)
}

/** Administrators among those who hold such families. */
export function* selectAdministratorsOf(tx: OrgDb, filter: GrantsOf, now: Instant): Unit<readonly string[]> {
  const query = families(tx, filter, now)
    .innerJoin('role_assignment', (join) =>
      join
        .onRef('role_assignment.org_id', '=', 'oauth_grant.org_id')
        .onRef('role_assignment.user_id', '=', 'oauth_grant.user_id'),
    )
    .select('oauth_grant.user_id')
    .distinct()
  return (yield* all(query)).map((row) => row.user_id)
}

/** Apps that hold such families, in the order of their ids. */
export function* selectAppsWithFamilies(tx: OrgDb, filter: GrantsOf, now: Instant): Unit<readonly string[]> {
  const held = families(tx, filter, now).select('oauth_grant.id').whereRef('oauth_grant.app_id', '=', sql.ref('app.id'))
  const rows = yield* all(
    tx
      .from('app')
      .select('app.id')
      .where((where) => where.exists(held))
      .orderBy('app.id'),
  )
  return rows.map((row) => row.id)
}

export interface Consent {
  readonly id: string
  readonly appId: string
  readonly serverId: string
  /** The scope's name. */
  readonly scope: string
  readonly created: Instant
}

/** A person's consents in the order of their ids. */
export function* selectConsents(
  tx: OrgDb,
  userId: string,
  { appId, id }: { readonly appId?: string; readonly id?: string },
): Unit<readonly Consent[]> {
  let query = tx.from('consent').selectAll().where('user_id', '=', userId)
  if (appId !== undefined) query = query.where('app_id', '=', appId)
  if (id !== undefined) query = query.where('id', '=', id)
  const rows = yield* all(query.orderBy('id'))
  return rows.map((row) => ({
    id: row.id,
    appId: row.app_id,
    serverId: row.server_id,
    scope: row.scope,
    created: instant(row.created),
  }))
}

/** Grants, with refresh tokens or without, by which the app still holds the scope of a consent. */
export function* selectGrantsWith(tx: OrgDb, userId: string, consent: Consent): Unit<readonly string[]> {
  const rows = yield* all(
    tx
      .from('oauth_grant')
      .select(['id', 'scopes'])
      .where('user_id', '=', userId)
      .where('app_id', '=', consent.appId)
      .where('server_id', '=', consent.serverId)
      .where('revoked', 'is', null),
  )
  return rows.flatMap(({ id, scopes }) => (scopes.split(' ').includes(consent.scope) ? [id] : []))
}
