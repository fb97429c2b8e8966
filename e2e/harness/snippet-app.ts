// Code as a guide or the console shows it, made into a real app: type-checked, built with Vite, and given to a host.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../scripts/project.mjs'
import { readFiles, type StaticHost } from './static-host.ts'
import { vueFiles } from './vue-files.ts'

/** Below the project's folder, so that the packages of the stories are found from there. */
const WORKSHOPS = join(ROOT, '.cache', 'snippets')

/** By path below the app's folder. */
export type Sources = Readonly<Record<string, string>>

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'esnext',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['esnext', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    allowImportingTsExtensions: true,
    types: [],
  },
  include: ['.'],
}

/** Lays files into a folder of their own for as long as something is done with them. */
export async function withWorkshop<T>(sources: Sources, work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(WORKSHOPS, { recursive: true })
  const folder = mkdtempSync(join(WORKSHOPS, 'app-'))
  try {
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Checks the types of an app, builds it, and lets the host show it. */
export async function showApp(host: StaticHost, sources: Sources): Promise<void> {
  const files = { 'tsconfig.json': JSON.stringify(TSCONFIG), ...sources }
  await withWorkshop(files, async (folder) => {
    await checkTypes(folder)
    const vite = await import('vite')
    const outDir = join(folder, 'dist')
    await vite.build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      plugins: [vueFiles()],
      build: { outDir, target: 'esnext', chunkSizeWarningLimit: 5_000 },
    })
    host.show(readFiles(outDir))
  })
}

async function checkTypes(folder: string): Promise<void> {
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch((error: { stdout?: string }) => {
    throw new Error(`The snippet has type errors:\n${error.stdout}`, { cause: error })
  })
}
