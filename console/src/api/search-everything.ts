// What the command palette finds by name.
import { call } from './client.ts'
import { nameAndLogin } from './users.ts'

export interface Found {
  readonly id: string
  readonly label: string
  readonly kind: string
  /** Where in the console it is. */
  readonly to: string
}

const LIMIT = 5

/** Apps, people and groups whose names begin with the text, as far as the caller may read them. */
export async function searchEverything(
  text: string,
  permissions: readonly string[],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const query = { q: text.trim(), limit: LIMIT }
  const may = (permission: string) => permissions.includes(permission)
  const [apps, people, groups] = await Promise.all([
    may('okta.apps.read') ? call('GET /api/v1/apps', { query, signal }) : [],
    may('okta.users.read') ? call('GET /api/v1/users', { query, signal }) : [],
    may('okta.groups.read') ? call('GET /api/v1/groups', { query, signal }) : [],
  ])
  return [
    ...apps.map(({ id, label }) => ({ id, label, kind: 'App', to: `/app/oidc_client/instance/${id}` })),
    ...people.map((person) => ({
      id: person.id,
      label: nameAndLogin(person),
      kind: 'Person',
      to: `/directory/people/${person.id}`,
    })),
    ...groups.map(({ id, profile }) => ({ id, label: profile.name, kind: 'Group', to: `/directory/groups/${id}` })),
  ]
}
