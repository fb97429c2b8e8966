import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseAppQuery } from './app-query.ts'

const parse = (query: Readonly<Record<string, string>>) => parseAppQuery(new URLSearchParams(query))
const codeOf = (query: Readonly<Record<string, string>>): string => {
  try {
    parse(query)
    return 'accepted'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'thrown'
  }
}

describe('the query of the list of apps', () => {
  test('asks for nothing when it is empty', () => {
    const nothing = { prefix: undefined, filter: undefined, expandUser: undefined }
    assert.deepEqual(parse({}), nothing)
    assert.deepEqual(parse({ q: '', filter: '', expand: '' }), nothing)
    assert.deepEqual(parse({ q: '\0', useOptimization: 'true', includeNonDeleted: 'false' }), nothing)
  })

  test('folds the beginning of a label', () => {
    assert.equal(parse({ q: 'Café SPA' }).prefix, 'cafe spa')
  })

  test('filters by one attribute', () => {
    for (const attribute of ['id', 'status', 'name', 'credentials.signing.kid', 'user.id', 'group.id'])
      assert.deepEqual(parse({ filter: `${attribute} eq "x"` }).filter, { attribute, value: 'x' })
  })

  test('shows the assignment of the person that it filters by', () => {
    assert.equal(parse({ expand: 'user/00u1', filter: 'user.id eq "00u1"' }).expandUser, '00u1')
  })

  const REFUSED: readonly [query: Readonly<Record<string, string>>, code: string][] = [
    [{ filter: 'status' }, 'invalid_search'],
    [{ filter: 'status eq ACTIVE' }, 'invalid_search'],
    [{ filter: '"; DROP TABLE app' }, 'invalid_search'],
    [{ filter: 'status ne "ACTIVE"' }, 'unsupported_filter'],
    [{ filter: 'label eq "x"' }, 'unsupported_filter'],
    [{ filter: 'status eq true' }, 'unsupported_filter'],
    [{ filter: 'status eq "ACTIVE" and name eq "x"' }, 'unsupported_filter'],
    [{ filter: 'id pr' }, 'unsupported_filter'],
    [{ expand: 'user/id,group/id' }, 'validation_failed'],
    [{ expand: 'user' }, 'validation_failed'],
    [{ expand: 'user/00u1' }, 'validation_failed'],
    [{ expand: 'user/00u1', filter: 'user.id eq "00u2"' }, 'validation_failed'],
  ]
  for (const [query, code] of REFUSED)
    test(`${new URLSearchParams(query)} is refused as ${code}`, () => assert.equal(codeOf(query), code))
})
