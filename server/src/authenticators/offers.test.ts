import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kernel/instant.ts'
import type { FactorDemands } from './enrollable.ts'
import type { Factor, FactorStatus } from './factor.ts'
import { detailOf, offersOf } from './offers.ts'

const NOTHING: FactorDemands = {
  question: 'NOT_ALLOWED',
  email: 'NOT_ALLOWED',
  google_totp: 'NOT_ALLOWED',
  okta_totp: 'NOT_ALLOWED',
  webauthn: 'NOT_ALLOWED',
}
const shared = { id: 'f', userId: 'u', status: 'ACTIVE', created: instant(1), lastUpdated: instant(1) } as const
const KEY: Factor = {
  ...shared,
  ...{ key: 'webauthn', kind: 'webauthn', provider: 'FIDO' },
  profile: { authenticatorName: 'Blue key', rpId: 'first.test', transports: [] },
}
const app = (status: FactorStatus): Factor => ({
  ...shared,
  ...{ key: 'google_totp', kind: 'totp', provider: 'GOOGLE', status },
  profile: { credentialId: 'ada@example.test' },
})
const MAIL: Factor = {
  ...shared,
  ...{ key: 'email', kind: 'email', provider: 'OKTA' },
  profile: { email: 'ada@example.test' },
}

const CASES: readonly (readonly [
  says: string,
  has: readonly Factor[],
  demands: Partial<FactorDemands>,
  offers: string,
])[] = [
  ['one authenticator app of two', [], { google_totp: 'OPTIONAL', okta_totp: 'OPTIONAL' }, 'google_totp'],
  ['the one that is demanded', [], { google_totp: 'OPTIONAL', okta_totp: 'REQUIRED' }, 'okta_totp!'],
  ['the only one', [], { okta_totp: 'OPTIONAL' }, 'okta_totp'],
  ['none beside one', [app('ACTIVE')], { google_totp: 'OPTIONAL', okta_totp: 'REQUIRED' }, ''],
  ['one that waits for its code again', [app('PENDING_ACTIVATION')], { google_totp: 'REQUIRED' }, 'google_totp!'],
  [
    'the strongest first',
    [],
    { question: 'REQUIRED', email: 'OPTIONAL', google_totp: 'OPTIONAL', webauthn: 'OPTIONAL' },
    'webauthn google_totp email question!',
  ],
  ['another passkey, which nobody demands', [KEY], { webauthn: 'REQUIRED' }, 'webauthn+'],
  ['nothing that is there', [MAIL], { email: 'REQUIRED' }, ''],
  ['nothing where nothing is allowed', [], {}, ''],
]
for (const [says, has, demands, expected] of CASES)
  test(`people are offered ${says}`, () => {
    const offers = offersOf(has, { ...NOTHING, ...demands })
    const told = offers.map(({ key, required, another }) => `${key}${required ? '!' : ''}${another ? '+' : ''}`)
    assert.equal(told.join(' '), expected)
  })

test('an address is whole only to whoever has proved who they are', () => {
  assert.equal(detailOf(MAIL, 'whole'), 'ada@example.test')
  assert.equal(detailOf(MAIL, 'masked'), 'a…a@example.test')
  assert.equal(detailOf(KEY, 'masked'), 'Blue key')
  assert.equal(detailOf(app('ACTIVE'), 'whole'), undefined)
})
