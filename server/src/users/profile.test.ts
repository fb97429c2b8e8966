import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '#kernel/refusal.ts'
import { attributeKey, attributeKeys } from './attribute-keys.ts'
import { checkProfile, isOwnChange, mergeProfile } from './profile.ts'

const GOOD = { login: 'ann@example.com', email: 'ann@example.com', firstName: 'Ann', lastName: 'Lee' }

const causesOf = (profile: Record<string, unknown>): readonly string[] => {
  try {
    checkProfile(profile)
    return []
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'validation_failed')
    return error.facts.causes ?? []
  }
}

describe('a profile', () => {
  test('is kept without its empty attributes', () => {
    const { login, profile } = checkProfile({
      ...GOOD,
      title: null,
      city: '',
      nickName: 'Annie',
      level: 3,
      tags: ['a', 'b'],
    })
    assert.equal(login, 'ann@example.com')
    assert.deepEqual(profile, { ...GOOD, nickName: 'Annie', level: 3, tags: ['a', 'b'] })
  })

  test('needs a login, an address and two names, and names each that is missing', () => {
    assert.deepEqual(causesOf({}), [
      'login: The field cannot be left blank',
      'email: The field cannot be left blank',
      'firstName: The field cannot be left blank',
      'lastName: The field cannot be left blank',
    ])
    assert.deepEqual(causesOf({ ...GOOD, firstName: null }), ['firstName: The field cannot be left blank'])
  })

  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ login: 'ann' }, /^login: The field must have at least 5/],
    [{ login: 'ann.lee' }, /^login: Username must be in the form of an email address$/],
    [{ login: 'ann lee@example.com' }, /^login: Username must be/],
    [{ login: 'ann@lee@example.com' }, /^login: Username must be/],
    [{ login: 'ann@lee＠example.com' }, /^login: Username must be/],
    [{ login: '\u00ad\u00ad\u00ad@example.com' }, /^login: Username must be/],
    [{ login: `${'a'.repeat(89)}@example.com` }, /^login: The field cannot have more than 100/],
    [{ email: 'nowhere' }, /^email: Does not match required pattern$/],
    [{ secondEmail: 'nowhere' }, /^secondEmail: Does not match/],
    [{ firstName: 'x'.repeat(51) }, /^firstName: The field cannot have more than 50/],
    [{ firstName: 7 }, /^firstName: The field must be text$/],
    [{ lastName: ['Lee'] }, /^lastName: The field must be text$/],
    [{ title: { html: true } }, /^title: The field must be text$/],
    [{ countryCode: 'USA' }, /^countryCode: /],
    [{ city: 'a\u0000b' }, /^city: The field must not hold control characters$/],
    [{ own: { nested: 1 } }, /^own: The field must be text, a number/],
    [{ own: 'a\u0000b' }, /^own: /],
    [{ 'a.b': 'x' }, /^a\.b: The name of an attribute/],
    [{ ['__proto__']: 'x' }, /^__proto__: The name of an attribute/],
  ]
  for (const [change, expected] of wrong) {
    test(`refuses ${JSON.stringify(change).slice(0, 60)}`, () => {
      const causes = causesOf({ ...GOOD, ...change })
      assert.equal(causes.length, 1)
      assert.match(causes[0] ?? '', expected)
    })
  }

  test('of 100 characters for the login and 50 for a name passes', () => {
    assert.deepEqual(causesOf({ ...GOOD, login: `${'a'.repeat(88)}@example.com`, firstName: '😀'.repeat(50) }), [])
  })

  test('holds a thousand values and no more, wherever they stand', () => {
    const tooMany = [['profile: At most 1000 values can be kept of a person']]
    const numbers = Array.from({ length: 997 }, (_, at) => at)
    assert.deepEqual(causesOf({ ...GOOD, own: numbers.slice(1) }), [])
    assert.deepEqual([causesOf({ ...GOOD, own: numbers })], tooMany)
    assert.deepEqual([causesOf({ ...GOOD, ...Object.fromEntries(numbers.map((at) => [`own${at}`, at])) })], tooMany)
  })

  test('is not fooled by attributes that every object inherits', () => {
    assert.deepEqual(causesOf({ ...GOOD, constructor: 'x', toString: 1 }), [])
  })
})

describe('changing a profile', () => {
  test('a merge keeps what was not sent and empties what was sent as null', () => {
    const { profile } = checkProfile(
      mergeProfile({ ...GOOD, title: 'Dr', city: 'Bern' }, { title: null, lastName: 'Low' }),
    )
    assert.deepEqual(profile, { ...GOOD, lastName: 'Low', city: 'Bern' })
  })

  test('people may change their names and mobile phone, and send the rest back as it is', () => {
    const stored = { ...GOOD, title: 'Dr', tags: ['a'] }
    assert.equal(isOwnChange(stored, { ...stored, firstName: 'Anna', mobilePhone: '1' }), true)
    assert.equal(isOwnChange(stored, { ...stored, email: 'other@example.com' }), false)
    assert.equal(isOwnChange(stored, { ...stored, tags: ['a', 'admin'] }), false)
    assert.equal(isOwnChange(stored, { ...stored, department: 'Board' }), false)
    assert.equal(isOwnChange(stored, GOOD), false)
  })
})

describe('the search keys of a profile', () => {
  test('are one for each value, folded, each once', () => {
    assert.deepEqual(
      attributeKeys({ firstName: 'Ängström', level: 3, on: true, tags: ['A', 'a', 'b'], none: null, empty: '' }),
      [
        ['firstName', 'angstrom'],
        ['level', '3'],
        ['on', 'true'],
        ['tags', 'a'],
        ['tags', 'b'],
      ],
    )
  })

  test('are cut between characters and hold no NUL', () => {
    assert.equal(attributeKey('😀'.repeat(300)), '😀'.repeat(250))
    assert.equal(attributeKey('a\u0000b'), 'ab')
  })
})
