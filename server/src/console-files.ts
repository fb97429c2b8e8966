// The console's built files, read once at start, in the codings that the build has made of them.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join, relative, sep } from 'node:path'
import type { CodedFile, ConsoleFile, ConsoleFiles } from './console/console-files.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
/** By the end of the name of what is compressed. */
const CODINGS: Readonly<Record<string, string>> = { '.br': 'br', '.gz': 'gzip' }

export function readConsole(folder: string | undefined): ConsoleFiles {
  const files = new Map<string, ConsoleFile>()
  if (folder === undefined || !existsSync(folder)) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    // What the build keeps for itself begins with a dot.
    if (!entry.isFile() || basename(path).startsWith('.') || extname(path) in CODINGS) continue
    const name = relative(folder, path).split(sep).join('/')
    files.set(name, readFile(path, name.startsWith('assets/')))
  }
  return files
}

function readFile(path: string, immutable: boolean): ConsoleFile {
  const bytes = readFileSync(path)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 27)
  const codings = new Map<string, CodedFile>([['identity', { bytes, etag: `"${hash}"` }]])
  for (const [end, coding] of Object.entries(CODINGS)) {
    if (existsSync(path + end)) codings.set(coding, { bytes: readFileSync(path + end), etag: `"${hash}-${coding}"` })
  }
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', immutable, codings }
}
