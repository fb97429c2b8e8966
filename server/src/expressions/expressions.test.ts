import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { evaluateExpression, type Scope } from './evaluate.ts'
import { parseExpression } from './parse.ts'
import { matchesPattern, parsePattern } from './pattern.ts'

const scope: Scope = {
  roots: {
    user: { login: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', age: 36 },
    appuser: { userName: 'ada' },
    app: { clientId: '0oa1' },
    access: { scope: ['openid', 'read'] },
    org: { name: 'Acme' },
  },
  groups: [
    { id: '00g1', name: 'Everyone' },
    { id: '00g2', name: 'West Coast' },
  ],
  internal: { id: '00u1', status: 'ACTIVE' },
}

describe('expressions', () => {
  for (const [source, value] of [
    ['(appuser != null) ? appuser.userName : app.clientId', 'ada'],
    ["user.firstName + ' ' + user.lastName", 'Ada Lovelace'],
    ['user.nothing', null],
    ['user?.nothing?.more', null],
    ["user.nothing ?: 'none'", 'none'],
    ['session', null],
    ['user.age > 30 AND !(user.age > 40)', true],
    ['1 + 2 == 3 && 2 - 1 < 2', true],
    ['false or NOT true', false],
    ['{"a", "b"}[1]', 'b'],
    ['access.scope', ['openid', 'read']],
    ["access.scope.contains('read')", true],
    ["String.substringBefore(user.login, '@')", 'ada'],
    ["substringAfter(user.login, '@')", 'example.com'],
    ['user.firstName.toUpperCase()', 'ADA'],
    ["String.join('-', 'a', 'b', 'c')", 'a-b-c'],
    ["String.replace('a.b.a', 'a', 'x')", 'x.b.x'],
    ["String.replaceFirst('a.b.a', 'a', '$&')", '$&.b.a'],
    ["String.stringSwitch('west', 'none', 'we', 1, 'ea', 2)", 1],
    ["String.substring('abcdef', 1, 3)", 'bc'],
    ['String.len("four")', 4],
    ["Arrays.toCsvString(Arrays.add({'a'}, 'b'))", 'a,b'],
    ["Arrays.contains({'a', 'b'}, 'b')", true],
    ["Arrays.flatten('a', {'b', {'c'}})", ['a', 'b', 'c']],
    ["Convert.toInt('12')", 12],
    ["isMemberOfGroup('00g2')", true],
    ["isMemberOfAnyGroup('00g7', '00g8')", false],
    ["isMemberOfGroupNameStartsWith('West')", true],
    ["isMemberOfGroupNameRegex('W.* C[a-z]+')", true],
    ["Groups.startsWith('OKTA', 'West', 10)", ['West Coast']],
    ["getFilteredGroups({'00g1'}, 'group.name', 10)", ['Everyone']],
    ["user.getGroups({'group.profile.name': 'West', 'operator': 'STARTS_WITH'}).![name]", ['West Coast']],
    ['user.getInternalProperty("id")', '00u1'],
    ["'it''s'", "it's"],
  ] as const) {
    it(`${source} is ${JSON.stringify(value)}`, () =>
      assert.deepEqual(evaluateExpression(source, scope), { ok: true, value }))
  }

  for (const source of [
    '',
    'user.',
    '(user.login',
    "'open",
    'process.exit()',
    'salesforce.user',
    'user.constructor()',
    'eval("1")',
    '#root',
    'user login',
    'T(java.lang.Runtime)',
    '('.repeat(1_000),
    '!'.repeat(1_000),
    Array.from({ length: 600 }, () => '1').join('+'),
  ]) {
    it(`${source.slice(0, 30)} is none`, () => assert.equal(parseExpression(source).ok, false))
  }

  for (const source of [
    'session.id',
    'user.login - 1',
    '1 ? 2 : 3',
    'user.login[0]',
    "isMemberOfGroupNameRegex('(a+)+')",
  ]) {
    it(`${source} fails`, () => assert.equal(evaluateExpression(source, scope).ok, false))
  }

  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    it(`user.${name} is nothing`, () =>
      assert.deepEqual(evaluateExpression(`user.${name}`, scope), { ok: true, value: null }))
  }

  it('never throw, whatever the text', () => {
    const word = fc.constantFrom(
      'user',
      '.',
      '(',
      ')',
      '?',
      ':',
      "'a'",
      '1',
      '+',
      '{',
      '}',
      '[',
      ']',
      'String.join',
      ',',
      '!',
      '==',
    )
    const near = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (source) => {
        assert.equal(typeof evaluateExpression(source, scope).ok, 'boolean')
      }),
      { numRuns: 2_000 },
    )
  })

  it('never grow without bound', () => {
    const nested = (depth: number): string =>
      depth === 0 ? "'aaaaaaaaaa'" : `String.replace(${nested(depth - 1)}, 'a', 'aaaaaaaaaa')`
    assert.equal(evaluateExpression(nested(30), scope).ok, false)
  })

  it('cost no more than one may, however many patterns meet however many groups', () => {
    const groups = Array.from({ length: 100 }, (_, at) => ({ id: `00g${at}`, name: `${'a'.repeat(250)}${at}` }))
    const pattern = `'${'.*'.repeat(120)}b'`
    const evaluated = evaluateExpression(`isMemberOfGroupNameRegex(${Array(15).fill(pattern)})`, { ...scope, groups })
    assert.deepEqual(evaluated, { ok: false, fault: 'it takes too much work' })
    const few = groups.map(({ id }, at) => ({ id, name: `Team ${at} of the West Coast` }))
    const plain = evaluateExpression("isMemberOfGroupNameRegex('Team \\d+ of .* Moon', '.*East.*')", {
      ...scope,
      groups: few,
    })
    assert.deepEqual(plain, { ok: true, value: false })
  })
})

describe('patterns', () => {
  for (const [source, text, expected] of [
    ['.*', '', true],
    ['a+b?', 'aaa', true],
    ['a+b?', 'b', false],
    ['^West.*$', 'West Coast', true],
    ['West', 'West Coast', false],
    ['[A-C]\\d|x', 'B7', true],
    ['[^a]', 'a', false],
    ['\\.', '.', true],
  ] as const) {
    it(`${source} ${expected ? 'matches' : 'does not match'} '${text}'`, () => {
      const pattern = parsePattern(source)
      assert.ok(pattern)
      assert.equal(matchesPattern(pattern, text), expected)
    })
  }

  for (const source of ['(a+)+', '*', 'a{2}', '\\1', '[a', 'a**', 'x'.repeat(251)])
    it(`${source.slice(0, 10)} is none`, () => assert.equal(parsePattern(source), undefined))

  it('are walked once: what may be left out again and again costs no more than the pattern is long', () => {
    let looks = 0
    const atoms = Array.from({ length: 125 }, () => ({
      matches: () => {
        looks++
        return true
      },
      // Asked for at each step of the walk.
      get once() {
        looks++
        return false
      },
      many: true,
    }))
    assert.equal(matchesPattern([atoms], 'a'.repeat(100)), true)
    assert.ok(looks < 3 * 125 * 101, String(looks))
  })

  it('say what regular expressions say', () => {
    const source = fc.array(fc.constantFrom('a', 'b', '.', 'a*', 'b+', 'a?', '[ab]', '|'), { maxLength: 8 })
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (parts, text) => {
        const pattern = parsePattern(parts.join(''))
        assert.ok(pattern)
        assert.equal(matchesPattern(pattern, text), new RegExp(`^(?:${parts.join('')})$`).test(text))
      }),
    )
  })
})
