// For stories with a second factor: a policy that demands one, and the codes of an authenticator app.
import assert from 'node:assert/strict'
import { hotp } from '#authenticators/totp.ts'
import type { Fixture } from './fixture.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The six digits that an app shows for this secret at the fixture's time. */
export function totpCode(fixture: Fixture, sharedSecret: string, stepsOff = 0): string {
  let bits = ''
  for (const character of sharedSecret) bits += ALPHABET.indexOf(character).toString(2).padStart(5, '0')
  const seed = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  return hotp(seed, Math.floor(fixture.clock.now() / 30_000) + stepsOff)
}

export interface SignOnRule {
  readonly access?: 'ALLOW' | 'DENY'
  readonly requireFactor?: boolean
  readonly factorPromptMode?: 'ALWAYS' | 'DEVICE' | 'SESSION'
  readonly factorLifetime?: number
  readonly rememberDeviceByDefault?: boolean
  readonly session?: object
}

/** A global session policy for a new group, and the group's id. */
export async function policyForGroup(fixture: Fixture, name: string, signon: SignOnRule): Promise<string> {
  const api = async (method: string, path: string, json?: unknown) => {
    const answer = await fixture.request(method, `/api/v1${path}`, json === undefined ? {} : { json })
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  const group = await api('POST', '/groups', { profile: { name } })
  const policy = await api('POST', '/policies', {
    type: 'OKTA_SIGN_ON',
    name,
    conditions: { people: { groups: { include: [group.id] } } },
  })
  await api('POST', `/policies/${policy.id}/rules`, {
    type: 'SIGN_ON',
    name,
    actions: { signon: { access: 'ALLOW', primaryFactor: 'PASSWORD_IDP', ...signon } },
  })
  return group.id
}

export async function joinGroup(fixture: Fixture, groupId: string, userId: string): Promise<void> {
  assert.equal((await fixture.request('PUT', `/api/v1/groups/${groupId}/users/${userId}`)).status, 204)
}
