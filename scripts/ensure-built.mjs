// Bundles the server and the console into dist/, where what stands there was made from other sources.
//
// The server is three programs, each one file: main.js, and beside it what it starts on first need, the password hashing
// child process and the database reader thread. Source that starts one of them asks `typeof __BUNDLED__` which file to
// name: './child.ts' from source, './hashing-child.js' in the bundle, both against import.meta.url.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { withBuildLock } from './build-lock.mjs'
import { findPackage } from './node-binary.mjs'
import { DIST, ROOT } from './project.mjs'
import { hashSources } from './source-hash.mjs'

const PROGRAMS = {
  main: 'server/src/main.ts',
  'hashing-child': 'server/src/hashing/child.ts',
  'db-reader': 'server/src/db/reader.ts',
}

const SHARED_SOURCES = ['package-lock.json', 'scripts/ensure-built.mjs']

const BUILDS = [
  { name: 'server', sources: ['server/src', 'server/package.json', ...SHARED_SOURCES], build: buildServer },
  {
    name: 'console',
    sources: [
      ...['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((path) => `console/${path}`),
      // The console shows them.
      'docs/guides',
      'docs/screens',
      ...SHARED_SOURCES,
    ],
    build: buildConsole,
  },
]

async function buildServer(folder) {
  // Only a build needs it: a start whose dist/ is up to date loads no bundler.
  const { rolldown } = await import('rolldown')
  for (const [name, source] of Object.entries(PROGRAMS)) {
    const bundle = await rolldown({
      input: { [name]: join(ROOT, source) },
      cwd: ROOT,
      platform: 'node',
      // An optional native part of pg, which pg asks for only where its user does.
      external: ['pg-native'],
      transform: { target: 'node26', define: { __BUNDLED__: 'true' } },
      logLevel: 'warn',
    })
    // Chunks stand beside the entries, so that import.meta.url means the same folder in all of them.
    await bundle.write({
      dir: folder,
      format: 'esm',
      sourcemap: true,
      cleanDir: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    })
    await bundle.close()
  }
}

async function buildConsole(folder) {
  await runVite(folder)
  compressAll(folder)
}

function runVite(folder) {
  const vite = join(findPackage('vite') ?? missing('vite'), 'bin', 'vite.js')
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: join(ROOT, 'console'), stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`vite ended with ${code}`))))
  })
}

const COMPRESSED = /\.(html|js|css|svg|json)$/
/** Below this a request and its answer fit into one packet anyway. */
const COMPRESSED_BYTES_MIN = 1_000

/** Lays the compressed forms beside each text file, where they are smaller: once here, not at every start. */
function compressAll(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    if (bytes.length < COMPRESSED_BYTES_MIN) continue
    const forms = {
      '.br': brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
      '.gz': gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
    }
    for (const [end, form] of Object.entries(forms)) if (form.length < bytes.length) writeFileSync(path + end, form)
  }
}

function missing(name) {
  throw new Error(`The package ${name} is not installed. Run: npm ci`)
}

/** The hash stands inside what was built from it, so that a folder is either old, or new and whole. */
function builtFrom(folder) {
  const file = join(folder, '.sources')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Builds what dist/ lacks or holds from other sources, with a line of progress for each. */
export async function ensureBuilt() {
  const isStale = ({ name, sources }) => builtFrom(join(DIST, name)) !== hashSources(ROOT, sources)
  if (!BUILDS.some(isStale)) return
  await withBuildLock(DIST, async () => {
    for (const build of BUILDS.filter(isStale)) await buildOne(build)
  })
}

async function buildOne({ name, sources, build }) {
  const started = performance.now()
  process.stderr.write(`Building the ${name} … `)
  const hash = hashSources(ROOT, sources)
  const fresh = join(DIST, `.${name}`)
  const folder = join(DIST, name)
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  await build(fresh)
  writeFileSync(join(fresh, '.sources'), hash)
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}
