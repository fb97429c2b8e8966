import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { USER_STATUSES } from '#users/user.ts'
import { assignable, checkUserName, groupCursor, parseGroupCursor, userNameFrom } from './assignment.ts'
import { refusalOf } from './test-app.ts'

const ada = { login: 'ada@example.test', profile: { email: 'ada.l@example.test', nick: '', age: 36, login: 'shadow' } }

describe('the name in an app by its template', () => {
  const TEMPLATES: readonly [expression: string, name: string][] = [
    ['login', ada.login],
    ['email', 'ada.l@example.test'],
    ['nick', ada.login],
    ['age', ada.login],
    ['nothing', ada.login],
  ]
  for (const [attribute, name] of TEMPLATES)
    test(`source.${attribute} gives ${name}`, () => assert.equal(userNameFrom(`\${source.${attribute}}`, ada), name))

  test('the login where the template is another expression', () => {
    for (const template of ['', 'plain', `\${fn:substringBefore(source.login, "@")}`, `\${source.email}x`])
      assert.equal(userNameFrom(template, ada), ada.login)
  })
})

describe('a name that an administrator chooses', () => {
  test('has 1 to 100 characters and none that nobody can type', () => {
    assert.equal(
      refusalOf(() => checkUserName('x'.repeat(100))),
      'accepted',
    )
    assert.equal(
      refusalOf(() => checkUserName("'; DROP TABLE app_user; --")),
      'accepted',
    )
    assert.match(
      refusalOf(() => checkUserName(' ')),
      /cannot be left blank/,
    )
    assert.match(
      refusalOf(() => checkUserName('x'.repeat(101))),
      /at most 100/,
    )
    assert.match(
      refusalOf(() => checkUserName('a\0b')),
      /control characters/,
    )
  })
})

describe('the place of a group', () => {
  test('is told by a cursor and read again', () => {
    const place = { priority: 12, groupId: '00g0V8N98zQfYdbUlwZJ' }
    assert.deepEqual(parseGroupCursor(groupCursor(place)), place)
  })

  for (const cursor of ['', '12', 'x:00g1', '-1:00g1', '1:', '1:00g1:2', '99999999999:00g1', "1:'"])
    test(`is not read from '${cursor}'`, () =>
      assert.throws(() => parseGroupCursor(cursor), { code: 'invalid_paging' }))
})

test('only those who were deactivated can not be assigned', () => {
  assert.deepEqual(
    USER_STATUSES.filter((status) => !assignable({ status })),
    ['DEPROVISIONED'],
  )
})
