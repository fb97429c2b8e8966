import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cutTiles, initialsOf, readTileQuery, TILES_MAX } from './tiles.ts'

const apps = Array.from({ length: 2 * TILES_MAX + 1 }, (_, at) => ({ label: `App ${at}` }))

describe('the tiles of a page', () => {
  const all: readonly [page: number, length: number, at: number][] = [
    [1, TILES_MAX, 1],
    [2, TILES_MAX, 2],
    [3, 1, 3],
    [4, 1, 3],
    [999_999, 1, 3],
  ]
  for (const [page, length, at] of all)
    test(`page ${page} of 121 apps shows ${length}, as page ${at} of 3`, () => {
      const cut = cutTiles(apps, { search: '', page })
      assert.deepEqual([cut.tiles.length, cut.page, cut.pages, cut.found], [length, at, 3, apps.length])
    })

  test('a search counts what answers it, on one page where there is room', () => {
    const cut = cutTiles(apps, { search: 'app 12', page: 1 })
    assert.deepEqual([cut.found, cut.pages], [2, 1])
    assert.deepEqual(cutTiles([], { search: 'x', page: 3 }), { tiles: [], found: 0, page: 1, pages: 1 })
  })
})

describe('what is asked of them', () => {
  const cases: readonly [query: string, search: string, page: number][] = [
    ['', '', 1],
    ['q=+mail+', 'mail', 1],
    ['q=mail&page=2', 'mail', 2],
    ['page=0', '', 1],
    ['page=-1', '', 1],
    ['page=1e3', '', 1],
    ['page=99999999', '', 1],
    [`q=${'x'.repeat(500)}`, 'x'.repeat(100), 1],
  ]
  for (const [query, search, page] of cases)
    test(`${query.slice(0, 30)} is page ${page} of ${search.slice(0, 10)}`, () => {
      assert.deepEqual(readTileQuery(new URLSearchParams(query)), { search, page })
    })
})

describe('initials', () => {
  const cases: readonly [string, string][] = [
    ['Ada King Lovelace', 'AL'],
    ['  ada  ', 'A'],
    ['𝒜da 𝓛ovelace', '𝒜𝓛'],
    ['', ''],
  ]
  for (const [name, expected] of cases)
    test(`of ${JSON.stringify(name)} are ${expected}`, () => assert.equal(initialsOf(name), expected))
})
