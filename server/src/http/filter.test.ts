import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Comparison, type Filter, type FilterValue, matchesFilter, parseFilter } from './filter.ts'

const parsed = (text: string): Filter => {
  const result = parseFilter(text)
  if (!result.ok) assert.fail(`${text}: at ${result.at} expected ${result.reason}`)
  return result.filter
}
const compare = (attribute: string, operator: Comparison, value: FilterValue): Filter => ({
  kind: 'compare',
  attribute,
  operator,
  value,
})
const present = (attribute: string): Filter => ({ kind: 'present', attribute })
const and = (...filters: Filter[]): Filter => ({ kind: 'and', filters })
const or = (...filters: Filter[]): Filter => ({ kind: 'or', filters })
const not = (filter: Filter): Filter => ({ kind: 'not', filter })

test('a filter reads as what it says', () => {
  const a = compare('a', 'eq', 1)
  const b = compare('b', 'eq', 2)
  const c = compare('c', 'eq', 3)
  const cases: [string, Filter][] = [
    ['status eq "ACTIVE"', compare('status', 'eq', 'ACTIVE')],
    ['  status\teq\n"ACTIVE"  ', compare('status', 'eq', 'ACTIVE')],
    ['status EQ "ACTIVE"', compare('status', 'eq', 'ACTIVE')],
    ['status eq"ACTIVE"', compare('status', 'eq', 'ACTIVE')],
    ['profile.firstName sw "Ad"', compare('profile.firstName', 'sw', 'Ad')],
    ['debugContext.debugData.url co "x"', compare('debugContext.debugData.url', 'co', 'x')],
    ['name ew ""', compare('name', 'ew', '')],
    ['profile.x_y-z pr', present('profile.x_y-z')],
    ['urn:okta:x:User:a.b PR', present('urn:okta:x:User:a.b')],
    ['a eq true', compare('a', 'eq', true)],
    ['a ne false', compare('a', 'ne', false)],
    ['a eq null', compare('a', 'eq', null)],
    ['a gt 1', compare('a', 'gt', 1)],
    ['a ge -1.5e3', compare('a', 'ge', -1500)],
    ['a lt 0', compare('a', 'lt', 0)],
    ['a le -0', compare('a', 'le', 0)],
    ['created gt "2021-01-01T00:00:00.000Z"', compare('created', 'gt', '2021-01-01T00:00:00.000Z')],
    ['a eq "say \\"hi\\" \\\\ \\u00e9 \\n \\/"', compare('a', 'eq', 'say "hi" \\ é \n /')],
    ['a eq "(b or c) and not"', compare('a', 'eq', '(b or c) and not')],
    ['a eq "ü😀"', compare('a', 'eq', 'ü😀')],
    ['a eq 1 and b eq 2', and(a, b)],
    ['a eq 1 AND b eq 2 And c eq 3', and(a, b, c)],
    ['a eq 1 or b eq 2 or c eq 3', or(a, b, c)],
    ['a eq 1 or b eq 2 and c eq 3', or(a, and(b, c))],
    ['a eq 1 and b eq 2 or c eq 3', or(and(a, b), c)],
    ['(a eq 1 or b eq 2) and c eq 3', and(or(a, b), c)],
    ['a eq 1 and (b eq 2 and c eq 3)', and(a, and(b, c))],
    ['((a eq 1))', a],
    ['not (a eq 1)', not(a)],
    ['not(a eq 1 or b eq 2)', not(or(a, b))],
    ['NOT a eq 1 and b eq 2', and(not(a), b)],
    ['not not (a eq 1)', not(not(a))],
    ['a eq 1 and not (b eq 2)', and(a, not(b))],
    ['(name eq "A" or name eq "B")', or(compare('name', 'eq', 'A'), compare('name', 'eq', 'B'))],
  ]
  for (const [text, filter] of cases) assert.deepEqual(parsed(text), filter, text)
})

test('attribute names keep their case', () => {
  assert.deepEqual(parsed('Status EQ "x"'), compare('Status', 'eq', 'x'))
})

test('what is no filter is refused with the place and what was expected', () => {
  const cases: [string, number, RegExp][] = [
    ['', 0, /attribute/],
    ['   ', 3, /attribute/],
    ['status', 6, /operator/],
    ['status "ACTIVE"', 7, /operator/],
    ['status = "ACTIVE"', 7, /operator/],
    ['status like "A"', 7, /operator/],
    ['status eq', 9, /value/],
    ['status eq ACTIVE', 10, /value/],
    ["status eq 'ACTIVE'", 10, /value/],
    ['status eq "ACTIVE', 10, /value/],
    ['status eq "a\\x"', 10, /JSON/],
    ['status eq "a\nb"', 10, /JSON/],
    ['status eq True', 10, /value/],
    ['status eq 01', 10, /value/],
    ['status eq 1.', 10, /value/],
    ['status eq 1x', 10, /value/],
    ['status eq +1', 10, /value/],
    ['status eq 1e999', 10, /JSON/],
    ['status eq NaN', 10, /value/],
    ['status eq {}', 10, /value/],
    ['status eq "A" "B"', 14, /the end/],
    ['status eq "A" and', 17, /attribute/],
    ['status eq "A" or or', 19, /operator/],
    ['status eq "A" xor b pr', 14, /the end/],
    ['(status pr', 10, /'\)'/],
    ['status pr)', 9, /the end/],
    ['()', 1, /attribute/],
    ['not', 3, /attribute/],
    ['a..b pr', 1, /operator/],
    ['.a pr', 0, /attribute/],
    ['1a pr', 0, /attribute/],
    ['a gt true', 5, /'gt'/],
    ['a le null', 5, /'le'/],
    ['a sw 1', 5, /'sw'/],
    ['a co null', 5, /'co'/],
    ['a ew false', 5, /'ew'/],
    ['emails[type eq "x"]', 6, /operator/],
    ['a\u00a0pr', 1, /operator/],
    ['a pr\u0000', 4, /the end/],
    ["a eq 1; drop table 'x'", 6, /the end/],
  ]
  for (const [text, at, reason] of cases) {
    const result = parseFilter(text)
    assert.ok(!result.ok, text)
    assert.equal(result.at, at, `${text}: ${result.reason}`)
    assert.match(result.reason, reason, text)
  }
})

test('length, conditions and nesting have limits', () => {
  const long = (length: number) => `a eq "${'x'.repeat(length - 7)}"`
  assert.equal(parseFilter(long(4096)).ok, true)
  assert.equal(parseFilter(long(4097)).ok, false)
  const many = (count: number) => Array.from({ length: count }, () => 'a pr').join(' or ')
  assert.equal(parseFilter(many(100)).ok, true)
  assert.equal(parseFilter(many(101)).ok, false)
  const deep = (levels: number) => `${'('.repeat(levels)}a pr${')'.repeat(levels)}`
  assert.equal(parseFilter(deep(50)).ok, true)
  assert.equal(parseFilter(deep(51)).ok, false)
  assert.equal(parseFilter('('.repeat(4096)).ok, false)
  assert.equal(parseFilter('not '.repeat(1000)).ok, false)
  assert.equal(parseFilter(`a eq "${'\\'.repeat(4000)}`).ok, false)
})

const attribute = fc.constantFrom('status', 'profile.firstName', 'a_b', 'urn:x:y.z', 'eq', 'Pr')
const condition: fc.Arbitrary<Filter> = fc.oneof(
  attribute.map(present),
  fc
    .tuple(
      attribute,
      fc.constantFrom<Comparison>('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'ew'),
      fc.string({ unit: 'grapheme' }),
    )
    .map(([name, operator, value]) => compare(name, operator, value)),
  fc
    .tuple(
      attribute,
      fc.constantFrom<Comparison>('eq', 'ne', 'gt', 'le'),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    .map(([name, operator, value]) => compare(name, operator, value + 0)),
  fc
    .tuple(attribute, fc.constantFrom<Comparison>('eq', 'ne'), fc.constantFrom(true, false, null))
    .map(([name, operator, value]) => compare(name, operator, value)),
)
const filters = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    condition,
    tie('filter').map(not),
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((list) => and(...list)),
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((list) => or(...list)),
  ),
})).filter

function print(filter: Filter): string {
  switch (filter.kind) {
    case 'compare':
      return `${filter.attribute} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'present':
      return `${filter.attribute} pr`
    case 'not':
      return `not (${print(filter.filter)})`
    default:
      return filter.filters
        .map((one) => (one.kind === 'compare' ? print(one) : `(${print(one)})`))
        .join(` ${filter.kind} `)
  }
}

test('a filter that is printed and read again is the same', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const text = print(filter)
      fc.pre(text.length <= 4096)
      const result = parseFilter(text)
      if (result.ok) assert.deepEqual(result.filter, filter)
      else assert.match(result.reason, /at most/)
    }),
    { numRuns: 500 },
  )
})

test('no text makes the parser throw, and a refusal points into the text', () => {
  const token = fc.constantFrom(
    ...['status', 'a.b', 'eq', 'PR', 'and', 'or', 'not', '(', ')', '"x"', '"', '\\', '1', '-', '1e999', 'true', 'null'],
    ...[' ', '\n', '\u0000', '\ud800', '.', ':', 'é'],
  )
  const text = fc.oneof(
    fc.array(token, { maxLength: 15 }).map((tokens) => tokens.join(' ')),
    fc.array(token, { maxLength: 15 }).map((tokens) => tokens.join('')),
    fc.string(),
  )
  fc.assert(
    fc.property(text, (anything) => {
      const result = parseFilter(anything)
      if (result.ok) matchesFilter(result.filter, () => undefined)
      else assert.ok(result.at >= 0 && result.at <= anything.length && result.reason !== '')
    }),
    { numRuns: 5_000 },
  )
})

const ITEM: Record<string, unknown> = {
  status: 'ACTIVE',
  name: 'Ärger',
  count: 7,
  enabled: true,
  created: '2026-01-02T03:04:05.000Z',
  empty: '',
  none: null,
  tags: ['red', 'Green'],
  noTags: [],
}
const matches = (text: string) => matchesFilter(parsed(text), (name) => ITEM[name])

test('an item passes or not', () => {
  const cases: [string, boolean][] = [
    ['status eq "ACTIVE"', true],
    ['status eq "active"', false],
    ['status ne "ACTIVE"', false],
    ['status ne "x"', true],
    ['status sw "ACT"', true],
    ['status co "TIV"', true],
    ['status ew "IVE"', true],
    ['status ew "ACT"', false],
    ['status gt "ACTIV"', true],
    ['status lt "B"', true],
    ['count eq 7', true],
    ['count eq "7"', false],
    ['count gt 6.5', true],
    ['count ge 7', true],
    ['count gt 7', false],
    ['count le 7', true],
    ['count lt 7', false],
    ['enabled eq true', true],
    ['enabled ne true', false],
    ['enabled eq "true"', false],
    ['created eq "2026-01-02T03:04:05Z"', true],
    ['created eq "2026-01-02T04:04:05+01:00"', true],
    ['created gt "2026-01-02T03:04:04.999Z"', true],
    ['created gt "2026-01-02T03:04:05.000Z"', false],
    ['created lt "2026-01-02T03:04:05.001Z"', true],
    ['created sw "2026-01"', true],
    ['created sw "2026-01-02"', true],
    ['status pr', true],
    ['empty pr', false],
    ['none pr', false],
    ['missing pr', false],
    ['noTags pr', false],
    ['tags pr', true],
    ['count pr', true],
    ['none eq null', true],
    ['missing eq null', true],
    ['status eq null', false],
    ['status ne null', true],
    ['missing eq "x"', false],
    ['missing ne "x"', true],
    ['missing gt "a"', false],
    ['missing sw ""', false],
    ['tags eq "red"', true],
    ['tags eq "blue"', false],
    ['tags ne "red"', false],
    ['tags ne "blue"', true],
    ['tags sw "Gr"', true],
    ['noTags eq null', true],
    ['status eq "ACTIVE" and count eq 7', true],
    ['status eq "ACTIVE" and count eq 8', false],
    ['status eq "x" or count eq 7', true],
    ['not (status eq "ACTIVE")', false],
    ['not (status eq "x" or count eq 8)', true],
  ]
  for (const [text, passes] of cases) assert.equal(matches(text), passes, text)
})

test('a filter and its negation never agree', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const lookup = (name: string) => ({ status: 'ACTIVE', a_b: 3, 'urn:x:y.z': ['x', ''] })[name]
      assert.notEqual(matchesFilter(filter, lookup), matchesFilter(not(filter), lookup))
    }),
  )
})
