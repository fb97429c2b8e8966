// What mails that lead back in would carry, handed over by the API, and how it is opened.
import assert from 'node:assert/strict'
import type { Fixture, TestAnswer } from './fixture.ts'
import { authenticate, type TestPerson } from './people.ts'

export type LinkKind = 'recovery' | 'unlock' | 'activation'

/** Wrong passwords that lock somebody out, by the policy of whoever has one. */
export const ATTEMPTS = 3

export interface Link {
  readonly kind: LinkKind
  readonly token: string
}

/** What the mail to the person would carry; whoever is to end a lockout is locked out before. */
export async function linkTo(fixture: Fixture, person: TestPerson, kind: LinkKind): Promise<string> {
  const post = async (path: string, json?: object) => {
    const answer = await fixture.request('POST', `/api/v1${path}`, json ? { json } : {})
    assert.equal(answer.status, 200, answer.text)
    return answer.json
  }
  if (kind === 'recovery')
    return lastPart((await post(`/users/${person.id}/credentials/forgot_password?sendEmail=false`)).resetPasswordUrl)
  if (kind === 'activation')
    return (await post(`/users/${person.id}/lifecycle/reactivate?sendEmail=false`)).activationToken
  for (let time = 0; time < ATTEMPTS; time++) await authenticate(fixture, { ...person, password: 'Wrong-Horse-1' })
  return (await post('/authn/recovery/unlock', { username: person.login })).recoveryToken
}
const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1)

/** As the authentication API has it. */
export const openLink = (fixture: Fixture, { kind, token }: Link): Promise<TestAnswer> =>
  kind === 'activation'
    ? fixture.request('POST', '/api/v1/authn', { token: null, json: { token } })
    : fixture.request('POST', '/api/v1/authn/recovery/token', { token: null, json: { recoveryToken: token } })

export const LINK_PAGES = {
  recovery: '/signin/reset-password',
  unlock: '/signin/unlock',
  activation: '/welcome',
} as const
