// What the System Log says of apps. An app is two things there: an application that people use, and an OAuth client.
import { type Group, targetOf as groupTarget } from '#groups/group.ts'
import type { EventActor, LogEntry, Target } from '#system-log/event.ts'
import { displayNameOf, targetOf, type User } from '#users/user.ts'
import type { App, ClientSecret } from './app.ts'

export type AppChange = 'create' | 'update' | 'activate' | 'deactivate' | 'delete'

/** An app as what people use. */
export const appTarget = (app: Pick<App, 'id' | 'label' | 'name'>): Target => ({
  id: app.id,
  type: 'AppInstance',
  alternateId: app.label,
  displayName: app.name,
})

/** An app as an OAuth client, which acts and is acted upon. */
export const clientOf = (app: Pick<App, 'clientId' | 'label'>): EventActor => ({
  id: app.clientId,
  type: 'PublicClientApp',
  alternateId: app.clientId,
  displayName: app.label,
})

export const appChanged = (change: AppChange, app: App): readonly LogEntry[] => [
  { eventType: `application.lifecycle.${change}`, targets: [appTarget(app)] },
  { eventType: `app.oauth2.client.lifecycle.${change}`, targets: [clientOf(app), appTarget(app)] },
]

export const credentialChanged = (
  change: 'create' | 'activate' | 'deactivate' | 'delete',
  app: App,
  credential: { readonly id: string; readonly type: 'client_secret' | 'jwk' },
): LogEntry => ({
  eventType: `app.oauth2.credentials.lifecycle.${change}`,
  targets: [clientOf(app), { id: credential.id, type: credential.type }],
})

export const secretRead = (app: App, secrets: readonly Pick<ClientSecret, 'id'>[]): LogEntry => ({
  eventType: 'app.oauth2.client.read_client_secret',
  targets: [clientOf(app), ...secrets.map(({ id }) => ({ id, type: 'client_secret' }))],
})

export const userAssigned = (
  change: 'add' | 'remove' | 'update',
  app: App,
  user: User,
  userName: string,
): LogEntry => ({
  eventType: `application.user_membership.${change}`,
  targets: [
    { id: user.id, type: 'AppUser', alternateId: userName, displayName: displayNameOf(user) },
    appTarget(app),
    targetOf(user),
  ],
})

export const groupAssigned = (
  change: 'add' | 'remove' | 'update',
  app: App,
  group: Pick<Group, 'id' | 'name'>,
): LogEntry => ({
  eventType: `group.application_assignment.${change}`,
  targets: [groupTarget(group), appTarget(app)],
})
