// Where those that events name are in the console.
import type { LogEvent, LogTarget } from '../../api/types.ts'

type Party = LogEvent['actor'] | LogTarget

const PAGES: Readonly<Record<string, readonly [idBegins: string, path: string]>> = {
  User: ['00u', '/directory/people/'],
  UserGroup: ['00g', '/directory/groups/'],
  AppInstance: ['0oa', '/app/oidc_client/instance/'],
  PublicClientApp: ['0oa', '/app/oidc_client/instance/'],
  AuthorizationServer: ['aus', '/security/api/servers/'],
}

/** Undefined for what has no page; a name that nobody has is no person. */
export function pageOf({ type, id }: Party): string | undefined {
  const [idBegins, path] = PAGES[type] ?? []
  return idBegins !== undefined && id.startsWith(idBegins) ? `${path}${encodeURIComponent(id)}` : undefined
}

const UNKNOWN = 'unknown'

/** What a reader knows it by: Okta's events call an app by its kind, and its label is the other name. */
export function nameOf({ type, id, alternateId, displayName }: Party): string {
  const names = type === 'AppInstance' ? [alternateId, displayName] : [displayName, alternateId]
  return names.find((name) => name !== '' && name !== UNKNOWN) ?? id
}

const KINDS: Readonly<Record<string, string>> = {
  User: 'Person',
  UserGroup: 'Group',
  AppInstance: 'App',
  PublicClientApp: 'App',
  AuthorizationServer: 'Authorization server',
  SystemPrincipal: 'Keystead itself',
}

/** `TrustedOrigin` → `Trusted origin`. */
export const kindOf = ({ type }: Party): string =>
  KINDS[type] ?? type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** The app that an event is about, or that acted. */
export function appOf({ actor, target }: LogEvent): { readonly attribute: string; readonly id: string } | undefined {
  const app = target?.find(({ type }) => type === 'AppInstance')
  if (app) return { attribute: 'target.id', id: app.id }
  return actor.type === 'PublicClientApp' ? { attribute: 'actor.id', id: actor.id } : undefined
}
