// What the System Log says of apps. An app is two things there: an application that people use, and an OAuth client.
import type { LogEntry, Target } from '#system-log/event.ts'
import { displayNameOf, type User } from '#users/user.ts'
import type { App, ClientSecret } from './app.ts'

export type AppChange = 'create' | 'update' | 'activate' | 'deactivate' | 'delete'

const appTarget = (app: Pick<App, 'id' | 'label' | 'name'>): Target => ({
  id: app.id,
  type: 'AppInstance',
  alternateId: app.label,
  displayName: app.name,
})

const clientTarget = (app: Pick<App, 'clientId' | 'label'>): Target => ({
  id: app.clientId,
  type: 'PublicClientApp',
  alternateId: app.clientId,
  displayName: app.label,
})

export const appChanged = (change: AppChange, app: App): readonly LogEntry[] => [
  { eventType: `application.lifecycle.${change}`, targets: [appTarget(app)] },
  { eventType: `app.oauth2.client.lifecycle.${change}`, targets: [clientTarget(app), appTarget(app)] },
]

export const credentialChanged = (
  change: 'create' | 'activate' | 'deactivate' | 'delete',
  app: App,
  credential: { readonly id: string; readonly type: 'client_secret' | 'jwk' },
): LogEntry => ({
  eventType: `app.oauth2.credentials.lifecycle.${change}`,
  targets: [clientTarget(app), { id: credential.id, type: credential.type }],
})

export const secretRead = (app: App, secrets: readonly Pick<ClientSecret, 'id'>[]): LogEntry => ({
  eventType: 'app.oauth2.client.read_client_secret',
  targets: [clientTarget(app), ...secrets.map(({ id }) => ({ id, type: 'client_secret' }))],
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
    { id: user.id, type: 'User', alternateId: user.login, displayName: displayNameOf(user) },
  ],
})

export const groupAssigned = (
  change: 'add' | 'remove' | 'update',
  app: App,
  group: { readonly id: string; readonly name: string },
): LogEntry => ({
  eventType: `group.application_assignment.${change}`,
  targets: [{ id: group.id, type: 'UserGroup', alternateId: 'unknown', displayName: group.name }, appTarget(app)],
})
