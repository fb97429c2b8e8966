// People for tests, and how they come in.
import assert from 'node:assert/strict'
import type { Caller } from '#kernel/caller.ts'
import type { Fixture, TestAnswer, TestOrg } from './fixture.ts'

export interface TestPerson {
  readonly id: string
  readonly login: string
  readonly password: string
}

export const PASSWORD = 'Correct-Horse-7'

let made = 0

/** An active person without a role. */
export async function addPerson(
  fixture: Fixture,
  login = `person${++made}@example.com`,
  org?: TestOrg,
): Promise<TestPerson> {
  const answer = await fixture.request('POST', '/api/v1/users?activate=true', {
    json: {
      profile: { login, email: 'person@example.com', firstName: 'Pat', lastName: 'Person' },
      credentials: { password: { value: PASSWORD } },
    },
    ...(org && { org, token: org.admin.apiToken }),
  })
  assert.equal(answer.status, 200, answer.text)
  return { id: answer.json.id, login, password: PASSWORD }
}

let newcomers = 0

/** Somebody who has no password yet. */
export async function addNewcomer(fixture: Fixture): Promise<TestPerson> {
  const login = `newcomer${++newcomers}@example.com`
  const json = { profile: { login, email: login, firstName: 'New', lastName: 'Comer' } }
  const answer = await fixture.request('POST', '/api/v1/users', { json })
  assert.equal(answer.json.status, 'PROVISIONED', answer.text)
  return { id: answer.json.id, login, password: '' }
}

/** `POST /api/v1/authn`, a second after whatever came before: the pace of attempts with one name is limited. */
export function authenticate(
  fixture: Fixture,
  { login, password }: Pick<TestPerson, 'login' | 'password'>,
  org?: TestOrg,
): Promise<TestAnswer> {
  fixture.clock.advance(1_000)
  const json = { username: login, password }
  return fixture.request('POST', '/api/v1/authn', { token: null, json, ...(org && { org }) })
}

export async function newSessionToken(
  fixture: Fixture,
  person: Pick<TestPerson, 'login' | 'password'>,
): Promise<string> {
  const answer = await authenticate(fixture, person)
  assert.equal(answer.status, 200, answer.text)
  return answer.json.sessionToken
}

/** The cookies of a browser in which the person has signed in. */
export async function signIn(
  fixture: Fixture,
  person: Pick<TestPerson, 'login' | 'password'>,
): Promise<Readonly<Record<'sid' | 'idx', string>>> {
  const token = await newSessionToken(fixture, person)
  const query = new URLSearchParams({ token, redirectUrl: `${fixture.org.url}/` })
  const answer = await fixture.request('GET', `/login/sessionCookieRedirect?${query}`, { token: null })
  assert.equal(answer.status, 302, answer.text)
  const { sid = '', idx = '' } = answer.cookies
  return { sid, idx }
}

/** Somebody unknown, for calls of a service. */
export const anonymousCaller = ({ org }: TestOrg): Caller => ({
  org: org.id,
  orgUrl: org.url,
  actor: { kind: 'anonymous' },
  client: { ip: '203.0.113.9', userAgent: 'test', requestId: 'reqTest', path: '/' },
})

/** An API token of somebody new who administers the org but for its super administrators. */
export async function organizationAdministratorToken(fixture: Fixture): Promise<string> {
  const person = await addPerson(fixture)
  await fixture.request('POST', `/api/v1/users/${person.id}/roles`, { json: { type: 'ORG_ADMIN' } })
  const cookies = await signIn(fixture, person)
  const json = { name: 'script' }
  const answer = await fixture.request('POST', '/api/v1/keystead/api-tokens', { token: null, cookies, json })
  assert.equal(answer.status, 201, answer.text)
  return answer.json.token
}
