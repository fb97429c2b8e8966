// Who may import whom, who writes which table, and what may not be reached for: the rules of the house, held by reading the source.
import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { describe, test } from 'node:test'
import { SYSTEM_TABLES } from '#db/tables.ts'
import { type Import, readSources, type SourceFile } from './source-files.ts'

const FLOORS = ['kernel', 'db', 'http', 'hashing', 'signing'] as const
const ENGINES: readonly string[] = ['oauth']
/** Files of `src` itself: the composition root, and what is handed down from it. */
const ROOT = 'root'

type Kind =
  | 'floor'
  | 'engine'
  | 'root'
  /** Types, rules and pure decisions: imports nothing but the kernel and other nouns. */
  | 'noun'
  /** What a list may be asked, and what that means to the store. */
  | 'query'
  | 'store'
  | 'view'
  | 'service'
  /** A use case that stands beside `service.ts`, seen inside the room only. */
  | 'part'
  | 'schema'
  | 'routes'
  /** A pure function from a value to HTML. */
  | 'page'
  /** What the hosted sign-in shows to other protocols, which suspend into it and are resumed by it. */
  | 'face'

const sources = readSources()
const byPath = new Map(sources.map((source) => [source.path, source]))

const folderOf = (path: string): string => (path.includes('/') ? (path.split('/', 1)[0] ?? ROOT) : ROOT)
const isFloor = (folder: string): boolean => FLOORS.some((floor) => floor === folder)

const KINDS: Readonly<Record<string, Kind>> = {
  store: 'store',
  view: 'view',
  service: 'service',
  schema: 'schema',
  routes: 'routes',
  query: 'query',
  filter: 'query',
}

const NAMED: Readonly<Record<string, Kind>> = {
  'sign-in/browser-session.ts': 'face',
  'sign-in/continuation.ts': 'face',
  'sign-in/authn-answer.ts': 'face',
  'sign-in/device-cookie.ts': 'face',
  'sign-in/step-views.ts': 'face',
  'sign-in/home.ts': 'face',
  'sign-in/hosted-page.ts': 'face',
  'sign-in/hosted-step.ts': 'face',
  'sign-in/problem-page.ts': 'face',
  'sign-in/password.ts': 'service',
  'sign-in/return-target.ts': 'service',
  'sign-in/step-forms.ts': 'service',
  'recovery/return-continuation.ts': 'face',
  'sign-in/password-link.ts': 'service',
  'sign-in/session-token.ts': 'service',
}

function kindOf(path: string): Kind {
  const named = NAMED[path]
  if (named) return named
  const folder = folderOf(path)
  if (folder === ROOT) return 'root'
  if (isFloor(folder)) return 'floor'
  if (ENGINES.includes(folder)) return 'engine'
  if (path.startsWith(`${folder}/pages/`)) return 'page'
  const [, word = ''] = /(?:^|[/-])([a-z]+)\.ts$/.exec(path) ?? []
  return KINDS[word] ?? (isPure(path) ? 'noun' : 'part')
}

function isPure(path: string): boolean {
  const imports = byPath.get(path)?.imports ?? []
  return imports.every(({ file, typeOnly, specifier }) => {
    if (file === undefined) return !['kysely', 'fastify', 'typebox'].includes(specifier)
    if (folderOf(file) === 'kernel') return true
    return isFloor(folderOf(file)) ? typeOnly && folderOf(file) === 'signing' : kindOf(file) === 'noun'
  })
}

interface Edge {
  readonly from: SourceFile
  readonly to: string
  readonly typeOnly: boolean
}

const edges: readonly Edge[] = sources.flatMap((from) =>
  from.imports.flatMap(({ file, typeOnly }) => (file === undefined ? [] : [{ from, to: file, typeOnly }])),
)

/** Fails with every offence, one a line. */
function none(offences: readonly string[]): void {
  assert.deepEqual([...new Set(offences)], [])
}

const told = ({ from, to }: Edge): string => `${from.path} imports ${to}`
const wrong = (isWrong: (edge: Edge) => boolean): void => none(edges.filter(isWrong).map(told))

describe('who may import whom', () => {
  test('the kernel imports nothing of ours, and other floors the kernel and themselves', () => {
    wrong(({ from, to }) => kindOf(from.path) === 'floor' && !['kernel', folderOf(from.path)].includes(folderOf(to)))
  })

  test('the language of expressions knows nothing but itself', () => {
    wrong(({ from, to }) => folderOf(from.path) === 'expressions' && !['kernel', 'expressions'].includes(folderOf(to)))
  })

  test('nobody imports the composition root but itself; the outside world is handed down as a type', () => {
    wrong(({ from, to, typeOnly }) => {
      if (kindOf(to) !== 'root' || kindOf(from.path) === 'root') return false
      return !(to === 'deps.ts' && typeOnly)
    })
  })

  test('the outside world is described by types alone', () => {
    wrong(({ from, typeOnly }) => from.path === 'deps.ts' && !typeOnly)
  })

  test('no file imports itself over others', () => {
    const cycles: string[] = []
    const done = new Set<string>()
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      if (trail.includes(path) || done.has(path)) return
      for (const { file, typeOnly } of byPath.get(path)?.imports ?? []) {
        if (file !== undefined && !typeOnly) visit(file, [...trail, path])
      }
      done.add(path)
    }
    for (const { path } of sources) visit(path, [])
    none(cycles)
  })

  const INSIDE: Partial<Record<Kind, readonly Kind[]>> = {
    noun: ['noun'],
    query: ['noun', 'query'],
    page: ['noun', 'page'],
    store: ['noun', 'query', 'store'],
    view: ['noun', 'query', 'store', 'view'],
    service: ['noun', 'query', 'store', 'view', 'part', 'service'],
    part: ['noun', 'query', 'store', 'view', 'part', 'service'],
    schema: ['noun', 'schema'],
    routes: ['noun', 'query', 'part', 'service', 'schema', 'routes', 'page', 'face'],
    face: ['noun', 'part', 'service', 'schema', 'page', 'face'],
  }
  test('inside a room, noun < store < service < routes, and only routes touch the schema', () => {
    wrong(({ from, to, typeOnly }) => {
      const kind = kindOf(from.path)
      const allowed = INSIDE[kind]
      if (allowed === undefined || folderOf(from.path) !== folderOf(to)) return false
      // What the wire is turned into may be declared by the service that takes it.
      if (kind === 'schema' && kindOf(to) === 'service' && typeOnly) return false
      return !allowed.includes(kindOf(to))
    })
  })

  const LANGUAGE = ['http/filter.ts', 'http/read-filter.ts', 'http/paging.ts']
  const BELOW: Partial<Record<Kind, readonly string[]>> = {
    noun: ['kernel'],
    query: ['kernel', 'db', ...LANGUAGE],
    page: ['kernel', 'http'],
    store: ['kernel', 'db'],
    view: ['kernel', 'db'],
    service: ['kernel', 'db', 'hashing', 'signing', 'deps.ts', ...LANGUAGE],
    part: ['kernel', 'db', 'hashing', 'signing', 'deps.ts', ...LANGUAGE],
    schema: ['kernel', 'http/wire.ts'],
    routes: ['kernel', 'http', 'deps.ts'],
    face: ['kernel', 'http', 'deps.ts'],
  }
  // A filter or a page that was read is handed down; so is a public key.
  const TYPES_BELOW = [...LANGUAGE, 'signing']
  test('each kind of file stands on its own floors', () => {
    wrong(({ from, to, typeOnly }) => {
      const allowed = BELOW[kindOf(from.path)]
      const names = [folderOf(to), to]
      if (allowed === undefined || !(isFloor(folderOf(to)) || kindOf(to) === 'root')) return false
      return !names.some((name) => allowed.includes(name) || (typeOnly && TYPES_BELOW.includes(name)))
    })
  })

  const SEES_SERVICES: readonly Kind[] = ['service', 'part', 'routes', 'face', 'engine']
  test('of another room only nouns, services and pages are visible; nouns, stores and schemas see nouns alone', () => {
    wrong(({ from, to }) => {
      const kind = kindOf(from.path)
      if (kind === 'root' || kind === 'floor' || folderOf(from.path) === folderOf(to)) return false
      if (['floor', 'root', 'engine'].includes(kindOf(to))) return false
      const visible: readonly Kind[] = SEES_SERVICES.includes(kind) ? ['noun', 'service', 'page', 'face'] : ['noun']
      return !visible.includes(kindOf(to))
    })
  })

  test('rooms call no engine', () => {
    wrong(({ from, to }) => kindOf(to) === 'engine' && !['engine', 'root'].includes(kindOf(from.path)))
  })

  test('the composition root sees what rooms show, and their routes', () => {
    wrong(
      ({ from, to }) =>
        kindOf(from.path) === 'root' && ['store', 'view', 'schema', 'query', 'page'].includes(kindOf(to)),
    )
  })
})

describe('how things are imported', () => {
  test('#folder/file.ts across folders, a relative path within one and to the root, always with the extension', () => {
    const isWrong = (path: string, { specifier, file }: Import): boolean => {
      if (file === undefined) return false
      if (!specifier.endsWith('.ts') || !byPath.has(file)) return true
      if (specifier.startsWith('#')) return dirname(path) === dirname(file)
      return folderOf(path) !== folderOf(file) && ![folderOf(path), folderOf(file)].includes(ROOT)
    }
    none(
      sources.flatMap(({ path, imports }) =>
        imports.filter((one) => isWrong(path, one)).map(({ specifier }) => `${path} imports '${specifier}'`),
      ),
    )
  })

  const PACKAGES: readonly [name: string, where: RegExp][] = [
    ['pg', /^db\//],
    ['node:sqlite', /^db\//],
    ['node:worker_threads', /^db\//],
    ['node:child_process', /^hashing\//],
    ['kysely', /^db\/|(^|[/-])(store|view|query)\.ts$/],
    ['fastify', /^http\/|^server\.ts$/],
    ['pino', /^main\.ts$/],
    ['nodemailer', /^mail\/smtp\.ts$/],
  ]
  for (const [name, where] of PACKAGES) {
    test(`${name} is imported at its own place alone`, () => {
      none(
        sources
          .filter(({ path, imports }) => !where.test(path) && imports.some(({ specifier }) => specifier === name))
          .map(({ path }) => path),
      )
    })
  }
})

describe('who writes what', () => {
  const declared = /export interface Tables \{([^}]*)\}/.exec(byPath.get('db/tables.ts')?.text ?? '')?.[1] ?? ''
  const tables = [...declared.matchAll(/^\s*(\w+):/gm)].map(([, name = '']) => name)
  const BUILDERS = /\.(?:insert|update|deleteFrom|insertInto|updateTable)\(\s*'(\w+)'/g
  const STATEMENTS = /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)/g

  const writers = new Map<string, Set<string>>()
  for (const { path, code } of sources) {
    if (path.startsWith('db/')) continue
    for (const [, table = ''] of [...code.matchAll(BUILDERS), ...code.matchAll(STATEMENTS)]) {
      if (tables.includes(table)) writers.set(table, (writers.get(table) ?? new Set()).add(path))
    }
  }

  test('the list of tables is read', () => {
    assert.ok(tables.includes('log_event') && SYSTEM_TABLES.every((table) => tables.includes(table)))
  })

  test('each table is written by exactly one store', () => {
    none(
      [...writers]
        .filter(([, files]) => files.size !== 1 || ![...files].every((path) => /(^|[/-])store\.ts$/.test(path)))
        .map(([table, files]) => `${table} is written by ${[...files].join(', ')}`),
    )
  })

  test('tables of no org are reached in db/ and orgs/ alone', () => {
    none(
      sources
        .filter(({ path, code }) => !/^(db|orgs)\//.test(path) && /\bdb\.system\b/.test(code))
        .map(({ path }) => path),
    )
  })

  test('in a room, only services write', () => {
    none(
      sources
        .filter(({ path }) => !['service', 'part', 'floor', 'engine', 'root'].includes(kindOf(path)))
        .filter(({ code }) => /\bdb\s*\.write\(/.test(code))
        .map(({ path }) => path),
    )
  })
})

describe('what nobody reaches for', () => {
  // The adapters behind the doors: what they touch is handed to everybody else.
  const ADAPTERS = /^main\.ts$|^db\/|^hashing\//
  const AMBIENT: readonly [name: string, pattern: RegExp][] = [
    ['process', /(?<![.\w'/-])process\b(?!['/-])/],
    ['Date.now', /\bDate\.now\b/],
    ['the clock', /\bnew Date\(\)/],
    ['Math.random', /\bMath\.random\b/],
    ['fetch', /(?<![.\w])fetch\(/],
    ['console', /(?<![.\w'/#-])console\./],
    ['random bytes', /\b(?:randomBytes|randomUUID|randomInt|getRandomValues)\(/],
  ]
  for (const [name, pattern] of AMBIENT) {
    test(`${name} is reached for in main.ts and in adapters alone`, () => {
      none(sources.filter(({ path, code }) => !ADAPTERS.test(path) && pattern.test(code)).map(({ path }) => path))
    })
  }
})

describe('the shape of a file', () => {
  const files = sources.map(({ path, text }) => ({ path, text }))

  test('no default exports, no barrels', () => {
    none(
      files
        .filter(({ text }) => /^export default\b|^export \* from|^export (?:type )?\{[^}]*\} from/m.test(text))
        .map(({ path }) => path),
    )
  })

  test('no enums, namespaces, or classes but errors and dialects', () => {
    none(
      files
        .filter(({ text }) => /^(?:export )?(?:const )?enum |^(?:export )?namespace /m.test(text))
        .map(({ path }) => path),
    )
    none(
      files.flatMap(({ path, text }) =>
        [...text.matchAll(/^(?:export )?(?:abstract )?class (\w+)(?: extends (\w+))?/gm)]
          .filter(([, , parent]) => parent !== 'Error' && parent !== 'SqliteQueryCompiler')
          .map(([, name]) => `${path}: class ${name}`),
      ),
    )
  })

  // One list each of all that the database holds.
  const LISTS: readonly string[] = ['db/migrations/0001-initial.ts', 'db/tables.ts']
  test('at most 400 lines', () => {
    none(
      files
        .filter(({ path, text }) => text.split('\n').length > 401 && !LISTS.includes(path))
        .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`),
    )
  })

  test('no names of rooms without a noun', () => {
    none(
      files
        .filter(
          ({ path }) =>
            /(^|\/)(utils?|helpers?|common|types|index|misc|shared)(\.ts|\/)/.test(path) &&
            path !== 'db/migrations/index.ts',
        )
        .map(({ path }) => path),
    )
  })
})
