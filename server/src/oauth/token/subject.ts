// Whether a person may (still) have tokens of an app: asked at the code exchange and again at every refresh.

import type { App } from '#apps/app.ts'
import { admitsEveryone } from '#apps/feature-rules.ts'
import { findAssignment } from '#apps/service.ts'
import type { OrgDb } from '#db/org-db.ts'
import type { Unit } from '#db/unit.ts'
import type { EnabledFeatures } from '#features/registry.ts'
import { findUser } from '#users/service.ts'
import type { User } from '#users/user.ts'
import { keepsAccess } from '#users/user-status.ts'
import type { Subject } from '../tokens/issue.ts'

export type SubjectOutcome =
  | { readonly kind: 'allowed'; readonly subject: Subject }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-assigned'; readonly user: User }

export function* findSubject(tx: OrgDb, app: App, userId: string, features: EnabledFeatures): Unit<SubjectOutcome> {
  const user = yield* findUser(tx, userId)
  if (!user || !keepsAccess(user.status)) return { kind: 'gone' }
  const assignment = yield* findAssignment(tx, app.id, userId)
  if (!assignment && !admitsEveryone(app, features)) return { kind: 'not-assigned', user }
  return { kind: 'allowed', subject: { user, userName: assignment?.userName ?? user.login } }
}
