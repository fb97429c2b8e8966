// Policies through the API, for tests of what they bring about.
import assert from 'node:assert/strict'
import type { Fixture } from './fixture.ts'

let made = 0

async function api(fixture: Fixture, method: string, path: string, json?: object) {
  const answer = await fixture.request(method, `/api/v1${path}`, json ? { json } : {})
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
  return answer.json
}

/** A group with these people. @returns its id */
export async function newGroup(fixture: Fixture, ...userIds: readonly string[]): Promise<string> {
  const { id } = await api(fixture, 'POST', '/groups', { profile: { name: `Group ${++made}` } })
  for (const userId of userIds) await api(fixture, 'PUT', `/groups/${id}/users/${userId}`)
  return id
}

/** A password policy for a group, with one rule that allows everything; a reset asks the recovery question where that is said. */
export async function newPasswordPolicy(
  fixture: Fixture,
  groupId: string,
  password: object,
  { asksQuestion = false } = {},
): Promise<string> {
  const { id } = await api(fixture, 'POST', '/policies', {
    type: 'PASSWORD',
    name: `Passwords ${++made}`,
    conditions: { people: { groups: { include: [groupId] } } },
    settings: { password },
  })
  const access = { access: 'ALLOW' }
  await addRule(fixture, id, {
    passwordChange: access,
    selfServicePasswordReset: { ...access, requirement: { stepUp: { required: asksQuestion } } },
    selfServiceUnlock: access,
  })
  return id
}

/** A sign-on policy for a group, with one rule. */
export async function newSignOnPolicy(fixture: Fixture, groupId: string, signon: object): Promise<string> {
  const { id } = await api(fixture, 'POST', '/policies', {
    type: 'OKTA_SIGN_ON',
    name: `Sign-on ${++made}`,
    conditions: { people: { groups: { include: [groupId] } } },
  })
  await addRule(fixture, id, { signon: { access: 'ALLOW', primaryFactor: 'PASSWORD_IDP', ...signon } })
  return id
}

/** An enrolment policy for a group, by the names that the classic engine has for factors: what it doesn't name may not be set up. */
export async function newEnrollmentPolicy(
  fixture: Fixture,
  groupId: string,
  demands: Readonly<Record<string, 'REQUIRED' | 'OPTIONAL'>>,
): Promise<void> {
  const factors = Object.fromEntries(Object.entries(demands).map(([name, self]) => [name, { enroll: { self } }]))
  const { id } = await api(fixture, 'POST', '/policies', {
    type: 'MFA_ENROLL',
    name: `Enrolment ${++made}`,
    conditions: { people: { groups: { include: [groupId] } } },
    settings: { factors },
  })
  await addRule(fixture, id, { enroll: { self: 'LOGIN' } })
}

/** From now on the org asks who it is before the password, whoever comes: a rule that is nobody's yet is enough. */
export async function askIdentifierFirst(fixture: Fixture): Promise<string> {
  return newSignOnPolicy(fixture, await newGroup(fixture), { primaryFactor: 'PASSWORD_IDP_ANY_FACTOR' })
}

const addRule = (fixture: Fixture, policyId: string, actions: object) =>
  api(fixture, 'POST', `/policies/${policyId}/rules`, { name: `Rule ${++made}`, actions })
