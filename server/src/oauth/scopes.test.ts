import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '#kernel/instant.ts'
import { type ClaimedPerson, claimsForScopes, narrowScope, parseScope } from './scopes.ts'

test('a scope parameter is a list of names, each counted once', () => {
  const cases: [string, string[] | undefined][] = [
    ['openid profile email', ['openid', 'profile', 'email']],
    ['openid', ['openid']],
    ['email openid email openid', ['email', 'openid']],
    ['  openid   email ', ['openid', 'email']],
    ['', []],
    ['   ', []],
    ['okta.users.read https://api.example.com/read:all', ['okta.users.read', 'https://api.example.com/read:all']],
    ["a!#$%&'()*+,-./:;<=>?@[]^_`{|}~", ["a!#$%&'()*+,-./:;<=>?@[]^_`{|}~"]],
    ['OpenID openid', ['OpenID', 'openid']],
    ['open"id', undefined],
    ['open\\id', undefined],
    ['openid\temail', undefined],
    ['openid\nemail', undefined],
    ['openid\u0000', undefined],
    ['openid\u007f', undefined],
    ['öpenid', undefined],
    ['openid\u00a0email', undefined],
    ['a'.repeat(1024), ['a'.repeat(1024)]],
    ['a'.repeat(1025), undefined],
  ]
  for (const [text, scopes] of cases) assert.deepEqual(parseScope(text), scopes, JSON.stringify(text))
})

test('a refresh gets the whole grant, a part of it, or a refusal that names what is too much', () => {
  const granted = ['openid', 'email', 'offline_access']
  assert.deepEqual(narrowScope(granted, []), { ok: true, scopes: granted })
  assert.deepEqual(narrowScope(granted, ['email', 'openid']), { ok: true, scopes: ['email', 'openid'] })
  assert.deepEqual(narrowScope(granted, granted), { ok: true, scopes: granted })
  assert.deepEqual(narrowScope(granted, ['openid', 'phone', 'address']), { ok: false, denied: ['phone', 'address'] })
  assert.deepEqual(narrowScope(granted, ['Email']), { ok: false, denied: ['Email'] })
  assert.deepEqual(narrowScope([], ['email']), { ok: false, denied: ['email'] })
  assert.deepEqual(narrowScope([], []), { ok: true, scopes: [] })
})

test('narrowing never adds a scope', () => {
  const scopes = fc.uniqueArray(fc.constantFrom<string[]>('openid', 'email', 'profile', 'phone', 'offline_access'))
  fc.assert(
    fc.property(scopes, scopes, (granted, requested) => {
      const narrowed = narrowScope(granted, requested)
      if (narrowed.ok) assert.ok(narrowed.scopes.every((scope) => granted.includes(scope)))
      else assert.ok(narrowed.denied.length > 0 && narrowed.denied.every((scope) => !granted.includes(scope)))
    }),
  )
})

const ADA: ClaimedPerson = {
  profile: {
    login: 'ada@example.com',
    email: 'ada.l@example.com',
    secondEmail: 'private@example.net',
    firstName: 'Ada',
    lastName: 'Lovelace',
    middleName: 'Augusta',
    nickName: 'A. A. L.',
    displayName: 'Ada, Countess of Lovelace',
    profileUrl: 'https://people.example.com/ada',
    primaryPhone: '+44 20 1',
    mobilePhone: '+44 77 2',
    streetAddress: '12 St James’s Square',
    city: 'London',
    state: 'Greater London',
    zipCode: 'SW1Y 4JH',
    countryCode: 'GB',
    locale: 'en_GB',
    timezone: 'Europe/London',
    department: 'Engines',
    employeeNumber: '1815',
  },
  emailVerified: true,
  lastUpdated: instant(1_700_000_000_999),
}

const FAT_PROFILE = {
  name: 'Ada, Countess of Lovelace',
  family_name: 'Lovelace',
  given_name: 'Ada',
  middle_name: 'Augusta',
  nickname: 'A. A. L.',
  preferred_username: 'ada@example.com',
  profile: 'https://people.example.com/ada',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  updated_at: 1_700_000_000,
}
const FAT_ADDRESS = {
  street_address: '12 St James’s Square',
  locality: 'London',
  region: 'Greater London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
}

test('each scope opens its own claims and no others', () => {
  const cases: [string[], object, object][] = [
    // scopes, all claims, those of an ID token beside an access token
    [[], {}, {}],
    [['openid', 'offline_access', 'groups', 'api:read'], {}, {}],
    [['profile'], FAT_PROFILE, { name: FAT_PROFILE.name, preferred_username: 'ada@example.com' }],
    [['email'], { email: 'ada.l@example.com', email_verified: true }, { email: 'ada.l@example.com' }],
    [['phone'], { phone_number: '+44 20 1' }, {}],
    [['address'], { address: FAT_ADDRESS }, {}],
    [
      ['openid', 'profile', 'email', 'phone', 'address'],
      {
        ...FAT_PROFILE,
        email: 'ada.l@example.com',
        email_verified: true,
        phone_number: '+44 20 1',
        address: FAT_ADDRESS,
      },
      { name: FAT_PROFILE.name, preferred_username: 'ada@example.com', email: 'ada.l@example.com' },
    ],
  ]
  for (const [scopes, fat, thin] of cases) {
    assert.deepEqual(claimsForScopes(scopes, ADA, 'fat'), fat, `fat ${scopes}`)
    assert.deepEqual(claimsForScopes(scopes, ADA, 'thin'), thin, `thin ${scopes}`)
  }
})

const ALL = ['openid', 'profile', 'email', 'phone', 'address']
const claimsOf = (profile: Record<string, unknown>) =>
  claimsForScopes(ALL, { profile, emailVerified: false, lastUpdated: instant(1_000) }, 'fat')

test('what is empty is left out and never null', () => {
  assert.deepEqual(claimsOf({}), { updated_at: 1 })
  assert.deepEqual(
    claimsOf({
      login: 'x',
      email: null,
      firstName: '',
      lastName: '  ',
      city: undefined,
      locale: '',
      primaryPhone: null,
    }),
    { preferred_username: 'x', updated_at: 1 },
  )
  assert.deepEqual(claimsOf({ login: 7, email: ['a@example.com'], zipCode: 12345 }), { updated_at: 1 })
})

test('a name is the display name, or else the parts there are', () => {
  assert.equal(claimsOf({ firstName: 'Ada', lastName: 'Lovelace' }).name, 'Ada Lovelace')
  assert.equal(claimsOf({ firstName: 'Ada' }).name, 'Ada')
  assert.equal(claimsOf({ lastName: 'Lovelace', displayName: '' }).name, 'Lovelace')
})

test('the mobile number stands in for a missing primary one, and a part of an address is an address', () => {
  assert.equal(claimsOf({ mobilePhone: '+44 77 2' }).phone_number, '+44 77 2')
  assert.deepEqual(claimsOf({ city: 'London' }).address, { locality: 'London' })
  assert.equal(claimsOf({ locale: 'zh_Hant_TW' }).locale, 'zh-Hant-TW')
  assert.equal(claimsOf({ email: 'a@example.com' }).email_verified, false)
})
