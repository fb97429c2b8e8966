// Which of a person's apps one page shows. Pure.
import { searchKey } from '#kernel/login-key.ts'

export const TILES_MAX = 60
const SEARCH_MAX = 100

export interface TileQuery {
  /** As it was typed; empty asks for all. */
  readonly search: string
  /** From 1. */
  readonly page: number
}

export interface TilePage<T> {
  readonly tiles: readonly T[]
  /** That answer the search, on all pages. */
  readonly found: number
  readonly page: number
  readonly pages: number
}

export function readTileQuery(query: URLSearchParams): TileQuery {
  const search = (query.get('q') ?? '').slice(0, SEARCH_MAX).trim().toWellFormed()
  const page = query.get('page') ?? ''
  return { search, page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1 }
}

/** A page beyond the last is the last. */
export function cutTiles<T extends { readonly label: string }>(all: readonly T[], query: TileQuery): TilePage<T> {
  const key = searchKey(query.search)
  const matching = key === '' ? all : all.filter(({ label }) => searchKey(label).includes(key))
  const pages = Math.max(1, Math.ceil(matching.length / TILES_MAX))
  const page = Math.min(query.page, pages)
  return { tiles: matching.slice((page - 1) * TILES_MAX, page * TILES_MAX), found: matching.length, page, pages }
}

/** Of the first and the last word; whole characters, since a name may begin beyond the BMP. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], ...(words.length > 1 ? [words.at(-1)] : [])]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
