// Who is behind a console cookie, by one SELECT: the console's session, the org's session below it, the person, and the roles that they
// hold now. Where one of them is missing nobody is.
import type { OrgDb } from '#db/org-db.ts'
import { prepared } from '#db/prepared.ts'
import { all, type Unit } from '#db/unit.ts'
import type { Person, RoleType } from '#kernel/caller.ts'
import { instant } from '#kernel/instant.ts'
import { isRoleType } from '#roles/role.ts'
import { displayNameOf, type Profile, type UserStatus } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { ConsoleSession } from './console-session.ts'

const byToken = prepared((tx, { tokenHash }: { readonly tokenHash: string }) =>
  tx
    .from('console_session')
    .innerJoin('session', (join) =>
      join
        .onRef('session.org_id', '=', 'console_session.org_id')
        .onRef('session.id', '=', 'console_session.session_id'),
    )
    .innerJoin('user', (join) =>
      join.onRef('user.org_id', '=', 'console_session.org_id').onRef('user.id', '=', 'console_session.user_id'),
    )
    .innerJoin('role_assignment', (join) =>
      join
        .onRef('role_assignment.org_id', '=', 'console_session.org_id')
        .onRef('role_assignment.user_id', '=', 'console_session.user_id'),
    )
    .select([
      'console_session.id',
      'console_session.user_id',
      'console_session.created',
      'console_session.last_active',
      'console_session.ends',
      'session.id as session_id',
      'session.last_active as session_last_active',
      'session.idle_minutes',
      'session.ends as session_ends',
      'user.status',
      'user.login',
      'user.profile',
      'role_assignment.type',
    ])
    .where('console_session.token_hash', '=', tokenHash)
    .orderBy('role_assignment.id'),
)

export interface Administrator {
  readonly consoleSession: ConsoleSession
  readonly person: Person
}

/** Undefined also for somebody who may not come in or administers nothing any more. Whether the sessions are alive is not asked here. */
export function* selectAdministrator(tx: OrgDb, tokenHash: string): Unit<Administrator | undefined> {
  const rows = yield* all(byToken(tx, { tokenHash }))
  const roles = rows.map(({ type }) => type).filter((type): type is RoleType => isRoleType(type))
  const [row] = rows
  if (!row || roles.length === 0 || !keepsAccess(row.status as UserStatus)) return undefined
  const { profile } = JSON.parse(row.profile) as { profile: Profile }
  return {
    consoleSession: {
      id: row.id,
      userId: row.user_id,
      session: {
        id: row.session_id,
        lastActive: instant(row.session_last_active),
        idleMinutes: row.idle_minutes,
        ends: row.session_ends === null ? undefined : instant(row.session_ends),
      },
      created: instant(row.created),
      lastActive: instant(row.last_active),
      ends: instant(row.ends),
    },
    person: { userId: row.user_id, login: row.login, displayName: displayNameOf({ login: row.login, profile }), roles },
  }
}
