// The server's source as data, for the test of its architecture: every file with what it imports.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Import {
  /** As it is written. */
  readonly specifier: string
  /** The file below `src`, for one of ours. */
  readonly file: string | undefined
  readonly typeOnly: boolean
}

export interface SourceFile {
  /** Below `src`, such as `apps/store.ts`. */
  readonly path: string
  readonly text: string
  /** The text without comments that stand on lines of their own. */
  readonly code: string
  readonly imports: readonly Import[]
}

const SOURCE = fileURLToPath(new URL('../src', import.meta.url))

const STATIC = /^(?:import|export)\s+(type\s+)?([^'"`;]*?)\s*from\s+'([^']+)'/gm
const BARE = /^import\s+'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g

/** Every file of `src` but tests and what only they use. */
export function readSources(): readonly SourceFile[] {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|(^|\/)test-[^/]*\.ts$/.test(path))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(SOURCE, path), 'utf8')
      return { path, text, code: text.replace(/^\s*(\/\/|\/?\*).*$/gm, ''), imports: importsOf(path, text) }
    })
}

function importsOf(path: string, text: string): readonly Import[] {
  const found = [...text.matchAll(STATIC)].map(([, type, names = '', specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined || isAllTypes(names),
  }))
  const others = [...text.matchAll(BARE), ...text.matchAll(DYNAMIC)]
  const all = [...found, ...others.map(([, specifier = '']) => ({ specifier, typeOnly: false }))]
  return all.map((one) => ({ ...one, file: resolve(path, one.specifier) }))
}

/** `{ type A, type B }` brings no code either. */
const isAllTypes = (names: string): boolean =>
  names.startsWith('{') &&
  names
    .slice(1, -1)
    .split(',')
    .filter((name) => name.trim() !== '')
    .every((name) => name.trim().startsWith('type '))

function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined
}
