// The single-page apps: built once for their sources, and served as any static host does.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withBuildLock } from '../../scripts/build-lock.mjs'
import { ROOT } from '../../scripts/project.mjs'
import { hashSources } from '../../scripts/source-hash.mjs'
import type { AppConfig } from '../apps/config.ts'
import { readFiles, startStaticHost } from './static-host.ts'

export type SpaName = 'okta-react' | 'okta-vue' | 'auth-js' | 'oidc-client' | 'tabs' | 'authn'

export interface Spa {
  readonly origin: string
  /** What the app reads when it starts: whom it trusts, and who it is. */
  configure(config: AppConfig): void
  close(): Promise<void>
}

const BUILT = join(ROOT, '.cache', 'e2e')
const SOURCES_FILE = '.sources'

/** Serves an app on a free port of localhost. */
export async function serveSpa(name: SpaName): Promise<Spa> {
  const files = readFiles(await ensureSpaBuilt(name))
  const host = await startStaticHost()
  host.show(files)
  return {
    origin: host.origin,
    configure: (config) => {
      files.set('/config.json', Buffer.from(JSON.stringify(config)))
    },
    close: host.close,
  }
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
