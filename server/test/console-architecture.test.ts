// Who may import whom in the console: `ui` < `api` < `shell` < `pages`. `main.tsx` and `router.tsx` put it together.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { describe, test } from 'node:test'

const SOURCE = join(import.meta.dirname, '../../console/src')
const GENERATED = 'api/types.ts'
/** Code for other people's apps, as text. */
const SNIPPETS = 'pages/apps/quick-start.ts'
const LINES_MAX = 400

interface Source {
  readonly path: string
  readonly text: string
  /** By path; of other people's packages by name. */
  readonly imports: readonly string[]
}

const sources: readonly Source[] = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => {
    const text = readFileSync(join(SOURCE, path), 'utf8')
    const specifiers = [...text.matchAll(/(?:from |import\()'([^']+)'/g)].map(([, name = '']) => name)
    const imports = specifiers.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name))
    return { path, text, imports }
  })

const FLOORS = ['ui', 'api', 'shell', 'pages'] as const
const floorOf = (path: string): number => FLOORS.findIndex((floor) => path.startsWith(`${floor}/`))
/** The folder of a page; undefined elsewhere. */
const pageOf = (path: string): string | undefined => /^pages\/([^/]+)\//.exec(path)?.[1]

const wrongImports = (isWrong: (from: string, to: string) => boolean): readonly string[] =>
  sources.flatMap(({ path, imports }) => imports.filter((to) => isWrong(path, to)).map((to) => `${path} → ${to}`))

describe('the console', () => {
  test('is read', () => assert.ok(FLOORS.every((floor) => sources.some(({ path }) => path.startsWith(`${floor}/`)))))

  test('knows nothing of the server', () =>
    assert.deepEqual(
      wrongImports((_, to) => /(?:^|\/)server\/|@keystead\/server/.test(to)),
      [],
    ))

  test('imports downwards', () =>
    assert.deepEqual(
      wrongImports((from, to) => floorOf(from) >= 0 && floorOf(to) > floorOf(from)),
      [],
    ))

  test('has pages that know nothing of each other', () =>
    assert.deepEqual(
      wrongImports((from, to) => pageOf(from) !== undefined && pageOf(to) !== undefined && pageOf(from) !== pageOf(to)),
      [],
    ))

  test('asks the API in one place', () =>
    assert.deepEqual(
      sources
        .filter(({ path, text }) => path !== SNIPPETS && /(?<![.\w])fetch\(|XMLHttpRequest|sendBeacon/.test(text))
        .map(({ path }) => path),
      ['api/client.ts'],
    ))

  test('has no file of more lines than one can read', () =>
    assert.deepEqual(
      sources
        .filter(({ path, text }) => path !== GENERATED && text.split('\n').length > LINES_MAX + 1)
        .map(({ path }) => path),
      [],
    ))
})
