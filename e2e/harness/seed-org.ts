// An org as one meets it after some weeks: apps, people in all states, groups, origins, requests that were refused, and a log of it.
import type { Client } from '@okta/okta-sdk-nodejs'
import { assign, createPerson, registerApp, registerSpa, registerWebApp } from './admin.ts'
import type { Keystead } from './keystead.ts'

export interface Org {
  readonly appId: string
  readonly personId: string
  readonly groupId: string
}

const PEOPLE = [
  ['Ada', 'Lovelace'],
  ['Grace', 'Hopper'],
  ['Alan', 'Turing'],
  ['Katherine', 'Johnson'],
  ['Edsger', 'Dijkstra'],
  ['Barbara', 'Liskov'],
  ['Donald', 'Knuth'],
  ['Radia', 'Perlman'],
] as const

const GROUPS = [
  ['Engineering', 'Builds the product and runs it'],
  ['Finance', 'Sees invoices and reports'],
  ['Contractors', 'From outside, until the end of the project'],
] as const

const ORIGINS = [
  ['Team Board', 'https://board.example.com'],
  ['Team Board at home', 'http://localhost:8080'],
] as const

export async function seedOrg(admin: Client, keystead: Keystead): Promise<Org> {
  const places = { origin: 'http://localhost:8080', callback: '/login/callback', signedOut: '' }
  const spa = await registerSpa(admin, 'Team Board', places)
  const web = await registerWebApp(admin, 'Billing', { ...places, callback: '/authorization-code/callback' })
  await registerApp(admin, 'Nightly Export', 'client_secret_basic', {
    application_type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
  })
  const old = await registerSpa(admin, 'Old Intranet', places)
  await admin.applicationApi.deactivateApplication({ appId: old.id })

  const people = []
  for (const [first, last] of PEOPLE) people.push(await createPerson(admin, first, last))
  const [ada, grace, alan] = people
  if (!ada || !grace || !alan) throw new Error('Nobody was created.')
  await admin.userApi.suspendUser({ userId: alan.id })

  const groupIds = []
  for (const [name, description] of GROUPS) {
    const { id = '' } = await admin.groupApi.createGroup({ group: { profile: { name, description } } })
    groupIds.push(id)
  }
  const [groupId = ''] = groupIds
  for (const { id: userId } of people.slice(0, 5)) await admin.groupApi.assignUserToGroup({ groupId, userId })
  await admin.applicationApi.assignGroupToApplication({ appId: spa.id, groupId })
  await assign(admin, ada, web.id)
  for (const [name, origin] of ORIGINS) {
    const scopes = [{ type: 'CORS' as const }, { type: 'REDIRECT' as const }]
    await admin.trustedOriginApi.createTrustedOrigin({ trustedOrigin: { name, origin, scopes } })
  }
  await beRefused(keystead, spa.clientId, web)
  return { appId: spa.id, personId: ada.id, groupId }
}

/** What goes wrong in the first days: a port, a client ID, a secret, an origin. */
async function beRefused(
  { issuer, url }: Keystead,
  clientId: string,
  web: { readonly clientId: string },
): Promise<void> {
  const authorize = (client: string, redirectUri: string) =>
    fetch(
      `${issuer}/v1/authorize?${new URLSearchParams({
        client_id: client,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid',
        state: 'any',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      })}`,
      { redirect: 'manual' },
    )
  for (let times = 0; times < 3; times++) await authorize(clientId, 'http://localhost:8081/login/callback')
  await authorize(clientId, 'http://localhost:8080/login/callback/')
  await authorize('0oaAnotherOrgsClient', 'http://localhost:8080/login/callback')
  await fetch(`${issuer}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: web.clientId, client_secret: 'guessed' }),
  })
  await fetch(`${url}/api/v1/sessions/me`, { headers: { origin: 'http://localhost:3000' } })
}
