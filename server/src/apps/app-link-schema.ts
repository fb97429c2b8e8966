// A person's apps as their links on the wire (spec of sign-in: 9).
import Type from 'typebox'
import { derivedId, type OrgId } from '#kernel/id.ts'
import { logoOf } from './answer-schema.ts'
import type { App } from './app.ts'
import { embedPath } from './app-link.ts'

export const AppLinkListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      label: Type.String(),
      linkUrl: Type.String(),
      logoUrl: Type.String(),
      appName: Type.String(),
      appInstanceId: Type.String(),
      appAssignmentId: Type.String(),
      credentialsSetup: Type.Boolean(),
      hidden: Type.Boolean(),
      sortOrder: Type.Integer(),
    },
    { title: 'AppLink' },
  ),
)

export interface Owner {
  readonly org: OrgId
  readonly orgUrl: string
  readonly userId: string
}

/** `place` is where it stands among the person's. */
export function appLinkToWire(app: App, { org, orgUrl, userId }: Owner, place: number) {
  const id = derivedId('appAssignment', org, app.id, userId)
  return {
    id,
    label: app.label,
    linkUrl: `${orgUrl}${embedPath(app)}`,
    logoUrl: logoOf(app, orgUrl).href,
    appName: app.name,
    appInstanceId: app.id,
    appAssignmentId: id,
    credentialsSetup: false,
    hidden: false,
    sortOrder: place,
  }
}
