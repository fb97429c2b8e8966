// The single-page apps: built once for their sources, and served as any static host does, unknown paths with the page.
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { withBuildLock } from '../../scripts/build-lock.mjs'
import { ROOT } from '../../scripts/project.mjs'
import { hashSources } from '../../scripts/source-hash.mjs'
import type { AppConfig } from '../apps/config.ts'

export type SpaName = 'okta-react' | 'okta-vue' | 'auth-js' | 'oidc-client'

export interface Spa {
  readonly origin: string
  /** What the app reads when it starts: whom it trusts, and who it is. */
  configure(config: AppConfig): void
  close(): Promise<void>
}

const BUILT = join(ROOT, '.cache', 'e2e')
const SOURCES_FILE = '.sources'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Serves an app on a free port of localhost, which PKCE needs: a secure context. */
export async function serveSpa(name: SpaName): Promise<Spa> {
  const files = readFiles(await ensureSpaBuilt(name))
  const page = files.get('/index.html')
  let config: AppConfig | undefined
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/config.json') return send(response, 'application/json', JSON.stringify(config))
    const file = files.get(pathname)
    if (file) return send(response, TYPES[extname(pathname)] ?? 'application/octet-stream', file)
    return send(response, TYPES['.html'] ?? '', page ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return {
    origin: `http://localhost:${address.port}`,
    configure: (next) => {
      config = next
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

function readFiles(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length).replaceAll('\\', '/'), readFileSync(path)]
    }),
  )
}

/** Answers the folder with the built app. Test files run at the same time, so one builds and the others wait for it. */
async function ensureSpaBuilt(name: SpaName): Promise<string> {
  const folder = join(BUILT, name)
  const sources = hashSources(ROOT, [
    `e2e/apps/${name}`,
    'e2e/apps/config.ts',
    'e2e/harness/spa.ts',
    'package-lock.json',
  ])
  const isCurrent = () => {
    const file = join(folder, SOURCES_FILE)
    return existsSync(file) && readFileSync(file, 'utf8') === sources
  }
  if (isCurrent()) return folder
  await withBuildLock(`${folder}.lock`, async () => {
    if (isCurrent()) return
    const fresh = join(BUILT, `.${name}`)
    await build(name, fresh)
    writeFileSync(join(fresh, SOURCES_FILE), sources)
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
  })
  return folder
}

async function build(name: SpaName, folder: string): Promise<void> {
  // Only a build needs it.
  const vite = await import('vite')
  await vite.build({
    configFile: false,
    root: join(ROOT, 'e2e', 'apps', name),
    logLevel: 'error',
    // Vue's full build, which compiles the templates that stand in the source as text.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    define: {
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 5_000 },
  })
}
